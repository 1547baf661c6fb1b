"""The gateway's screens in a real browser: routes, providers, keys and budgets, cache, why, what-if.

Like test_browser.py, and with its fixtures. SIGNALBOX_WEB_MOCK=1 runs the same tests against web/dev/mock.py.
"""

import json
import time
import types
import urllib.error
import urllib.parse
import urllib.request
import uuid

import pytest

pytest.importorskip("selenium")

from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import Select  # noqa: E402

from test_browser import (  # noqa: E402, F401
    HOSTILE,
    MODEL,
    PATIENCE_S,
    assert_inert,
    call,
    chromium,
    exact_dollars,
    open_request,
    page,
    press,
    server,
    size,
    text_of,
    wait,
)


def api(server, path, method="GET", body=None):
    """A call of the control API, whatever its method."""
    request = urllib.request.Request(
        f"{server.url}/api/v1{path}",
        None if body is None else json.dumps(body).encode(),
        {"Authorization": f"Bearer {server.admin_key}", "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def is_mock(server):
    return isinstance(server, types.SimpleNamespace)


def ask(server, model, text, **more):
    """A call through the data plane; returns its record once the control API has it."""
    session = f"s-{uuid.uuid4().hex[:12]}"
    body = dict(model=model, messages=[dict(role="user", content=text)], **more)
    call(server, "/v1/chat/completions", body, {"x-signalbox-session": session, "x-signalbox-user": "gateway-test"})
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found = api(server, f"/requests?session={session}")["data"]
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"the call of session {session} never became a record")


def fresh(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


def two_targets(server):
    """Two places that the same model may be asked at."""
    names = [provider["name"] for provider in api(server, "/providers")["data"]]
    first, second = ("openai", "azure") if "openai" in names else ("up", "closing")
    return [dict(provider=first, model=MODEL), dict(provider=second, model=MODEL)]


def make_route(server, message="made by a test", **more):
    name = fresh("route")
    definition = dict(dict(name=name, strategy="fallback", targets=two_targets(server)), **more)
    api(server, f"/routes/{name}", "PUT", dict(definition=definition, message=message, expected_version=None))
    return name


def button(page, text):
    """The button of that text; of an open dialog, where there is one."""
    dialog = page.find_elements(By.CSS_SELECTOR, "dialog[open]")
    return (dialog or [page])[0].find_element(By.XPATH, f"{'.' if dialog else ''}//button[normalize-space(.)='{text}']")


def find(page, selector):
    return wait(page, lambda: page.find_element(By.CSS_SELECTOR, selector), selector)


def fill(page, element, text):
    element.send_keys(Keys.CONTROL, "a")
    element.send_keys(Keys.DELETE)
    element.send_keys(text)


def definition_on_page(page):
    return json.loads(page.execute_script("return document.querySelector('[aria-label=\"Definition as JSON\"]').value"))


def forget_refusals(page, *statuses):
    """The browser logs every refused call; nothing else may be there."""
    for line in page.get_log("browser"):
        if line["level"] == "SEVERE":
            assert any(f"status of {status}" in line["message"] for status in statuses), line


# -- routes -------------------------------------------------------------------------------------------------------


def test_a_route_is_built_saved_and_listed(page, server):
    name = fresh("built")
    first, second = two_targets(server)
    page.get(f"{server.url}/routes")
    wait(page, lambda: button(page, "Create route"), "the routes").click()
    find(page, "[name=route]").send_keys(name, Keys.ENTER)
    for target in (first, second):
        wait(page, lambda: button(page, "Target"), "the chain").click()
        fields = wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".node-body .grid-3 input"), "the form")
        fill(page, fields[0], target["provider"])
        fill(page, fields[1], target["model"])
    wait(page, lambda: text_of(page, ".editor-json").find("holds") >= 0, "the server's word that it holds")
    find(page, ".save-bar input").send_keys("two providers")
    button(page, "Save and put into force").click()
    wait(page, lambda: "version 1" in text_of(page, ".page-head"), "the first version in force")
    saved = api(server, f"/routes/{name}")
    assert saved["definition"]["targets"] == [first, second]
    assert api(server, f"/routes/{name}/versions")["data"][0]["message"] == "two providers"
    press(page, Keys.ESCAPE)
    row = find(page, f"[data-route='{name}']")
    assert f"{first['provider']}/{first['model']}" in row.text
    forget_refusals(page, 422, 404)


def test_targets_are_reordered_with_the_keyboard_and_the_focus_follows(page, server):
    name = make_route(server)
    first, second = two_targets(server)
    page.get(f"{server.url}/routes/{name}")
    down = find(page, "[data-place='targets[0]'] [data-move='1']")
    down.send_keys(Keys.ENTER)
    wait(page, lambda: definition_on_page(page)["targets"] == [second, first], "the new order in the JSON")
    focused = page.execute_script("return document.activeElement.closest('[data-place]').dataset.place")
    assert focused == "targets[1]"
    button(page, "Save and put into force").click()
    wait(page, lambda: "version 2" in text_of(page, ".page-head"), "the second version")
    assert api(server, f"/routes/{name}")["definition"]["targets"] == [second, first]


def test_json_and_chain_are_one_and_a_draft_survives_leaving(page, server):
    name = make_route(server)
    page.get(f"{server.url}/routes/{name}")
    area = find(page, "[aria-label='Definition as JSON']")
    definition = dict(definition_on_page(page), strategy="weighted")
    definition["targets"][0]["weight"] = 3
    fill(page, area, json.dumps(definition))
    wait(page, lambda: "75%" in text_of(page, "[data-place='targets[0]']"), "the share of three in four")
    page.find_element(By.CSS_SELECTOR, "nav a[href='/models']").click()
    wait(page, lambda: page.current_url.endswith("/models"), "another screen")
    page.back()
    wait(page, lambda: "75%" in text_of(page, "[data-place='targets[0]']"), "the draft")
    assert api(server, f"/routes/{name}")["definition"]["strategy"] == "fallback"
    button(page, "Discard").click()
    wait(page, lambda: not page.find_elements(By.CSS_SELECTOR, ".save-bar"), "nothing left to save")
    area = find(page, "[aria-label='Definition as JSON']")
    fill(page, area, '{"targets": [')
    wait(page, lambda: "Line 1" in text_of(page, "#json-problem"), "the line of the mistake")
    assert not button(page, "Save and put into force").is_enabled()
    forget_refusals(page, 422)


def test_a_mistake_is_shown_at_the_place_that_the_server_names(page, server):
    name = make_route(server)
    page.get(f"{server.url}/routes/{name}")
    find(page, "[data-place='targets[1]']").find_element(By.XPATH, ".//button[text()='Edit']").click()
    field = "//div[contains(@class,'field')][label[starts-with(., 'Weight')]]//input"
    weight = page.find_element(By.XPATH, f"//div[@data-place='targets[1]']{field}")
    weight.send_keys("-3")
    marked = "[data-place='targets[{}]'].has-problem"
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, marked.format(1)), "the marked target")
    assert not page.find_elements(By.CSS_SELECTOR, marked.format(0))
    assert weight.get_attribute("aria-invalid") == "true"
    assert "targets[1].weight" in text_of(page, "#json-problem")
    line = page.find_element(By.CSS_SELECTOR, "#json-problem button")
    line.click()
    chosen = "const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd)"
    assert "-3" in page.execute_script(chosen)
    button(page, "Save and put into force").click()
    wait(page, lambda: "weight" in text_of(page, ".save-bar .problem"), "the refusal in the server's words")
    assert "weight" not in api(server, f"/routes/{name}")["definition"]["targets"][1]
    button(page, "Discard").click()
    forget_refusals(page, 422, 400)


def test_versions_show_what_changed_and_are_rolled_back(page, server):
    name = make_route(server, message="first")
    first, second = two_targets(server)
    changed = dict(name=name, strategy="weighted", targets=[first, second])
    api(server, f"/routes/{name}", "PUT", dict(definition=changed, message="by weight", expected_version=1))
    page.get(f"{server.url}/routes/{name}?tab=history")
    find(page, "[data-version='2']")
    assert '"strategy": "weighted"' in text_of(page, ".diff-added")
    assert '"strategy": "fallback"' in text_of(page, ".diff-removed")
    find(page, "[data-version='1']").find_element(By.XPATH, ".//button[text()='Roll back']").click()
    wait(page, lambda: page.find_element(By.CSS_SELECTOR, "dialog[open] .button.primary"), "the question").click()
    wait(page, lambda: "in force" in text_of(page, "[data-version='1']"), "version 1 in force")
    assert api(server, f"/routes/{name}")["definition"]["strategy"] == "fallback"


def test_somebody_elses_change_is_not_overwritten(page, server):
    name = make_route(server)
    page.get(f"{server.url}/routes/{name}")
    find(page, "[data-place='targets[0]'] [data-move='1']").send_keys(Keys.ENTER)
    theirs = dict(name=name, strategy="single", targets=two_targets(server))
    api(server, f"/routes/{name}", "PUT", dict(definition=theirs, message="theirs", expected_version=1))
    wait(page, lambda: button(page, "Save and put into force"), "the changes").click()
    wait(page, lambda: "Somebody else" in text_of(page, ".save-bar"), "the conflict")
    assert api(server, f"/routes/{name}")["definition"]["strategy"] == "single"
    button(page, "Read it again, keep my draft").click()
    wait(page, lambda: "version 2" in text_of(page, ".page-head"), "their version")
    button(page, "Save and put into force").click()
    wait(page, lambda: "version 3" in text_of(page, ".page-head"), "the draft saved over it, knowingly")
    forget_refusals(page, 409, 422)


def test_a_dry_run_shows_every_candidate_and_sends_nothing(page, server):
    first, second = two_targets(server)
    name = make_route(server, targets=[first, dict(second, when={"metadata.plan": "pro"})])
    before = len(api(server, "/requests?limit=1000&user=gateway-test")["data"])
    page.get(f"{server.url}/routes/{name}?tab=try")
    wait(page, lambda: button(page, "Dry run"), "the form").click()
    find(page, "[data-candidate]")
    request = dict(model=name, messages=[dict(role="user", content="Hello")])
    expected = api(server, "/routes/dry-run", "POST", dict(route=name, request=request))
    shown = {e.get_attribute("data-candidate"): e.get_attribute("data-verdict")
             for e in page.find_elements(By.CSS_SELECTOR, "[data-candidate]")}  # fmt: skip
    assert shown == {one["name"]: one["verdict"] for one in expected["routing"]["considered"]}
    ruled_out = next(one for one in expected["routing"]["considered"] if one["reason"] == "condition")
    assert ruled_out["detail"] in text_of(page, ".decision")
    metadata = page.find_elements(By.CSS_SELECTOR, "form textarea")[1]
    metadata.send_keys("plan=pro")
    button(page, "Dry run").click()
    wait(page, lambda: ruled_out["detail"] not in text_of(page, ".decision"), "a decision that knows the metadata")
    assert len(api(server, "/requests?limit=1000&user=gateway-test")["data"]) == before


def test_a_route_is_removed_after_a_question(page, server):
    name = make_route(server)
    page.get(f"{server.url}/routes/{name}")
    wait(page, lambda: button(page, "Remove"), "the route").click()
    wait(page, lambda: button(page, "Remove route"), "the question").click()
    wait(page, lambda: page.current_url.endswith("/routes"), "the list")
    assert name not in [route["name"] for route in api(server, "/routes")["data"]]


# -- providers ----------------------------------------------------------------------------------------------------


def test_providers_show_their_health_and_refresh_by_themselves(page, server):
    ask(server, MODEL, "echo: healthy")
    page.get(f"{server.url}/providers")
    for provider in api(server, "/providers")["data"]:
        card = find(page, f"[data-provider='{provider['name']}']")
        assert provider["host"] in card.text
    target = two_targets(server)[0]
    row = find(page, f"[data-target='{target['provider']}/{target['model']}']")
    assert "closed" in row.text
    asked = "return performance.getEntriesByType('resource').filter(e => e.name.endsWith('/api/v1/providers')).length"
    before = page.execute_script(asked)
    wait(page, lambda: page.execute_script(asked) >= before + 2, "two more readings")


# -- keys and budgets ---------------------------------------------------------------------------------------------


def test_a_key_with_a_budget_is_made_changed_rotated_and_blocked(page, server):
    name = fresh("budgeted")
    page.get(f"{server.url}/keys?new=1")
    find(page, "[name=name]").send_keys(name)
    button(page, "Budget").click()
    fill(page, find(page, "[aria-label='Amount']"), "12.50")
    wait(page, lambda: "At most $12.50 a month" in text_of(page, ".rule"), "the rule in words")
    button(page, "Create key").click()
    secret = wait(page, lambda: text_of(page, "[data-secret]"), "the secret")
    button(page, "I have copied it").click()
    key = next(one for one in api(server, "/keys")["data"] if one["name"] == name)
    assert key["rules"]["budgets"][0]["limit"] == 12_500_000_000
    row = find(page, f"[data-key='{key['id']}']")
    assert "At most $12.50 a month" in row.text
    row.find_element(By.XPATH, ".//button[text()='Edit']").click()
    fill(page, find(page, "[aria-label='Amount']"), "20")
    Select(find(page, "[aria-label='What happens at the limit']")).select_by_visible_text("warn only")
    button(page, "Save key").click()
    wait(page, lambda: "$20.00" in text_of(page, f"[data-key='{key['id']}']"), "the changed budget")
    changed = next(one for one in api(server, "/keys")["data"] if one["id"] == key["id"])
    assert (changed["rules"]["budgets"][0]["limit"], changed["rules"]["budgets"][0]["mode"]) == (20_000_000_000, "soft")
    find(page, f"[data-key='{key['id']}']").find_element(By.XPATH, ".//button[text()='Rotate']").click()
    Select(find(page, "[name=grace]")).select_by_visible_text("In an hour")
    button(page, "Make a new secret").click()
    second = wait(page, lambda: text_of(page, "[data-secret]"), "the new secret")
    assert second != secret and "works until" in text_of(page, "dialog")
    button(page, "I have copied it").click()
    for word, state in (("Block", True), ("Unblock", False)):
        find(page, f"[data-key='{key['id']}']").find_element(By.XPATH, f".//button[text()='{word}']").click()
        wait(
            page,
            lambda: next(one for one in api(server, "/keys")["data"] if one["id"] == key["id"])["blocked"] is state,
            f"the key after {word}",
        )
        other = "Unblock" if state else "Block"
        wait(page, lambda: f"{other}" in text_of(page, f"[data-key='{key['id']}']"), f"the button {other}")


def test_a_rule_that_makes_no_sense_is_not_sent(page, server):
    page.get(f"{server.url}/keys?new=1")
    find(page, "[name=name]").send_keys("never made")
    button(page, "Budget").click()
    fill(page, find(page, "[aria-label='Amount']"), "lots")
    wait(page, lambda: "Write dollars" in text_of(page, ".rule"), "what is wrong")
    assert not button(page, "Create key").is_enabled()


def test_a_team_is_made_changed_and_removed(page, server):
    name = fresh("team")
    page.get(f"{server.url}/keys?tab=teams&new=1")
    find(page, "[name=id]").send_keys(name)
    find(page, "[name=name]").send_keys(f"<b>{name}</b>")
    button(page, "Limit").click()
    button(page, "Create team").click()
    row = find(page, f"[data-subject='{name}']")
    assert f"<b>{name}</b>" in row.text and "At most 60 requests in any minute" in row.text
    assert_inert(page)
    row.find_element(By.XPATH, ".//button[text()='Remove']").click()
    wait(page, lambda: button(page, "Remove team"), "the question").click()
    wait(page, lambda: not page.find_elements(By.CSS_SELECTOR, f"[data-subject='{name}']"), "the team gone")
    assert name not in [team["id"] for team in api(server, "/teams")["data"]]


def test_budgets_show_how_full_they_are_and_burn_down(page, server):
    name = fresh("spender")
    budget = dict(id="monthly", unit="money", limit=2_000_000_000, window="month", mode="hard")
    key = api(server, "/keys", "POST", dict(name=name, rules=dict(budgets=[budget])))
    rule = f"key/{key['id']}/monthly"
    page.get(f"{server.url}/budgets?kind=key&id={key['id']}")
    row = find(page, f"[data-rule='{rule}']")
    wait(page, lambda: name in text_of(page, f"[data-rule='{rule}']"), "the key by its name")
    state = api(server, f"/budgets?kind=key&id={key['id']}")["data"][0]
    assert exact_dollars(state["limit"]) in row.text.replace(",", "") and "hard" in row.text
    assert row.find_element(By.CSS_SELECTOR, "[role=meter]").get_attribute("aria-valuenow") is not None
    press(page, "j")
    find(page, "[data-details=monthly] svg .burn-line")
    assert f"rule={urllib.parse.quote(rule, safe='')}" in page.current_url
    assert text_of(page, "[data-projection]")
    press(page, Keys.ESCAPE)
    wait(page, lambda: not page.find_elements(By.CSS_SELECTOR, "[data-details]"), "the details closed")


# -- cache, why, what if ------------------------------------------------------------------------------------------


def test_the_cache_shows_hits_and_is_purged_after_a_question(page, server):
    if is_mock(server):
        name = "chat"
    else:
        name = make_route(server, cache=dict(mode="exact", ttl="1h"))
        for _ in range(2):
            ask(server, name, "echo: the same again", temperature=0)
    cached = wait(
        page,
        lambda: next(r for r in api(server, "/cache")["routes"] if r["route"] == name and r["hits"] > 0),
        "a hit in the figures",
    )
    page.get(f"{server.url}/cache")
    row = find(page, f"[data-cache='{name}']")
    assert str(cached["hits"]) in row.text.replace(",", "")
    saved = find(page, "[data-fact=saved] dd").get_attribute("title").replace(",", "")
    assert exact_dollars(api(server, "/cache")["saved"]) == saved
    row.find_element(By.XPATH, ".//button[starts-with(., 'Purge')]").click()
    wait(page, lambda: page.switch_to.active_element.text == "Keep them", "the safe answer has the focus")
    button(page, "Purge answers").click()
    wait(page, lambda: "lost their stored answer" in text_of(page, "dialog"), "what was purged")
    assert next(r for r in api(server, "/cache")["routes"] if r["route"] == name)["entries"] == 0


def test_the_why_of_a_request_is_what_the_server_says(page, server):
    name = make_route(server)
    record = ask(server, name if not is_mock(server) else MODEL, "echo: why me?")
    open_request(page, server, record)
    press(page, "w")
    find(page, "[data-why]")
    assert page.current_url.endswith("view=why")
    why = api(server, f"/requests/{record['id']}/why")
    shown = text_of(page, "[aria-label='In short']")
    assert why["summary"] and all(" ".join(one.split()) in shown for one in why["summary"])
    for one in (why["routing"] or dict(considered=[]))["considered"]:
        assert find(page, f"[data-candidate='{one['name']}']").get_attribute("data-verdict") == one["verdict"]
    assert page.find_elements(By.CSS_SELECTOR, "[data-attempt]")
    for step in why["budgets"]:
        if step["unit"] == "money":
            assert exact_dollars(step["after"]) in text_of(page, "[aria-label=Budgets]").replace(",", "")


def test_what_if_names_mistakes_first_and_then_shows_the_report(page, server):
    ask(server, MODEL, "echo: what if I were cheaper?")
    target = two_targets(server)[0]
    page.get(f"{server.url}/what-if?range=1h")
    wait(page, lambda: button(page, "Replay"), "the form").click()
    wait(page, lambda: "Change a route" in text_of(page, "[role=alert]"), "what is missing")
    button(page, "Price").click()
    fields = wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".rule input"), "the price")
    for field, text in zip(fields, (target["provider"], target["model"], "0.01", "0.02")):
        fill(page, field, text)
    button(page, "Replay").click()
    find(page, "[data-report]")
    assert int(find(page, "[data-fact=calls] dd").text.split()[0].replace(",", "")) > 0
    assert find(page, "[data-what-if=total]").text
    assert len(text_of(page, "[aria-label='What is assumed']")) > len("What is assumed")


# -- exact numbers ------------------------------------------------------------------------------------------------


def test_bodies_keep_every_digit_in_the_raw_view_and_the_command(page, server):
    record = ask(server, MODEL, "echo: count on me", seed=9_007_199_254_740_993, metadata={"10": "b", "2": "a"})
    open_request(page, server, record, "?view=raw")
    shown = wait(page, lambda: text_of(page, "[aria-label='Request body']"), "the request's body")
    assert "9007199254740993" in shown
    page.execute_script("navigator.clipboard.writeText = async (t) => { window.__copied = t }")
    press(page, "y")
    command = wait(page, lambda: page.execute_script("return window.__copied"), "the command")
    assert "9007199254740993" in command
    assert command.index('"10"') < command.index('"2"')


# -- everywhere ---------------------------------------------------------------------------------------------------


def test_keys_lead_to_every_screen(page, server):
    screens = dict(gt="/routes", gp="/providers", gb="/budgets", gc="/cache", gw="/what-if")
    for keys, path in screens.items():
        press(page, *keys)
        wait(page, lambda: page.current_url.endswith(path), path)
        wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".page h1"), f"the screen {path}")
    forget_refusals(page, 404)


NARROW = ["/routes", "route", "dry run", "/providers", "/budgets", "/keys?tab=teams", "/cache", "/what-if"]


@pytest.mark.parametrize("path", NARROW)
def test_every_screen_fits_a_narrow_window(page, server, path):
    name = make_route(server, aliases=["averylongnamewithoutaspace" * 6 + uuid.uuid4().hex[:6]])
    size(page, 400, 800)
    page.get(server.url + {"route": f"/routes/{name}", "dry run": f"/routes/{name}?tab=try"}.get(path, path))
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".page .card, .page .state, .page .figures"), "content")
    for element in ("document.documentElement", "document.querySelector('main')"):
        assert page.execute_script(f"return {element}.scrollWidth") <= 400
    forget_refusals(page, 404)


def test_hostile_names_and_messages_stay_text(page, server):
    name = make_route(server, message=HOSTILE[:180])
    page.get(f"{server.url}/routes/{name}?tab=history")
    find(page, "[data-version='1']")
    assert "<script>window.__pwned=1</script>" in text_of(page, "[data-version='1']")
    assert_inert(page)
