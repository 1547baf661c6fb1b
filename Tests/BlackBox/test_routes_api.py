"""Routes that change while the server runs."""
import json
import threading
import urllib.error

import pytest

from harness import chat, eventually

PATH = "/api/v1/routes/live"


def target(provider, model="gpt-4o-mini"):
    return {"provider": provider, "model": model}


def put(server, *targets, **more):
    body = {"definition": {"targets": list(targets), **more.pop("definition", {})}, **more}
    return json.load(server.request("PUT", PATH, body))


def error_of(run):
    with pytest.raises(urllib.error.HTTPError) as error:
        run()
    return error.value.code, json.load(error.value)["error"]


def call(server, model="live"):
    with server.request("POST", "/v1/chat/completions", chat("echo: x", model=model)) as answer:
        return json.load(answer), answer.headers["x-signalbox-request-id"]


def test_a_route_is_in_force_when_put_returns_and_gone_when_deleted(start):
    server = start()
    assert error_of(lambda: call(server))[0] == 404
    assert put(server, target("up"), message="first")["version"] == 1
    for _ in range(8):
        assert call(server)[0]["choices"]
    names = [one["name"] for one in server.get("/api/v1/routes")["data"]]
    assert names == ["live"]
    server.request("DELETE", PATH).close()
    assert error_of(lambda: call(server))[0] == 404
    versions = server.get(PATH + "/versions")["data"]
    assert [one["version"] for one in versions] == [1] and versions[0]["active"] is False


def test_a_route_survives_a_restart(start):
    server = start()
    put(server, target("up"))
    server.stop()
    server.start()
    assert call(server)[0]["choices"]


def test_a_route_that_leads_nowhere_changes_nothing(start):
    server = start()
    put(server, target("up"))
    status, error = error_of(lambda: put(server, target("no-such-provider")))
    assert status == 422 and "no-such-provider" in error["message"]
    assert call(server)[0]["choices"]
    assert server.get(PATH)["version"] == 1


def test_a_provider_that_went_away_does_not_stop_the_start(start):
    server = start()
    put(server, target("closing"))
    server.stop()
    text = server.config.read_text()
    server.config.write_text("\n".join(line for line in text.splitlines() if "closing" not in line))
    server.start()
    shown = server.get(PATH)
    assert "closing" in shown["problem"]
    assert call(server, model="gpt-4o-mini")[0]["choices"]


def test_going_back_and_conflicts(start):
    server = start()
    put(server, target("up"))
    assert put(server, target("claude", "claude-3-5-haiku-latest"))["version"] == 2
    status, error = error_of(lambda: put(server, target("up"), expected_version=1))
    assert status == 409 and "version 2" in error["message"]
    back = json.load(server.request("POST", PATH + "/rollback", {"version": 1}))
    assert back["version"] == 1 and back["targets"][0]["provider"] == "up"
    assert put(server, target("up"))["version"] == 3


def test_many_changes_at_once_leave_one_whole(start):
    server = start()
    threads = [threading.Thread(target=put, args=(server, target("up", f"m{number}"))) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shown = server.get(PATH)
    assert shown["version"] == 8 and len(server.get(PATH + "/versions")["data"]) == 8


def test_a_dry_run_sends_nothing(start):
    server = start()
    before = server.sim.stats()
    definition = {"targets": [target("nowhere"), {**target("up"), "when": {"metadata.tier": "gold"}}]}
    trial = {"definition": definition, "request": {"messages": []}}
    found = json.load(server.request("POST", "/api/v1/routes/dry-run", trial))
    verdicts = {one["name"]: one.get("reason") or one["verdict"] for one in found["routing"]["considered"]}
    assert verdicts == {"nowhere/gpt-4o-mini": "chosen", "up/gpt-4o-mini": "condition"}
    trial["metadata"] = {"tier": "gold"}
    found = json.load(server.request("POST", "/api/v1/routes/dry-run", trial))
    assert {one["verdict"] for one in found["routing"]["considered"]} == {"chosen", "fallback"}
    trial["headers"] = {"x-signalbox-route": "only=up"}
    found = json.load(server.request("POST", "/api/v1/routes/dry-run", trial))
    assert any("not_in_only" == one["reason"] for one in found["routing"]["considered"])
    assert server.sim.stats() == before


def test_health_shows_who_is_down(start):
    server = start()
    put(server, target("nowhere"), target("up"))
    call(server)
    providers = {one["name"]: one for one in server.get("/api/v1/providers")["data"]}
    down, = providers["nowhere"]["targets"]
    assert down["last_error"] == "connect" and down["error_rate"] == 1
    up, = [one for one in providers["up"]["targets"] if one["model"] == "gpt-4o-mini"]
    assert up["breaker"] == "closed" and up["p50_ms"] > 0


def test_recorded_calls_are_replayed_through_another_route(start):
    server = start()
    put(server, target("up"))
    ids = [call(server)[1] for _ in range(20)]
    eventually(lambda: len(server.records("&route=live")) == len(ids), "the records")
    before = server.sim.stats()
    question = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z", "filter": {"route": "live"},
                "changes": {"routes": {"live": {"targets": [target("claude", "claude-3-5-haiku-latest")]}},
                            "cache": {"route": "live", "ttl": "10m"}}}
    report = json.load(server.request("POST", "/api/v1/what-if", question))
    total = report["total"]
    assert total["calls"] == 20 and total["cache_hits"] == 19 and total["moved"] == 1
    assert total["changed"]["cost_nanodollars"] < total["baseline"]["cost_nanodollars"]
    assert server.sim.stats() == before
    assert call(server)[0]["choices"]
    question["changes"] = {"routes": {"live": {"targets": [target("no-such-provider")]}}}
    status, error = error_of(lambda: server.request("POST", "/api/v1/what-if", question))
    assert status == 422 and "no-such-provider" in error["message"]


def test_a_bill_is_held_against_the_records(start):
    server = start()
    usage = call(server, model="gpt-4o-mini")[0]["usage"]
    record, = eventually(lambda: server.records(), "the record")
    day = record["started_at"][:10]
    bill = ("start_time_iso,model,num_model_requests,input_tokens,output_tokens\n"
            f"{day}T00:00:00Z,gpt-4o-mini,1,{usage['prompt_tokens']},{usage['completion_tokens']}\n")
    report = json.load(server.request("POST", "/api/v1/reconcile?provider=up", bill.encode()))
    assert report["agrees"] is True and len(report["rows"]) == 1
    more = bill.replace(f",{usage['prompt_tokens']},", ",1000000,")
    report = json.load(server.request("POST", "/api/v1/reconcile?provider=up", more.encode()))
    assert report["agrees"] is False and report["rows"][0]["reason"] in ("window_border", "not_through_us")
