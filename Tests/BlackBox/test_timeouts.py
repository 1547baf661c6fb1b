"""Every wait has a deadline."""
import json
import time
import uuid

import pytest

from harness import chat, http_request, read_answer


@pytest.fixture(scope="module")
def hurried(sim):
    from harness import Server
    server = Server(sim, settings="""
timeouts: {first_byte: 1s, idle: 1s, total: 4s, request_header: 1s, request_body: 1s, client_stall: 1s, keep_alive: 2s}
limits: {body_bytes: 64KiB, event_bytes: 16KiB, header_bytes: 8KiB, json_depth: 16}
""")
    yield server
    server.stop()


def failure(server, prompt, **more):
    name = f"slow-{uuid.uuid4()}"
    with server.connect() as connection:
        connection.sendall(http_request(chat(prompt, user=name, **more)))
        status, _, body, _ = read_answer(connection)
    return status, body, server.record_of(name)


def test_first_byte(hurried):
    status, body, record = failure(hurried, "[[sim: first-byte-delay=60s]] x")
    assert status == 504 and json.loads(body)["error"]["code"] == "upstream_first_byte_timeout"
    assert record["error_code"] == "upstream_first_byte_timeout"


def test_stall_in_mid_stream(hurried):
    status, body, record = failure(hurried, "[[sim: hang=after-3-chunks]] lorem 50", stream=True)
    assert status == 200 and b"upstream_idle_timeout" in body
    assert record["error_code"] == "upstream_idle_timeout"


def test_total_of_an_endless_stream(hurried):
    status, body, record = failure(hurried, "[[sim: endless; chunk-delay=50ms]] lorem 5", stream=True)
    assert status == 200 and b"upstream_total_timeout" in body
    assert record["error_code"] == "upstream_total_timeout"


def test_slowloris_head(hurried):
    with hurried.connect() as connection:
        begun = time.monotonic()
        connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n")
        assert connection.recv(1) == b"", "a connection that never sends a head is closed"
        assert time.monotonic() - begun < 15


def test_slow_body(hurried):
    with hurried.connect() as connection:
        connection.sendall(http_request(chat("x"))[:-5])
        status, _, body, _ = read_answer(connection)
        assert status == 408 and json.loads(body)["error"]["code"] == "request_timeout"


def test_idle_connection_is_closed(hurried):
    with hurried.connect() as connection:
        connection.sendall(http_request(chat("echo: x")))
        assert read_answer(connection)[0] == 200
        assert connection.recv(1) == b""


def test_oversized_body_by_its_length(hurried):
    with hurried.connect() as connection:
        connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n"
                           b"Authorization: Bearer black-box-admin-key-0001\r\n\r\n")
        status, _, body, _ = read_answer(connection)
        assert status == 413 and json.loads(body)["error"]["code"] == "body_too_large"


def test_oversized_body_in_chunks(hurried):
    with hurried.connect() as connection:
        connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                           b"Authorization: Bearer black-box-admin-key-0001\r\n\r\n")
        for _ in range(9):
            connection.sendall(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        status, _, body, _ = read_answer(connection)
        assert status == 413 and json.loads(body)["error"]["code"] == "body_too_large"


def test_oversized_head(hurried):
    with hurried.connect() as connection:
        connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nX-Long: " + b"y" * 20000 + b"\r\n\r\n")
        assert read_answer(connection)[0] in (400, 431)


def test_too_deep_json(hurried):
    with hurried.connect() as connection:
        connection.sendall(http_request(b'{"model":"gpt-4o-mini","x":' + b"[" * 40 + b"]" * 40 + b"}"))
        status, _, body, _ = read_answer(connection)
        assert status == 400 and json.loads(body)["error"]["code"] == "invalid_request"


def test_oversized_event(hurried):
    """The last event of a Responses stream holds the whole answer."""
    name = f"large-{uuid.uuid4()}"
    with hurried.connect() as connection:
        body = {"model": "gpt-4o-mini", "input": "[[sim: big=200k]] x", "stream": True, "user": name}
        connection.sendall(http_request(body, path="/v1/responses"))
        status, _, body, _ = read_answer(connection)
    assert status == 200 and b"upstream_malformed" in body
    record = hurried.record_of(name)
    assert record["status"] == "error" and record["error_code"] == "upstream_malformed"
