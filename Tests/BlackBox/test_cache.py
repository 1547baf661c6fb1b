"""Stored answers: equal requests, streams, questions that mean the same, identical calls at the same time."""
import concurrent.futures
import contextlib
import http.server
import json
import shutil
import socket
import subprocess
import threading
import urllib.error

import pytest

from harness import BINARY, Server, eventually


class Upstream:
    """A provider that numbers its answers, so that a stored one can be told from a fresh one."""

    def __init__(self):
        self.calls = 0
        self.judged = "SAME"
        self.fails = 0
        self.gate = threading.Event()
        self.gate.set()
        self.lock = threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    outer.answer(self, body)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, handler, body):
        if handler.path.endswith("/embeddings"):
            return self.send(handler, {
                "object": "list", "model": "embed", "usage": {"prompt_tokens": 3, "total_tokens": 3},
                "data": [{"object": "embedding", "index": 0, "embedding": self.vector(body["input"])}]})
        if body["model"] == "judge":
            return self.send(handler, self.whole(body, self.judged))
        with self.lock:
            self.calls += 1
            number = self.calls
            fails = self.fails > 0
            self.fails -= fails
        self.gate.wait(20)
        if fails:
            return self.send(handler, {"error": {"message": "broken", "type": "server_error"}}, 500)
        text = f"answer {number}"
        if body.get("stream"):
            return self.stream(handler, body, text)
        self.send(handler, self.whole(body, text))

    @staticmethod
    def vector(text):
        """Questions about capitals are near each other, all others are at right angles."""
        if "capital" in text:
            return [1.0, len(text) / 10_000, 0, 0]
        return [0, 0, 1.0, float(len(text))]

    @staticmethod
    def whole(body, text):
        return {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": body["model"],
                "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}}

    @staticmethod
    def send(handler, answer, status=200):
        data = json.dumps(answer).encode()
        handler.send_response(status)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    @staticmethod
    def stream(handler, body, text):
        base = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
        chunks = [{"role": "assistant", "content": ""}, {"content": text[:3]}, {"content": text[3:]}]
        events = [{**base, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in chunks]
        events.append({**base, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        if body.get("stream_options", {}).get("include_usage"):
            usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
            events.append({**base, "choices": [], "usage": usage})
        lines = [f"data: {json.dumps(event)}\n\n" for event in events] + ["data: [DONE]\n\n"]
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("connection", "close")
        handler.end_headers()
        handler.wfile.write("".join(lines).encode())

    def stop(self):
        self.gate.set()
        self.server.shutdown()
        self.server.server_close()


SETTINGS = """
cache:
  ttl: 1h
  semantic: {model: embed, judge_model: judge, threshold: 0.9, sample: 1, target: 0.05}
routes:
  - {name: exact, targets: [{provider: fake, model: chat}], cache: exact}
  - {name: near, targets: [{provider: fake, model: chat}], cache: {mode: semantic}}
  - {name: shared, targets: [{provider: fake, model: chat}], coalesce: true}
  - {name: plain, targets: [{provider: fake, model: chat}]}
prices:
  - {provider: fake, model: chat, input: "1", output: "2"}
"""


@pytest.fixture
def upstream():
    fake = Upstream()
    yield fake
    fake.stop()


@pytest.fixture
def server(sim, upstream):
    providers = json.dumps([{"name": "fake", "dialect": "openai", "base_url": upstream.url, "api_key": "k"}])
    models = json.dumps([{"name": name, "provider": "fake"} for name in ["embed", "judge"]])
    made = Server(sim, SETTINGS, environment={"SIGNALBOX_PROVIDERS": providers, "SIGNALBOX_MODELS": models})
    yield made
    made.stop()
    shutil.rmtree(made.folder, ignore_errors=True)


def ask(server, model, text="hi", headers=None, **members):
    body = {"model": model, "messages": [{"role": "user", "content": text}], **members}
    with server.request("POST", "/v1/chat/completions", body, headers=headers) as answer:
        return answer.headers, answer.read().decode()


def said(body):
    return json.loads(body)["choices"][0]["message"]["content"]


def streamed(body):
    events = [json.loads(line[6:]) for line in body.splitlines() if line.startswith("data: {")]
    return "".join(c["delta"].get("content") or "" for event in events for c in event["choices"]), events


def record(server, headers):
    name = headers["x-signalbox-request-id"]
    return eventually(lambda: next((r for r in server.records() if r["id"] == name), None), "the record")


def test_an_equal_request_is_answered_from_the_cache(server, upstream):
    first, body = ask(server, "exact")
    second, again = ask(server, "exact", user="somebody-else")
    assert (first["x-signalbox-cache"], second["x-signalbox-cache"]) == ("miss", "hit")
    assert again == body and upstream.calls == 1
    assert second["x-signalbox-cache-source"] == first["x-signalbox-request-id"] and int(second["age"]) >= 0
    made, served = record(server, first), record(server, second)
    assert (made["cache"], served["cache"], served["attempts"]) == ("miss", "hit", 0)


def test_a_hit_costs_nothing_and_says_what_it_saved(server, upstream):
    first, _ = ask(server, "exact")
    second, _ = ask(server, "exact")
    record(server, second)
    report = server.get("/api/v1/cache")
    route = next(r for r in report["routes"] if r["route"] == "exact")
    assert (route["hits"], route["misses"], route["stored"], route["entries"]) == (1, 1, 1, 1)
    # 10 input tokens at one dollar a million, 5 output tokens at two.
    assert report["saved"] == 20_000 and route["hit_rate"] == 0.5


def test_streams_and_whole_answers_serve_each_other(server, upstream):
    _, whole = ask(server, "exact", "a")
    head, stream = ask(server, "exact", "a", stream=True, stream_options={"include_usage": True})
    text, events = streamed(stream)
    assert head["x-signalbox-cache"] == "hit" and head["content-type"].startswith("text/event-stream")
    assert text == said(whole) and stream.rstrip().endswith("data: [DONE]")
    assert events[-1]["usage"]["total_tokens"] == 15
    _, stream = ask(server, "exact", "b", stream=True)
    head, whole = ask(server, "exact", "b")
    assert head["x-signalbox-cache"] == "hit" and said(whole) == streamed(stream)[0]
    assert upstream.calls == 2


def test_nothing_is_cached_unless_asked_for(server, upstream):
    for _ in range(2):
        head, _ = ask(server, "plain")
        assert "x-signalbox-cache" not in head
    assert upstream.calls == 2
    on = {"x-signalbox-cache": "on"}
    assert [ask(server, "plain", headers=on)[0]["x-signalbox-cache"] for _ in range(2)] == ["miss", "hit"]


def test_callers_can_refuse_refresh_and_not_store(server, upstream):
    def verdict(wish, text="hi"):
        return ask(server, "exact", text, headers={"x-signalbox-cache": wish})[0]["x-signalbox-cache"]

    assert verdict("no-store") == "miss" and verdict("no-store") == "miss"
    ask(server, "exact")
    assert verdict("off") == "bypass" and verdict("refresh") == "refresh"
    head, body = ask(server, "exact")
    assert head["x-signalbox-cache"] == "hit" and said(body) == f"answer {upstream.calls}"
    head, _ = ask(server, "exact", headers={"x-signalbox-cache-namespace": "other"})
    assert head["x-signalbox-cache"] == "miss"


def test_errors_are_not_kept(server, upstream):
    upstream.fails = 1
    with pytest.raises(urllib.error.HTTPError):
        ask(server, "exact")
    assert ask(server, "exact")[0]["x-signalbox-cache"] == "miss"


def test_a_purge_forgets(server, upstream):
    ask(server, "exact")
    with server.request("DELETE", "/api/v1/cache?route=exact") as answer:
        assert json.load(answer) == {"purged": 1}
    assert ask(server, "exact")[0]["x-signalbox-cache"] == "miss"


def test_what_means_the_same_is_found_and_all_else_is_not(server, upstream):
    first, body = ask(server, "near", "What is the capital of France?")
    second, again = ask(server, "near", "Name the capital of France, please")
    assert (first["x-signalbox-cache"], second["x-signalbox-cache"]) == ("miss", "semantic-hit")
    assert said(again) == said(body) and float(second["x-signalbox-cache-similarity"]) >= 0.9
    assert ask(server, "near", "Write a poem")[0]["x-signalbox-cache"] == "miss"
    # Another parameter is another question.
    assert ask(server, "near", "the capital of France", seed=1)[0]["x-signalbox-cache"] == "miss"
    inner = eventually(lambda: [r for r in server.records() if r["feature"] == "cache"], "the cache's own calls")
    assert {r["model"] for r in inner} >= {"embed"}


def test_false_hits_are_counted_and_raise_the_threshold(server, upstream):
    upstream.judged = "DIFFERENT"
    ask(server, "near", "the capital?")

    def meter():
        routes = server.get("/api/v1/cache")["routes"]
        return next(r for r in routes if r["route"] == "near")["semantic"]

    for number in range(3):
        ask(server, "near", "the capital" + "!" * (number + 1))
    raised = eventually(lambda: (found := meter())["false_in_all"] >= 2 and found, "the judgements")
    assert raised["threshold"] > 0.9 and raised["configured"] == 0.9
    assert "false" in raised["history"][0]["reason"]


def test_identical_calls_share_one_answer(server, upstream):
    upstream.gate.clear()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(ask, server, "shared", stream=number % 2 == 1) for number in range(8)]
        eventually(lambda: upstream.calls >= 1, "the first call")
        # All eight have to be there before the first is answered.
        threading.Event().wait(0.5)
        upstream.gate.set()
        answers = [call.result() for call in calls]
    texts = [streamed(body)[0] if "event-stream" in head["content-type"] else said(body) for head, body in answers]
    verdicts = [head["x-signalbox-cache"] for head, _ in answers]
    assert upstream.calls == 1 and set(texts) == {"answer 1"}
    assert verdicts.count("coalesced") == 7


def test_where_the_first_call_fails_one_other_goes_on(server, upstream):
    upstream.gate.clear()
    upstream.fails = 1
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(ask, server, "shared") for _ in range(4)]
        eventually(lambda: upstream.calls >= 1, "the first call")
        threading.Event().wait(0.5)
        upstream.gate.set()
        results = [call.exception() or call.result() for call in calls]
    failed = [r for r in results if isinstance(r, Exception)]
    assert len(failed) == 1 and upstream.calls == 2


def test_when_the_first_caller_leaves_the_others_still_get_its_answer(server, upstream):
    upstream.gate.clear()
    body = json.dumps({"model": "shared", "messages": [{"role": "user", "content": "hi"}]}).encode()
    request = (b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
               b"authorization: Bearer " + server.admin_key.encode() + b"\r\n"
               b"content-length: " + str(len(body)).encode() + b"\r\n\r\n" + body)
    first = socket.create_connection(("127.0.0.1", server.port))
    first.sendall(request)
    eventually(lambda: upstream.calls == 1, "the first call")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(ask, server, "shared") for _ in range(2)]
        threading.Event().wait(0.5)
        first.close()
        threading.Event().wait(0.3)
        upstream.gate.set()
        answers = [call.result() for call in calls]
    assert [said(text) for _, text in answers] == ["answer 1"] * 2 and upstream.calls == 1


def test_other_dialects_are_cached_in_their_own_form(server, upstream):
    body = {"model": "exact", "max_tokens": 50, "messages": [{"role": "user", "content": "hi"}]}

    def message(**members):
        with server.request("POST", "/v1/messages", {**body, **members}) as answer:
            return answer.headers["x-signalbox-cache"], answer.read().decode()

    (first, whole), (second, again), (third, stream) = message(), message(), message(stream=True)
    assert (first, second, third) == ("miss", "hit", "hit") and whole == again and upstream.calls == 1
    text = json.loads(whole)["content"][0]["text"]
    deltas = [json.loads(line[6:]) for line in stream.splitlines() if line.startswith("data: {")]
    said_again = "".join(d["delta"].get("text", "") for d in deltas if d["type"] == "content_block_delta")
    assert said_again == text and deltas[-1]["type"] == "message_stop"
    # The same question in another dialect is another request.
    assert ask(server, "exact")[0]["x-signalbox-cache"] == "miss"


def test_embeddings_are_cached_whole(server, upstream):
    def embed():
        body = {"model": "embed", "input": "a text"}
        with server.request("POST", "/v1/embeddings", body, headers={"x-signalbox-cache": "on"}) as answer:
            return answer.headers["x-signalbox-cache"], answer.read()

    first, second = embed(), embed()
    assert (first[0], second[0]) == ("miss", "hit") and first[1] == second[1]


def test_projects_never_share(server, upstream):
    with server.request("POST", "/api/v1/projects", {"id": "other"}) as answer:
        assert answer.status in (200, 201)
    with server.request("POST", "/api/v1/keys", {"name": "k", "project": "other", "role": "member"}) as answer:
        secret = json.load(answer)["secret"]
    ask(server, "exact")
    body = {"model": "exact", "messages": [{"role": "user", "content": "hi"}]}
    with server.request("POST", "/v1/chat/completions", body, key=secret) as answer:
        assert answer.headers["x-signalbox-cache"] == "miss"
    assert upstream.calls == 2


def test_a_hit_counts_as_a_request_and_spends_nothing(server, upstream):
    rules = {"budgets": [{"id": "b", "unit": "requests", "window": "day", "limit": 100},
                         {"id": "m", "unit": "money", "window": "day", "limit": 1_000_000_000}]}
    with server.request("POST", "/api/v1/keys", {"name": "k", "role": "member", "rules": rules}) as answer:
        made = json.load(answer)
    body = {"model": "exact", "messages": [{"role": "user", "content": "hi"}]}
    for _ in range(3):
        server.request("POST", "/v1/chat/completions", body, key=made["secret"]).read()
    states = {s["rule"]: s for s in server.get(f"/api/v1/budgets?kind=key&id={made['id']}")["data"]}
    assert states["b"]["used"] == 3 and states["b"]["reserved"] == 0
    assert states["m"]["used"] == 20_000 and states["m"]["reserved"] == 0


def test_a_route_with_rules_that_cannot_be_read_is_refused(sim, upstream, tmp_path):
    path = tmp_path / "signalbox.yaml"
    path.write_text(f"""
data: {tmp_path}/data
listen: 127.0.0.1:0
providers: [{{name: fake, dialect: openai, base_url: "{upstream.url}", api_key: k}}]
routes: [{{name: r, targets: [{{provider: fake, model: m}}], cache: {{ttl: soon}}}}]
""")
    result = subprocess.run([BINARY, "serve", "--config", path], capture_output=True, text=True, timeout=30)
    assert result.returncode != 0 and "cache.ttl" in result.stderr
