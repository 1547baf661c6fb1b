"""Each fault that the simulator knows x each feature of a route, streamed and whole: what the caller gets, who
answered, what is recorded and what is charged. The rules are in fault_cases.py, and for people in docs/faults.md."""
import json

import pytest

from fault_cases import CASES
from fault_runs import WORDS, run_all


@pytest.fixture(scope="module")
def outcomes():
    return run_all(CASES)


def text_of(case, body):
    """The words of an answer in any dialect; what can't be read says nothing."""
    if not case.streams:
        return words(parsed(body))
    lines = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return "".join(words(parsed(line[6:])) for line in lines if line.startswith(b"data: "))


def parsed(data):
    try:
        return json.loads(data)
    except ValueError:
        return None


def words(value):
    if not isinstance(value, dict):
        return ""
    for choice in value.get("choices") or []:
        return (choice.get("delta") or choice.get("message") or {}).get("content") or ""
    for candidate in value.get("candidates") or []:
        return "".join(part.get("text", "") for part in (candidate.get("content") or {}).get("parts") or [])
    if isinstance(value.get("delta"), dict):
        return value["delta"].get("text", "")
    return "".join(part.get("text", "") for part in value.get("content") or [])


def check_text(case, outcome, kind):
    text = text_of(case, outcome.body)
    if kind == "all":
        assert text == WORDS
    elif kind == "none":
        assert text == ""
    elif kind == "part":
        assert text and text != WORDS
        if case.fault.kind(True) != "garbled-event" or case.feature.translates:
            assert WORDS.startswith(text)
    elif kind == "continued":
        assert b"continued by second/" in outcome.body
        begun = text.split(" ")[:3]
        assert WORDS.split(" ")[:3] == begun and text != WORDS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fault(outcomes, case):
    outcome, expected = outcomes[case.name], case.expected()
    assert not outcome.stuck and outcome.seconds < 15
    assert (outcome.status, outcome.cut) == (expected["status"], expected["cut"]), outcome.body[-300:]
    check_text(case, outcome, expected["text"])
    check_told(case, outcome, expected)
    check_record(case, outcome, expected)
    check_budgets(outcome)
    if outcome.again:
        check_cache(outcome, expected)


def check_told(case, outcome, expected):
    if expected["told"]:
        assert expected["told"].encode() in outcome.body, outcome.body[-300:]
        assert b"[DONE]" not in outcome.body and b"message_stop" not in outcome.body, "it must not look whole"
    elif expected["text"] in ("all", "continued"):
        assert b'"error":' not in outcome.body


def check_record(case, outcome, expected):
    assert len(outcome.records) == (2 if outcome.again else 1), "recorded once"
    record = outcome.records[0]
    assert (record["status"], record["http_status"]) == (expected["record"], expected["status"])
    # A kept connection that is reset before an answer is replaced once, which counts as an attempt.
    most = expected["attempts"] + (1 if case.fault.name == "reset" else 0)
    assert expected["attempts"] <= record["attempts"] <= most
    assert record["provider"] == expected["by"]
    if expected["record"] == "error" and case.fault.code and expected["told"] == case.fault.code:
        assert record["error_code"] == case.fault.code
    if expected["record"] == "ok" and expected["attempts"] == 2:
        assert outcome.why["answered_by"].startswith(expected["by"] + "/")
        assert outcome.why["continued"] == (expected["text"] == "continued")
        assert any(attempt["error"] for attempt in outcome.why["attempts"])


def check_budgets(outcome):
    """Nothing stays reserved, and what is charged is what the records say."""
    tokens, calls = outcome.budgets["tokens"], outcome.budgets["calls"]
    charged = sum(record["usage"]["total"] for record in outcome.records if record["cache"] != "hit")
    assert (tokens["reserved"], calls["reserved"]) == (0, 0)
    assert tokens["used"] == charged
    assert calls["used"] == len(outcome.records)


def check_cache(outcome, expected):
    """A good answer is kept, and nothing else."""
    verdict = outcome.again.headers.get("x-signalbox-cache")
    if expected["record"] == "ok" and expected["text"] == "all":
        assert (outcome.again.status, verdict) == (200, "hit")
    elif expected["record"] != "ok":
        assert verdict != "hit"
