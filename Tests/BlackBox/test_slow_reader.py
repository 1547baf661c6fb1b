"""A caller that does not read holds the upstream back instead of filling our memory, and not for ever."""
import re
import socket
import time
import uuid

import pytest

from harness import Server, chat, http_request, read_until


def slow_connection(server):
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    connection.settimeout(30)
    connection.connect(("127.0.0.1", server.port))
    return connection


def test_memory_stays_bounded_and_the_answer_is_whole(signalbox):
    before = signalbox.resident_bytes()
    connection = slow_connection(signalbox)
    connection.sendall(http_request(chat("[[sim: big=48m]] x")))
    read_until(connection, b"\r\n\r\n")
    time.sleep(1)
    held = signalbox.resident_bytes() - before
    assert held < 40 << 20, f"{held} bytes held for a caller that does not read"
    total = 0
    while total < 40 << 20:
        piece = connection.recv(1 << 20)
        assert piece
        total += len(piece)
    connection.close()


@pytest.mark.parametrize("how", ["the request says close", "the caller stops sending"])
def test_the_end_of_a_large_answer_arrives_before_the_connection_closes(signalbox, how):
    """A close must not overtake what a slow reader has yet to read."""
    connection = slow_connection(signalbox)
    closes = how == "the request says close"
    # One that stops sending while its answer is still coming would count as gone, so there the answer is smaller.
    prompt = "[[sim: big=6m]] x" if closes else "[[sim: big=300k]] x"
    connection.sendall(http_request(chat(prompt), headers=["Connection: close"] if closes else []))
    data = read_until(connection, b"\r\n\r\n")
    size = int(re.search(rb"(?i)content-length: (\d+)", data).group(1)) + data.index(b"\r\n\r\n") + 4
    time.sleep(0.5)
    if not closes:
        connection.shutdown(socket.SHUT_WR)
    time.sleep(0.3)
    received = len(data)
    while piece := connection.recv(1 << 16):
        received += len(piece)
    assert received == size
    connection.close()


def test_one_that_never_reads_is_given_up(sim):
    server = Server(sim, settings="timeouts: {client_stall: 1s}")
    try:
        name = f"stalled-{uuid.uuid4()}"
        connection = slow_connection(server)
        connection.sendall(http_request(chat("[[sim: endless; chunk-delay=0ms]] lorem 5000", user=name, stream=True)))
        record = server.record_of(name)
        assert record["error_code"] == "client_stalled"
        connection.close()
    finally:
        server.stop()
