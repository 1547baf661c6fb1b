"""Keep-alive, pipelining, and what clients do to connections."""
import json
import uuid

from harness import chat, http_request, read_answer, read_until


def test_keep_alive_after_a_stream(signalbox):
    with signalbox.connect() as connection:
        for turn in range(3):
            connection.sendall(http_request(chat("lorem 10", stream=True)))
            status, headers, body, rest = read_answer(connection)
            assert status == 200 and body.endswith(b"data: [DONE]\n\n") and rest == b""
        connection.sendall(http_request(chat("echo: and whole")))
        assert b"and whole" in read_answer(connection)[2]


def test_pipelined_requests_are_answered_in_order(signalbox):
    wanted = [f"echo: turn {turn}" for turn in range(20)]
    with signalbox.connect() as connection:
        requests = [http_request(chat(prompt)) for prompt in wanted]
        requests.insert(7, http_request(b"", path="/api/v1/health", method="GET"))
        requests.insert(3, http_request(b"", path="/v1/models", method="GET"))
        connection.sendall(b"".join(requests))
        rest, answers = b"", []
        for _ in requests:
            status, _, body, rest = read_answer(connection, rest)
            assert status == 200
            answers.append(body)
    assert b'"list"' in answers[3] and b'"ok"' in answers[8]
    spoken = [json.loads(answer)["choices"][0]["message"]["content"] for answer in answers if b"choices" in answer]
    assert spoken == [prompt.removeprefix("echo: ") for prompt in wanted]


def test_expect_continue(signalbox):
    request = http_request(chat("echo: big one"), headers=["Expect: 100-continue"])
    head, _, body = request.partition(b"\r\n\r\n")
    with signalbox.connect() as connection:
        connection.sendall(head + b"\r\n\r\n")
        status, _, _, _ = (int(connection.recv(4096).split()[1]), 0, 0, 0)
        assert status == 100
        connection.sendall(body)
        assert read_answer(connection)[0] == 200


def test_http_1_0_closes(signalbox):
    request = http_request(chat("echo: old")).replace(b"HTTP/1.1", b"HTTP/1.0")
    with signalbox.connect() as connection:
        connection.sendall(request)
        data = b""
        while piece := connection.recv(65536):
            data += piece
    assert b" 200 " in data.split(b"\r\n")[0] and b'"old"' in data


def test_malformed_http(signalbox):
    with signalbox.connect() as connection:
        connection.sendall(b"NONSENSE\r\n\r\n")
        assert read_answer(connection)[0] == 400


def test_malformed_json_names_the_place(signalbox):
    with signalbox.connect() as connection:
        connection.sendall(http_request(b'{"model": "gpt-4o-mini", "messages": [}'))
        status, _, body, _ = read_answer(connection)
        assert status == 400 and "byte" in json.loads(body)["error"]["message"]


def test_duplicate_model_is_refused(signalbox):
    with signalbox.connect() as connection:
        connection.sendall(http_request(b'{"model":"gpt-4o-mini","messages":[],"model":"claude-haiku"}'))
        status, _, body, _ = read_answer(connection)
        assert status == 400 and json.loads(body)["error"]["param"] == "model"


def test_events_split_at_any_byte_arrive_whole(signalbox):
    name = f"split-{uuid.uuid4()}"
    with signalbox.connect() as connection:
        connection.sendall(http_request(chat("[[sim: split=1; crlf; comments]] echo: h\u00e9llo w\u00f6rld", stream=True, user=name)))
        status, _, body, _ = read_answer(connection)
    text = "".join(
        json.loads(line[6:])["choices"][0]["delta"].get("content") or ""
        for line in body.decode().replace("\r\n", "\n").split("\n")
        if line.startswith("data: {") and json.loads(line[6:])["choices"])
    assert text == "h\u00e9llo w\u00f6rld"
    assert signalbox.record_of(name)["response"]["messages"][0]["content"] == "h\u00e9llo w\u00f6rld"


def test_head_has_no_body(signalbox):
    with signalbox.connect() as connection:
        connection.sendall(http_request(b"", path="/v1/models", method="HEAD"))
        head = read_until(connection, b"\r\n\r\n")
        assert b" 405 " in head.split(b"\r\n")[0] and head.endswith(b"\r\n\r\n")
        connection.sendall(http_request(chat("echo: next")))
        assert read_answer(connection)[0] == 200


def test_garbage_after_a_request_does_not_spoil_its_answer(signalbox):
    with signalbox.connect() as connection:
        connection.sendall(http_request(chat("[[sim: first-byte-delay=100ms]] echo: good")) + b"NONSENSE\r\n\r\n")
        status, _, body, _ = read_answer(connection)
        assert status == 200 and b"good" in body
        assert connection.recv(1) == b""
