"""An upstream that breaks off: honestly told, and recorded."""
import json
import uuid

from harness import chat, http_request, read_answer


def test_before_the_first_byte(signalbox):
    name = f"reset-{uuid.uuid4()}"
    with signalbox.connect() as connection:
        connection.sendall(http_request(chat("[[sim: reset]] x", user=name)))
        status, headers, body, _ = read_answer(connection)
        assert status == 502
        error = json.loads(body)["error"]
        assert error["code"] == "upstream_reset" and error["request_id"] == headers["x-signalbox-request-id"]
        connection.sendall(http_request(chat("echo: next")))
        assert read_answer(connection)[0] == 200, "the caller's connection goes on"
    record = signalbox.record_of(name)
    assert record["status"] == "error" and record["error_code"] == "upstream_reset"


def test_in_mid_stream(signalbox):
    name = f"reset-{uuid.uuid4()}"
    with signalbox.connect() as connection:
        connection.sendall(http_request(chat("[[sim: reset=after-3-chunks; chunk-delay=5ms]] lorem 50", user=name, stream=True)))
        status, _, body, _ = read_answer(connection)
        assert status == 200
        last = body.decode().strip().split("\n\n")[-1]
        assert json.loads(last.removeprefix("data: "))["error"]["code"] == "upstream_reset"
        assert b"[DONE]" not in body, "a broken stream must not look whole"
    record = signalbox.record_of(name)
    assert record["status"] == "error" and record["http_status"] == 200
    assert record["usage"]["source"] == "estimated"


def test_within_an_event(signalbox):
    """What came of the event that was cut is kept back, so that the error event after it can be read."""
    with signalbox.connect() as connection:
        body = chat("[[sim: reset=after-first-byte]] lorem 50", model="claude-haiku", stream=True, max_tokens=500)
        connection.sendall(http_request(body, path="/v1/messages"))
        status, _, answer, _ = read_answer(connection)
        assert status == 200 and answer.startswith(b"event: error\n"), answer[:200]


def test_stream_without_its_end_marker(signalbox):
    """A stream that ends without its marker has still ended; what the provider reported counts."""
    name = f"cut-{uuid.uuid4()}"
    with signalbox.connect() as connection:
        connection.sendall(http_request(chat("[[sim: no-done]] lorem 20", user=name, stream=True)))
        status, _, answer, _ = read_answer(connection)
        assert status == 200 and b"[DONE]" not in answer
    record = signalbox.record_of(name)
    assert record["status"] == "ok" and record["usage"]["source"] == "reported"


def test_in_mid_answer_without_a_stream(signalbox):
    """What was promised by content-length can't be completed, so the connection is cut."""
    name = f"reset-{uuid.uuid4()}"
    with signalbox.connect() as connection:
        connection.sendall(http_request(chat("[[sim: truncate]] lorem 50", user=name)))
        try:
            read_answer(connection)
        except (AssertionError, ConnectionError):
            pass
        else:
            raise AssertionError("a truncated answer was passed on as a whole one")
    assert signalbox.record_of(name)["status"] == "error"


def test_anthropic_stream_gets_an_error_event(signalbox):
    with signalbox.connect() as connection:
        body = chat("[[sim: reset=after-3-chunks]] lorem 50", model="claude-haiku", stream=True, max_tokens=500)
        connection.sendall(http_request(body, path="/v1/messages"))
        status, _, answer, _ = read_answer(connection)
        assert status == 200
        event = answer.decode().strip().split("\n\n")[-1].split("\n")
        assert event[0] == "event: error" and json.loads(event[1].removeprefix("data: "))["type"] == "error"


def test_unreachable_provider(signalbox):
    with signalbox.connect() as connection:
        connection.sendall(http_request(chat("x", model="unreachable")))
        status, headers, body, _ = read_answer(connection)
        assert status == 502 and json.loads(body)["error"]["code"] == "upstream_connect_failed"
        assert headers["retry-after"]


def test_keep_alive_race_is_retried_once(signalbox):
    """This upstream promises keep-alive and closes right after each answer."""
    with signalbox.connect() as connection:
        for turn in range(20):
            connection.sendall(http_request(chat(f"echo: {turn}", model="closing")))
            status, _, body, _ = read_answer(connection)
            assert status == 200, (turn, body)


def test_error_of_the_provider_passes_untouched(signalbox):
    name = f"limited-{uuid.uuid4()}"
    with signalbox.connect() as connection:
        connection.sendall(http_request(chat("[[sim: status=429; retry-after=7]] x", user=name)))
        status, headers, body, _ = read_answer(connection)
        assert status == 429 and headers["retry-after"] == "7" and b"error" in body
    record = signalbox.record_of(name)
    assert record["status"] == "error" and record["http_status"] == 429
