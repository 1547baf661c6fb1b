"""Everything of a provider's API is reachable, authenticated, recorded and priced like the rest."""
import json
import uuid

from harness import chat


def test_a_path_we_do_not_know(signalbox):
    with signalbox.request("GET", "/pass/up/models") as answer:
        assert "data" in json.load(answer)
        request_id = answer.headers["x-signalbox-request-id"]
    record = signalbox.record(request_id)
    assert record["operation"] == "passthrough" and record["endpoint"] == "/pass/up/models"


def test_a_call_with_a_model_is_priced(signalbox, sim):
    name = f"pass-{uuid.uuid4()}"
    with signalbox.request("POST", "/pass/up/chat/completions", chat("echo: passed", user=name)) as answer:
        assert json.load(answer)["choices"][0]["message"]["content"] == "passed"
    record = signalbox.record_of(name)
    assert record["model"] == "gpt-4o-mini" and record["cost_nanodollars"] > 0
    assert record["response"]["messages"][0]["content"] == "passed"


def test_a_stream_is_observed(signalbox):
    name = f"pass-{uuid.uuid4()}"
    body = chat("lorem 12", model="claude-3-5-haiku-latest", stream=True, max_tokens=99, metadata={"user_id": name})
    with signalbox.request("POST", "/pass/claude/v1/messages", body) as answer:
        assert b"message_stop" in answer.read()
    record = signalbox.record_of(name)
    assert record["streamed"] and record["usage"]["output"] > 0 and record["time_to_first_token_ms"] > 0
