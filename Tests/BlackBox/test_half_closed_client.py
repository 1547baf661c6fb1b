"""A caller that closes its sending side may still be reading: whether to believe that is a setting."""
import socket
import uuid

from harness import chat, http_request, read_answer


def test_is_served_where_the_setting_says_so(start):
    server = start(settings="client_half_close: serve")
    name = f"half-{uuid.uuid4()}"
    connection = server.connect()
    connection.sendall(http_request(chat("[[sim: first-byte-delay=100ms]] echo: still here", user=name)))
    connection.shutdown(socket.SHUT_WR)
    status, _, body, _ = read_answer(connection)
    assert status == 200 and b"still here" in body
    assert connection.recv(1) == b"", "the connection ends with the answer"
    assert server.record_of(name)["status"] == "ok"
