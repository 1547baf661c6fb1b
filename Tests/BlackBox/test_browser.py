"""The web app in a real browser against a real server.

The answers come from the built-in simulator, which answers `echo: TEXT` with TEXT. SIGNALBOX_WEB_MOCK=1 runs the same
tests against web/dev/mock.py, for work on the app alone.
"""

import decimal
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import types
import urllib.parse
import urllib.request
import uuid

import pytest

pytest.importorskip("selenium")

from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

MODEL = "gpt-4o-mini"
# Generous, because CI shares its two cores: a test that passes takes a fraction of it.
PATIENCE_S = 20
HOSTILE = (
    '</div></textarea><script>window.__pwned=1</script><img src=x onerror="window.__pwned=1">'
    "<svg/onload=window.__pwned=1><iframe srcdoc='<script>parent.__pwned=1</script>'></iframe>"
    '<a href="javascript:window.__pwned=1">click</a> <style>body{display:none}</style> {{7*7}} ${7*7} '
    "\u0007\u001b[31mred\u001b[0m \u202egnp.exe\u202c \u200bzero \U000e0041\U000e0042 end-of-hostile"
)


@pytest.fixture(scope="module")
def server(request):
    if not os.environ.get("SIGNALBOX_WEB_MOCK"):
        from harness import Server

        # Whole answers of two megabytes are kept, twice the default: they must be shown, too.
        own = Server(request.getfixturevalue("sim"), "limits: {recorded_body_bytes: 8MB}")
        yield own
        own.stop()
        shutil.rmtree(own.folder, ignore_errors=True)
        return
    mock = pathlib.Path(__file__).resolve().parents[2] / "web/dev/mock.py"
    process = subprocess.Popen(
        [sys.executable, str(mock), "--port", "0", "--count", "300", "--days", "1"], stdout=subprocess.PIPE, text=True
    )
    url = process.stdout.readline().split("/#")[0]
    yield types.SimpleNamespace(url=url, admin_key="sb_mock_admin_key_0001")
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def chromium(server):
    driver, chrome = shutil.which("chromedriver"), shutil.which("chromium")
    if not driver or not chrome:
        pytest.skip("install Debian's chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chrome
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-extensions",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--window-size=1440,900",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(driver))
    # The default of 120 s would hide a frozen page.
    browser.set_script_timeout(PATIENCE_S)
    browser.set_page_load_timeout(60)
    yield browser
    browser.quit()


@pytest.fixture
def page(chromium, server):
    """A browser signed in by fragment; afterwards no console error and no request to another host may be left."""
    size(chromium, 1440, 900)
    chromium.get_log("browser")
    chromium.get_log("performance")
    chromium.get(f"{server.url}/#key={urllib.parse.quote(server.admin_key)}")
    wait(chromium, lambda: chromium.find_elements(By.CSS_SELECTOR, "nav a"), "the app after sign-in")
    yield chromium
    errors = [line for line in chromium.get_log("browser") if line["level"] == "SEVERE"]
    assert not errors, errors
    assert not foreign_hosts(chromium, server.url)
    chromium.execute_script("sessionStorage.clear(); localStorage.clear()")


def foreign_hosts(browser, url):
    ours = urllib.parse.urlsplit(url).netloc
    found = set()
    for line in browser.get_log("performance"):
        message = json.loads(line["message"])["message"]
        if message["method"] != "Network.requestWillBeSent":
            continue
        asked = urllib.parse.urlsplit(message["params"]["request"]["url"])
        if asked.scheme not in ("data", "blob", "about", "chrome", "chrome-extension") and asked.netloc != ours:
            found.add(asked.netloc)
    return found


def size(browser, width, height):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", dict(width=width, height=height, deviceScaleFactor=1, mobile=False)
    )


def wait(browser, condition, what):
    return WebDriverWait(browser, PATIENCE_S, 0.05, ignored_exceptions=(Exception,)).until(
        lambda _: condition(),
        f"{what}; the page shows: {browser.execute_script('return document.body.innerText')[:2000]}",
    )


def press(browser, *keys):
    ActionChains(browser).send_keys(*keys).perform()


def call(server, path, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        server.url + path,
        data,
        {"Authorization": f"Bearer {server.admin_key}", "Content-Type": "application/json", **(headers or {})},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def chat(server, text, user="browser-test"):
    """A call through the data plane; returns its record once the control API has it."""
    session = f"s-{uuid.uuid4().hex[:12]}"
    call(
        server,
        "/v1/chat/completions",
        dict(model=MODEL, messages=[dict(role="user", content=text)]),
        {"x-signalbox-session": session, "x-signalbox-user": user},
    )
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found = call(server, f"/api/v1/requests?session={session}")["data"]
        if found:
            return found[0]
        time.sleep(0.05)
    raise AssertionError(f"the call of session {session} never became a record")


def text_of(browser, selector="main"):
    return browser.execute_script("return document.querySelector(arguments[0])?.innerText ?? ''", selector)


def row(browser, record):
    found = browser.find_elements(By.CSS_SELECTOR, f'.row[data-id="{record["id"]}"]')
    return found[0] if found else None


def open_request(browser, server, record, query=""):
    browser.get(f"{server.url}/requests/{record['id']}{query}")
    wait(browser, lambda: browser.find_elements(By.CSS_SELECTOR, ".headline"), "the request's page")


def assert_inert(browser):
    assert browser.execute_script("return typeof window.__pwned") == "undefined"
    injected = browser.execute_script(
        "return [...document.querySelectorAll('#app script, #app img, #app iframe, #app style, #app [onerror], "
        "#app [onload], #app a[href^=javascript]')].map(e => e.outerHTML.slice(0, 200))"
    )
    assert injected == []
    assert browser.execute_script("return document.scripts.length") == 1


def exact_dollars(nanodollars):
    text = format(decimal.Decimal(nanodollars).scaleb(-9), "f")
    whole, _, fraction = text.partition(".")
    return f"${whole}.{fraction.rstrip('0').ljust(2, '0')}"


# -- signing in ---------------------------------------------------------------------------------------------------


def test_a_fragment_signs_in_and_leaves_no_key_in_the_address(page, server):
    assert server.admin_key not in page.current_url
    assert "#" not in page.current_url
    page.refresh()
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "nav a"), "still signed in after a reload")
    assert page.execute_script("return localStorage.getItem('signalbox.key')") is None


def test_a_wrong_key_is_refused_with_words(page, server):
    page.find_element(By.CSS_SELECTOR, '[aria-label="Sign out"]').click()
    field = wait(page, lambda: page.find_element(By.CSS_SELECTOR, "form input[type=password]"), "the sign-in form")
    field.send_keys("wrong-key-of-twenty-characters", Keys.ENTER)
    problem = wait(page, lambda: text_of(page, "#signin-problem"), "why the key was refused")
    assert "key" in problem.lower()
    field.clear()
    field.send_keys(server.admin_key, Keys.ENTER)
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "nav a"), "the app after the right key")
    # The browser itself logs a refused call; nothing else may be there.
    assert all("401" in line["message"] for line in page.get_log("browser") if line["level"] == "SEVERE")


# -- requests -----------------------------------------------------------------------------------------------------


def test_a_call_appears_in_requests_and_its_page_shows_everything(page, server):
    record = chat(server, "echo: The signal is at danger.", user="ana@example.com")
    page.get(f"{server.url}/requests")
    wait(page, lambda: row(page, record), "the call in the list").click()
    wait(page, lambda: "The signal is at danger." in text_of(page, "[data-part=answer]"), "the answer")
    assert page.current_url.endswith(f"/requests/{record['id']}")
    shown = text_of(page)
    assert "echo: The signal is at danger." in shown
    assert "ana@example.com" in shown and record["session"] in shown
    receipt = text_of(page, '[aria-label="Receipt"]')
    detail = call(server, f"/api/v1/requests/{record['id']}")
    assert detail["receipt"] is not None
    assert exact_dollars(detail["receipt"]["total_nanodollars"]) in receipt
    for line in detail["receipt"]["lines"]:
        assert exact_dollars(line["amount_nanodollars"]) in receipt
    assert page.find_elements(By.CSS_SELECTOR, ".timing .phase")


def test_filters_live_in_the_address_and_narrow_the_list(page, server):
    record = chat(server, "echo: only me", user=f"u-{uuid.uuid4().hex[:8]}")
    chat(server, "echo: somebody else", user="other")
    page.get(f"{server.url}/requests")
    wait(page, lambda: row(page, record), "the list")
    press(page, "/")
    press(page, f"user:{record['user']}", Keys.ENTER)
    wait(page, lambda: len(page.find_elements(By.CSS_SELECTOR, ".row")) == 1, "one row left")
    assert f"user={record['user']}" in page.current_url
    page.refresh()
    wait(page, lambda: len(page.find_elements(By.CSS_SELECTOR, ".row")) == 1, "the same filter after a reload")
    page.find_element(By.CSS_SELECTOR, ".token button").click()
    wait(page, lambda: len(page.find_elements(By.CSS_SELECTOR, ".row")) > 1, "more rows without the filter")


def test_live_tail_shows_a_new_call_and_pauses(page, server):
    chat(server, "echo: before")
    page.get(f"{server.url}/requests?live=1")
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".live-open"), "an open live stream")
    record = chat(server, "echo: while watching")
    wait(page, lambda: row(page, record), "the new call without a reload")
    press(page, "p")
    wait(page, lambda: "Resume" in text_of(page, ".page-controls"), "paused")
    held = chat(server, "echo: while paused")
    wait(page, lambda: "1 new" in text_of(page, ".page-controls"), "one call held back")
    assert row(page, held) is None
    press(page, "p")
    wait(page, lambda: row(page, held), "the held call after resuming")


def test_j_and_k_move_enter_opens_escape_goes_back(page, server):
    first, second, third = (chat(server, f"echo: step {n}", user="stepper") for n in (1, 2, 3))
    page.get(f"{server.url}/requests?user=stepper")
    wait(page, lambda: row(page, third), "the list")
    press(page, "j", "j")
    wait(page, lambda: row(page, second).get_attribute("aria-current") == "true", "the second row selected")
    press(page, "j", "k", "k")
    wait(page, lambda: row(page, third).get_attribute("aria-current") == "true", "the first row selected")
    press(page, Keys.ENTER)
    wait(page, lambda: "step 3" in text_of(page, "[data-part=answer]"), "the newest request")
    press(page, "j")
    wait(page, lambda: "step 2" in text_of(page, "[data-part=answer]"), "the older request")
    press(page, "j")
    wait(page, lambda: "step 1" in text_of(page, "[data-part=answer]"), "the oldest request")
    assert first["id"] in page.current_url
    press(page, "k")
    wait(page, lambda: second["id"] in page.current_url, "the newer request")
    press(page, Keys.ESCAPE)
    wait(page, lambda: page.current_url.endswith("/requests?user=stepper"), "the list as it was")


def test_copy_as_curl_is_one_safe_shell_command(page, server, tmp_path):
    record = chat(server, 'echo: it\'s $HOME `id` "quoted"\nnext line; rm -rf /')
    open_request(page, server, record)
    page.execute_script("navigator.clipboard.writeText = async (t) => { window.__copied = t }")
    press(page, "y")
    command = wait(page, lambda: page.execute_script("return window.__copied"), "the command")
    assert server.admin_key not in command
    stub = tmp_path / "curl"
    stub.write_text('#!/bin/sh\nfor a in "$@"; do printf \'%s\\0\' "$a"; done\n')
    stub.chmod(0o755)
    ran = subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        check=True,
        env=dict(PATH=f"{tmp_path}:/usr/bin:/bin", SIGNALBOX_KEY="k-1"),
    )
    arguments = ran.stdout.decode().split("\0")
    assert arguments[0].endswith("/v1/chat/completions")
    assert "Authorization: Bearer k-1" in arguments
    body = json.loads(arguments[arguments.index("--data-raw") + 1])
    assert body["messages"][-1]["content"].endswith('it\'s $HOME `id` "quoted"\nnext line; rm -rf /')


# -- hostile content ----------------------------------------------------------------------------------------------


def test_a_hostile_completion_is_only_text(page, server):
    record = chat(server, "echo: " + HOSTILE)
    page.get(f"{server.url}/requests")
    wait(page, lambda: row(page, record), "the call in the list")
    assert_inert(page)
    open_request(page, server, record)
    wait(page, lambda: "end-of-hostile" in text_of(page, "[data-part=answer]"), "the answer as text")
    answer = text_of(page, "[data-part=answer]")
    assert "<script>window.__pwned=1</script>" in answer
    assert '<img src=x onerror="window.__pwned=1">' in answer
    for visible in ("\u27e8BEL\u27e9", "\u27e8ESC\u27e9[31m", "\u27e8U+202E\u27e9", "\u27e8U+200B\u27e9", "\u27e8U+E0041\u27e9"):
        assert visible in answer, visible
    assert "\u202e" not in answer and "\u001b" not in answer
    assert_inert(page)
    open_request(page, server, record, "?view=raw")
    wait(page, lambda: "end-of-hostile" in text_of(page, ".raw"), "the raw view")
    assert_inert(page)


def test_a_completion_of_two_megabytes_does_not_freeze_the_page(page, server):
    line = "All work and no play makes Jack a dull boy. "
    long = "echo: " + line * (2_000_000 // len(line)) + "the-very-end"
    record = chat(server, long)
    began = time.monotonic()
    open_request(page, server, record)
    wait(page, lambda: "All work" in text_of(page, "[data-part=answer]"), "the beginning of the answer")
    assert time.monotonic() - began < 10
    assert len(text_of(page, "[data-part=answer]")) < 100_000
    for button in page.find_elements(By.XPATH, "//*[@data-part='answer']//button[text()='Show all']"):
        button.click()
    length = "return document.querySelector('[data-part=answer]').textContent.length"
    wait(page, lambda: page.execute_script(length) > 1_990_000, "all of the answer")
    began = time.monotonic()
    assert page.execute_script(
        "return document.querySelector('[data-part=answer]').textContent.includes('the-very-end')"
    )
    page.execute_script(
        "document.querySelector('main').scrollTop = 1e9; return document.querySelector('main').scrollHeight"
    )
    assert time.monotonic() - began < 5
    press(page, "r")
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".raw"), "the raw view of two megabytes")


# -- overview -----------------------------------------------------------------------------------------------------


def test_brushing_a_chart_sets_the_range_and_opens_its_requests(page, server):
    chat(server, "echo: something to draw")
    page.get(f"{server.url}/?range=1h")
    chart = wait(page, lambda: page.find_element(By.CSS_SELECTOR, "[data-panel=calls] svg"), "the calls chart")
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "[data-panel=calls] .chart-bar[d*=h]"), "bars")
    right = chart.size["width"] // 2
    ActionChains(page).move_to_element_with_offset(chart, 20, 0).click_and_hold().move_by_offset(
        right - 24, 0
    ).release().perform()
    wait(page, lambda: "from=" in page.current_url and "to=" in page.current_url, "a range in the address")
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(page.current_url).query)
    start, end = int(query["from"][0]), int(query["to"][0])
    assert 0 < end - start < 3_600_000
    assert end > time.time() * 1000 - 120_000
    link = wait(page, lambda: page.find_element(By.PARTIAL_LINK_TEXT, "requests"), "the way to the requests")
    wait(
        page,
        lambda: re.match(r"View [\d,]+ requests", page.find_element(By.PARTIAL_LINK_TEXT, "View").text),
        "their number",
    )
    page.find_element(By.PARTIAL_LINK_TEXT, "View").click()
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".row"), "the requests of the range")
    assert link is not None and f"from={start}" in page.current_url and f"to={end}" in page.current_url
    page.back()
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "[data-panel=cost]"), "the overview again")


def test_the_overview_groups_and_its_groups_open_their_requests(page, server):
    chat(server, "echo: for the table", user="grouped-user")
    page.get(f"{server.url}/?range=1h&group=user")
    link = wait(page, lambda: page.find_element(By.LINK_TEXT, "grouped-user"), "the user in the table")
    link.click()
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".row"), "the user's requests")
    assert "user=grouped-user" in page.current_url


# -- keys and models ----------------------------------------------------------------------------------------------


def test_a_key_is_created_shown_once_and_revoked(page, server):
    name = f"browser {uuid.uuid4().hex[:6]}"
    page.get(f"{server.url}/keys")
    wait(page, lambda: page.find_element(By.XPATH, "//button[contains(., 'Create key')]"), "the keys").click()
    field = wait(page, lambda: page.find_element(By.NAME, "name"), "the form")
    wait(page, lambda: page.switch_to.active_element == field, "the name has the focus")
    field.send_keys(name, Keys.ENTER)
    secret = wait(page, lambda: text_of(page, "[data-secret]"), "the secret")
    assert len(secret) >= 20
    press(page, Keys.ESCAPE)
    wait(page, lambda: not page.find_elements(By.CSS_SELECTOR, "dialog"), "the dialog closed")
    wait(page, lambda: name in text_of(page), "the key in the list")
    assert secret not in page.page_source
    page.find_element(By.XPATH, f"//tr[contains(., '{name}')]//button[text()='Revoke']").click()
    wait(page, lambda: page.find_element(By.XPATH, "//button[text()='Revoke key']"), "the question").click()
    wait(page, lambda: name not in text_of(page), "the key gone from the list")
    page.get(f"{server.url}/keys?revoked=1")
    wait(page, lambda: name in text_of(page) and "revoked" in text_of(page), "the key among the revoked")


def test_models_show_prices_and_are_searched(page, server):
    page.get(f"{server.url}/models")
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "table.models tbody tr"), "models")
    press(page, "/", MODEL)
    wait(page, lambda: f"q={MODEL}" in page.current_url and MODEL in text_of(page, "table.models"), "the model found")
    names = [cell.text for cell in page.find_elements(By.CSS_SELECTOR, "table.models tbody th")]
    assert names and all(MODEL in name for name in names)
    assert "$0.15" in text_of(page, "table.models")


# -- everywhere ---------------------------------------------------------------------------------------------------


def test_the_palette_finds_screens_and_opens_a_request_by_id(page, server):
    record = chat(server, "echo: found by its id")
    page.find_element(By.TAG_NAME, "body").send_keys(Keys.CONTROL, "k")
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "dialog[open].palette"), "the palette")
    press(page, "models", Keys.ENTER)
    wait(page, lambda: page.current_url.endswith("/models"), "the models screen")
    page.find_element(By.TAG_NAME, "body").send_keys(Keys.CONTROL, "k")
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, "dialog[open].palette"), "the palette again")
    press(page, record["id"], Keys.ENTER)
    wait(page, lambda: "found by its id" in text_of(page, "[data-part=answer]"), "the request")


def test_dark_mode_follows_the_system_and_the_button(page, server):
    def brightness():
        color = page.execute_script("return getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in re.findall(r"\d+", color)[:3])

    scheme = [dict(name="prefers-color-scheme", value="dark")]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", dict(features=scheme))
    wait(page, lambda: brightness() < 120, "dark by the system's wish")
    button = page.find_element(By.CSS_SELECTOR, '[aria-label^="Colours"]')
    button.click()
    wait(page, lambda: brightness() > 600, "light by choice")
    page.refresh()
    wait(page, lambda: brightness() > 600, "the choice kept")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", dict(features=[]))


@pytest.mark.parametrize("path", ["/", "/requests", "/keys", "/models", "request"])
def test_every_screen_fits_a_narrow_window(page, server, path):
    record = chat(server, "echo: " + "averylongwordwithoutaspace" * 40)
    size(page, 400, 800)
    page.get(f"{server.url}/requests/{record['id']}" if path == "request" else server.url + path)
    wait(page, lambda: page.find_elements(By.CSS_SELECTOR, ".panel, .row, .table, .turn"), "content")
    for element in ("document.documentElement", "document.querySelector('main')"):
        assert page.execute_script(f"return {element}.scrollWidth") <= 400


def test_the_page_forbids_inline_scripts_and_foreign_hosts(server):
    with urllib.request.urlopen(server.url + "/requests", timeout=10) as answer:
        policy = answer.headers["Content-Security-Policy"]
        html = answer.read().decode()
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|style=", html)
