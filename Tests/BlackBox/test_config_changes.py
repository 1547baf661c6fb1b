"""The configuration changes under load, and nobody notices but those who should."""
import json
import signal
import threading
import urllib.error
import uuid

import pytest

from harness import chat, eventually, http_request, read_answer, read_until_token


def answers(server, model):
    try:
        server.request("POST", "/v1/chat/completions", chat("echo: x", model=model)).close()
        return True
    except urllib.error.HTTPError as error:
        assert error.code == 404
        return False


def test_reload_by_signal_in_mid_stream(start):
    server = start()
    name = f"swap-{uuid.uuid4()}"
    with server.connect() as connection:
        connection.sendall(http_request(chat("[[sim: chunk-delay=20ms]] lorem 100", user=name, stream=True)))
        begun = read_until_token(connection)
        assert not answers(server, "added")
        server.write_config(models="  - {name: added, provider: up, upstream_model: gpt-4o-mini}")
        server.process.send_signal(signal.SIGHUP)
        eventually(lambda: answers(server, "added"), "the new model")
        status, _, body, _ = read_answer(connection, begun)
        assert status == 200 and body.endswith(b"data: [DONE]\n\n")
    assert server.record_of(name)["status"] == "ok"


def test_reload_by_api_says_what_changed(start):
    server = start()
    server.write_config(models="  - {name: added, provider: up, upstream_model: gpt-4o-mini}")
    report = json.load(server.request("POST", "/api/v1/reload"))
    assert report["reloaded"] is True and any("added" in change for change in report["changes"])


def test_a_broken_configuration_is_refused_whole(start):
    server = start()
    server.write_config(settings="tiemouts: {connect: 1s}")
    with pytest.raises(urllib.error.HTTPError) as error:
        server.request("POST", "/api/v1/reload")
    message = json.load(error.value)["error"]["message"]
    assert "tiemouts" in message and "timeouts" in message
    assert answers(server, "gpt-4o-mini")


def test_no_request_is_dropped(start):
    server = start()
    failures, stop = [], threading.Event()

    def load():
        with server.connect() as connection:
            while not stop.is_set():
                connection.sendall(http_request(chat("echo: x")))
                status = read_answer(connection)[0]
                if status != 200:
                    failures.append(status)

    threads = [threading.Thread(target=load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(10):
        server.write_config(models=f"  - {{name: added-{turn}, provider: up}}")
        server.request("POST", "/api/v1/reload").close()
    stop.set()
    for thread in threads:
        thread.join(30)
    assert failures == []
