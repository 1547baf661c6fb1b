"""Why a call went as it did, as the API tells it."""
import urllib.error

import pytest

from harness import chat, eventually

ROUTE = """
routes:
  - name: careful
    strategy: fallback
    targets:
      - {provider: nowhere, model: gpt-4o-mini}
      - {provider: up, model: gpt-4o-mini}
      - {provider: claude, model: claude-3-5-haiku-latest, when: {metadata.tier: gold}}
"""


def why(server, request_id):
    def ask():
        try:
            return server.get(f"/api/v1/requests/{request_id}/why")
        except urllib.error.HTTPError as error:
            assert error.code == 404
            return None

    return eventually(ask, "the record")


def call(server, **options):
    with server.request("POST", "/v1/chat/completions", chat("echo: x", **options)) as answer:
        answer.read()
        return answer.headers["x-signalbox-request-id"]


def test_a_fallback_names_what_failed_and_what_was_ruled_out(start):
    server = start(settings=ROUTE)
    found = why(server, call(server, model="careful"))
    verdicts = {one["name"]: one["verdict"] for one in found["routing"]["considered"]}
    assert verdicts["nowhere/gpt-4o-mini"] == "chosen" and verdicts["up/gpt-4o-mini"] == "fallback"
    assert verdicts["claude/claude-3-5-haiku-latest"] == "ruled_out"
    assert found["answered_by"] == "up/gpt-4o-mini"
    assert found["attempts"][0]["target"] == "nowhere/gpt-4o-mini" and found["attempts"][0]["error"]
    assert found["key"]["name"] and found["receipt"]["total_nanodollars"] > 0
    words = " ".join(found["summary"])
    assert "nowhere/gpt-4o-mini" in words and "its condition does not hold" in words


def test_a_plain_call_has_little_to_explain(signalbox):
    found = why(signalbox, call(signalbox))
    assert found["routing"] is None and found["attempts"] == []
    assert any("nothing to choose" in sentence for sentence in found["summary"])


def test_an_unknown_call_is_not_found(signalbox):
    with pytest.raises(urllib.error.HTTPError) as error:
        signalbox.get("/api/v1/requests/01920000-0000-7000-8000-000000000000/why")
    assert error.value.code == 404
