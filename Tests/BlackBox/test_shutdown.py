"""SIGTERM: open streams finish, or are ended honestly; everything is recorded."""
import uuid

from harness import chat, http_request, read_answer, read_until_token


def test_open_stream_finishes(start):
    server = start()
    name = f"stop-{uuid.uuid4()}"
    with server.connect() as connection:
        connection.sendall(http_request(chat("[[sim: chunk-delay=10ms]] lorem 80", user=name, stream=True)))
        begun = read_until_token(connection)
        server.process.terminate()
        status, _, body, _ = read_answer(connection, begun)
        assert status == 200 and body.endswith(b"data: [DONE]\n\n")
    assert server.process.wait(30) == 0
    server.start()
    assert server.record_of(name)["status"] == "ok"


def test_stream_that_does_not_end_is_told(start):
    server = start(settings="timeouts: {shutdown: 1s}")
    name = f"stop-{uuid.uuid4()}"
    with server.connect() as connection:
        connection.sendall(http_request(chat("[[sim: endless; chunk-delay=20ms]] lorem 5", user=name, stream=True)))
        begun = read_until_token(connection)
        server.process.terminate()
        status, _, body, _ = read_answer(connection, begun)
        assert b"shutting_down" in body and b"[DONE]" not in body
    assert server.process.wait(30) == 0
    server.start()
    assert server.record_of(name)["error_code"] == "shutting_down"


def test_idle_connections_do_not_hold_it_up(start):
    server = start()
    with server.connect() as idle, server.connect() as used:
        used.sendall(http_request(chat("echo: x")))
        assert read_answer(used)[0] == 200
        server.process.terminate()
        assert server.process.wait(15) == 0
        assert idle.recv(1) == b"" and used.recv(1) == b""
