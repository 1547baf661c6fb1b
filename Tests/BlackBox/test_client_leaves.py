"""A caller that leaves stops the upstream's work, and its call is settled."""
import socket
import struct
import uuid

from harness import chat, eventually, http_request, read_until_token


def leave(connection):
    """Closes with a reset, as a killed process does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def check_cancelled(signalbox, sim, before, name):
    eventually(lambda: sim.stats()["cancelled_requests"] + sim.stats()["cancelled_streams"] > before,
               "the upstream's cancellation")
    record = signalbox.record_of(name)
    assert record["status"] == "cancelled" and record["http_status"] == 499
    assert record["error_code"] == "client_left"
    return record


def cancelled(sim):
    stats = sim.stats()
    return stats["cancelled_requests"] + stats["cancelled_streams"]


def test_before_the_first_token(signalbox, sim):
    name, before = f"leaver-{uuid.uuid4()}", cancelled(sim)
    open_before = sim.stats()["open_requests"]
    connection = signalbox.connect()
    connection.sendall(http_request(chat("[[sim: first-byte-delay=60s]] x", user=name, stream=True)))
    eventually(lambda: sim.stats()["open_requests"] > open_before, "the call's arrival upstream")
    leave(connection)
    record = check_cancelled(signalbox, sim, before, name)
    assert record["time_to_first_token_ms"] is None


def test_in_mid_stream(signalbox, sim):
    name, before = f"leaver-{uuid.uuid4()}", cancelled(sim)
    connection = signalbox.connect()
    connection.sendall(http_request(chat("[[sim: endless; chunk-delay=10ms]] lorem 5", user=name, stream=True)))
    read_until_token(connection)
    leave(connection)
    record = check_cancelled(signalbox, sim, before, name)
    assert record["time_to_first_token_ms"] > 0
    assert record["usage"]["source"] == "estimated", "nobody reported the usage of a stream that was cut"
    assert record["cost_nanodollars"] > 0


def test_by_closing_its_side_while_it_waits(signalbox, sim):
    name, before = f"leaver-{uuid.uuid4()}", cancelled(sim)
    open_before = sim.stats()["open_requests"]
    connection = signalbox.connect()
    connection.sendall(http_request(chat("[[sim: first-byte-delay=60s]] x", user=name)))
    eventually(lambda: sim.stats()["open_requests"] > open_before, "the call's arrival upstream")
    connection.shutdown(socket.SHUT_WR)
    check_cancelled(signalbox, sim, before, name)


def test_policy_drain_reads_the_answer_to_its_end(start, sim):
    server = start(settings="client_leaves: drain")
    name, completed = f"leaver-{uuid.uuid4()}", sim.stats()["completed"]
    connection = server.connect()
    connection.sendall(http_request(chat("[[sim: chunk-delay=5ms]] lorem 60", user=name, stream=True)))
    read_until_token(connection)
    leave(connection)
    record = server.record_of(name)
    assert record["status"] == "cancelled" and record["usage"]["source"] == "reported"
    assert len(record["response"]["messages"][0]["content"].split()) == 60
    assert sim.stats()["completed"] > completed
