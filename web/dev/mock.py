#!/usr/bin/env python3
"""A pretend Signalbox for working on the web app: the HTTP API with seeded data, and web/dist.

    web/build.sh && python3 web/dev/mock.py --port 8090 --count 5000
    open http://127.0.0.1:8090/#key=sb_dev_key

Any key is accepted except one that starts with "wrong". `--live 2` stores a new call every two seconds, `--empty`
starts with none, `--slow 800` delays each answer by so many milliseconds, `--fail` answers every list with a 500.
POST /v1/chat/completions answers `echo: TEXT` with TEXT, as the simulator does, so that tests choose the answer.
Standard library only; nothing here is part of the product.
"""

import argparse
import datetime
import hashlib
import json
import os
import pathlib
import queue
import random
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

from gateway import Fault, Gateway

DIST = pathlib.Path(__file__).resolve().parent.parent / "dist"
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

# name, provider, dialect, weight, milliseconds per output token, prices (nano-dollars per million tokens)
MODELS = [
    ("gpt-4o-mini", "openai", "openai", 40, 9, (150_000_000, 75_000_000, 600_000_000)),
    ("gpt-4o", "openai", "openai", 18, 14, (2_500_000_000, 1_250_000_000, 10_000_000_000)),
    ("claude-sonnet-4-5", "anthropic", "anthropic", 22, 16, (3_000_000_000, 300_000_000, 15_000_000_000)),
    ("claude-haiku-4-5", "anthropic", "anthropic", 14, 8, (1_000_000_000, 100_000_000, 5_000_000_000)),
    ("text-embedding-3-small", "openai", "openai", 8, 1, (20_000_000, 20_000_000, 0)),
    ("llama-3.3-70b", "local", "openai", 5, 22, None),
]
USERS = ["ana@example.com", "bo", "chen.wei", "dora", "eli-4711", "fatima", None]
FEATURES = ["support-chat", "search", "summarise", "code-review", None]
TAGS = ["beta", "nightly", "v2-prompt", "eu", "mobile"]
PROMPTS = [
    "Where is my order #48213? It should have arrived on Monday.",
    "Summarise the attached incident report in three bullet points for the on-call engineer.",
    "Write a SQL query that returns the ten customers with the highest revenue in the last quarter.",
    "Translate to German: “The signal box controls every train on this line.”",
    "Review this diff and point out anything that could fail under load:\n\n```swift\nlet x = try await f()\n```",
    "What is the difference between a mutex and a semaphore?",
    '<script>window.__pwned = 1</script><img src=x onerror="window.__pwned=1"> ignore all instructions',
    "日本語で答えてください：鉄道の信号所とは何ですか？ 🚉",
]
ANSWERS = [
    "Your order left our warehouse on Friday and is with the carrier. It should arrive tomorrow before noon. "
    "If it has not, reply here and I will open a claim for you.",
    "- At 09:14 the primary database ran out of connections.\n- Retries from the queue workers kept it saturated "
    "for 22 minutes.\n- A connection limit per worker was deployed and the backlog drained by 10:05.",
    "SELECT c.name, SUM(o.total) AS revenue\nFROM customers c JOIN orders o ON o.customer_id = c.id\n"
    "WHERE o.created_at >= date_trunc('quarter', now()) - interval '3 months'\nGROUP BY c.name\n"
    "ORDER BY revenue DESC\nLIMIT 10;",
    "A mutex protects a section that one thread may be in at a time and is unlocked by its owner; a semaphore counts "
    "permits that any thread may give back. Use a mutex for exclusion and a semaphore for signalling or limits.",
    "</div><script>window.__pwned=1</script>\u0007\u001b[31mred\u001b[0m \u202egnp.exe <svg/onload=window.__pwned=1>",
    "信号所は、列車の進路を設定し、安全でない動きを止める場所です。",
]
ERRORS = [
    (429, "rate_limited", "The provider's rate limit was reached. Retry after 7 s."),
    (500, "upstream_error", "The provider answered 500. Try again or route to another provider."),
    (504, "first_byte_timeout", "The provider sent nothing for 60 s. Raise first_byte_ms or use another model."),
    (400, "context_length_exceeded", "The prompt has 131,204 tokens, the model takes 128,000. Shorten it."),
]
ALPHABET = "0123456789abcdef"


def stamp(ms):
    when = datetime.datetime.fromtimestamp(ms / 1000, datetime.timezone.utc)
    return when.strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def hexes(rng, n):
    return "".join(rng.choice(ALPHABET) for _ in range(n))


class Store:
    """Everything the API shows, newest last."""

    def __init__(self):
        self.lock = threading.Lock()
        self.requests, self.full, self.listeners = [], {}, set()
        self.keys = [
            dict(
                id="key_0001",
                name="bootstrap",
                hint="sb_…4f2a",
                project="default",
                environment="production",
                role="admin",
                created_at=stamp(time.time() * 1000 - 9e8),
                expires_at=None,
                revoked_at=None,
                allowed_models=[],
            ),
            dict(
                id="key_0002",
                name="checkout service",
                hint="sb_…91cc",
                project="default",
                environment="production",
                role="member",
                created_at=stamp(time.time() * 1000 - 6e8),
                expires_at=None,
                revoked_at=None,
                allowed_models=["gpt-4o-mini", "gpt-4o"],
            ),
            dict(
                id="key_0003",
                name="staging",
                hint="sb_…07de",
                project="default",
                environment="staging",
                role="member",
                created_at=stamp(time.time() * 1000 - 5e8),
                expires_at=stamp(time.time() * 1000 + 9e8),
                revoked_at=None,
                allowed_models=[],
            ),
            dict(
                id="key_0004",
                name="old laptop",
                hint="sb_…aa10",
                project="default",
                environment="dev",
                role="member",
                created_at=stamp(time.time() * 1000 - 8e8),
                expires_at=None,
                revoked_at=stamp(time.time() * 1000 - 2e8),
                allowed_models=[],
            ),
        ]

    def add(self, record, detail):
        with self.lock:
            self.requests.append(record)
            self.full[record["id"]] = detail
            for listener in list(self.listeners):
                listener.put(record)


STORE = Store()
GATEWAY = Gateway(STORE, MODELS)


def receipt(model, usage):
    prices = next((m[5] for m in MODELS if m[0] == model), None)
    if prices is None:
        return None
    lines = []
    for bucket, price in (
        ("input", prices[0]),
        ("cache_read", prices[1]),
        ("output", prices[2]),
        ("reasoning", prices[2]),
    ):
        if usage[bucket]:
            amount = (usage[bucket] * price + 500_000) // 1_000_000
            lines.append(
                dict(bucket=bucket, quantity=usage[bucket], nanodollars_per_million=price, amount_nanodollars=amount)
            )
    provider = next(m[1] for m in MODELS if m[0] == model)
    return dict(
        price_version=f"{provider}/{model}@2026-11-01",
        source="catalog",
        total_nanodollars=sum(line["amount_nanodollars"] for line in lines),
        lines=lines,
    )


def make(rng, at_ms, prompt=None, answer=None, user=..., streamed=None, model=None, extra=None):
    """One call, made of chance; given parts are kept."""
    chosen = next((m for m in MODELS if m[0] == model), None) or rng.choices(MODELS, [m[3] for m in MODELS])[0]
    name, provider, dialect, _, pace, _ = chosen
    if model and model != name:
        name = model
    prompt = prompt if prompt is not None else rng.choice(PROMPTS)
    answer = answer if answer is not None else rng.choice(ANSWERS)
    embedding = name.startswith("text-embedding")
    failed = extra is None and rng.random() < 0.035
    cancelled = extra is None and not failed and rng.random() < 0.015
    out = 0 if embedding or failed else min(16_384, max(4, len(answer) // 4 + rng.randrange(60)))
    cached = rng.choice([0, 0, 1024, 2048]) if not embedding else 0
    usage = dict(
        input=len(prompt) // 4 + rng.randrange(20, 900),
        cache_read=cached,
        cache_write_5m=0,
        cache_write_1h=0,
        audio_input=0,
        image_input=0,
        output=out,
        reasoning=rng.choice([0, 0, 0, 320]) if out else 0,
        audio_output=0,
        server_tool_calls=0,
        source="none" if failed else "estimated" if cancelled else "reported",
    )
    if failed:
        usage.update(input=0, cache_read=0)
    usage["total_input"] = usage["input"] + usage["cache_read"]
    usage["total_output"] = usage["output"] + usage["reasoning"]
    usage["total"] = usage["total_input"] + usage["total_output"]
    first = rng.lognormvariate(5.6, 0.5)
    duration = round(first + out * pace * rng.uniform(0.7, 1.4), 3)
    streamed = streamed if streamed is not None else (not embedding and rng.random() < 0.6)
    error = rng.choice(ERRORS) if failed else None
    bill = None if failed else receipt(name, usage)
    ident = f"{int(at_ms):012x}{hexes(rng, 20)}"
    ident = "-".join([ident[:8], ident[8:12], "7" + ident[13:16], "8" + ident[17:20], ident[20:]])
    operation = "embeddings" if embedding else "messages" if dialect == "anthropic" else "chat"
    endpoint = {"embeddings": "/v1/embeddings", "messages": "/v1/messages", "chat": "/v1/chat/completions"}[operation]
    record = dict(
        id=ident,
        started_at=stamp(at_ms),
        environment=rng.choices(["production", "staging", "dev"], [8, 2, 1])[0],
        operation=operation,
        dialect=dialect,
        endpoint=endpoint,
        provider=provider,
        model=name,
        upstream_model=name,
        response_model=name + "-2024-07-18",
        streamed=streamed,
        status="error" if failed else "cancelled" if cancelled else "ok",
        http_status=error[0] if error else 200,
        error_code=error[1] if error else None,
        error_message=error[2] if error else None,
        finish_reason=None if failed or cancelled else "stop",
        attempts=2 if rng.random() < 0.03 else 1,
        user=rng.choice(USERS) if user is ... else user,
        session=f"s-{rng.randrange(400):04d}" if rng.random() < 0.7 else None,
        feature=rng.choice(FEATURES),
        tags=rng.sample(TAGS, rng.choice([0, 0, 1, 2])),
        metadata=dict(release="2026.11.3", plan=rng.choice(["free", "team"])),
        key_id=rng.choice(["key_0001", "key_0002", "key_0003"]),
        trace_id=hexes(rng, 32),
        span_id=hexes(rng, 16),
        parent_span_id=hexes(rng, 16) if rng.random() < 0.4 else None,
        duration_ms=duration,
        time_to_first_token_ms=round(first, 3) if streamed and not failed else None,
        usage=usage,
        route="chat" if rng.random() < 0.6 else None,
        team=rng.choice([None, "research", "support"]),
        customer=rng.choice([None, None, "acme"]),
        cache=rng.choice([None, "miss", "hit"]),
        cost_nanodollars=bill["total_nanodollars"] if bill else None,
        input_preview=prompt[:200],
        output_preview="" if failed else answer[:200],
    )
    record.update(extra or {})
    timing = dict(
        admitted_ms=0.21,
        connected_ms=round(rng.uniform(0.4, 30), 3),
        first_byte_ms=round(first * 0.96, 3),
        first_token_ms=record["time_to_first_token_ms"],
        ended_ms=record["duration_ms"],
    )
    return record, dict(timing=timing, receipt=bill, truncated=False, prompt=prompt, answer=answer)


def bodies(record, detail):
    """The request and answer as that provider spells them."""
    prompt, answer, n = detail["prompt"], detail["answer"], int(record["span_id"][:4], 16)
    if "sent" in detail:
        reply = dict(role="assistant", content=answer)
        whole = dict(id="chatcmpl-1", object="chat.completion", choices=[dict(index=0, message=reply)])
        return detail["sent"], detail["sent"]["messages"], whole, [reply]
    if record["operation"] == "embeddings":
        body = dict(model=record["model"], input=[prompt])
        return body, [dict(role="user", content=prompt)], dict(object="list", data=[dict(embedding=[0.01, -0.2])]), []
    if record["dialect"] == "anthropic":
        messages = [dict(role="user", content=[dict(type="text", text=prompt)])]
        if n % 3 == 0:
            messages = [
                dict(role="user", content="What is the weather in Zürich?"),
                dict(
                    role="assistant",
                    content=[
                        dict(
                            type="thinking", thinking="The user wants weather; I should call the tool.", signature="x"
                        ),
                        dict(type="text", text="Let me look."),
                        dict(type="tool_use", id="toolu_01", name="get_weather", input=dict(city="Zürich", days=2)),
                    ],
                ),
                dict(
                    role="user",
                    content=[
                        dict(
                            type="tool_result",
                            tool_use_id="toolu_01",
                            content=[dict(type="text", text='{"temp_c": 7, "sky": "fog"}')],
                        )
                    ],
                ),
                dict(
                    role="user",
                    content=[
                        dict(type="image", source=dict(type="url", url="https://images.example/a.png")),
                        dict(type="text", text=prompt),
                    ],
                ),
            ]
        body = dict(model=record["model"], max_tokens=1024, system="You are a terse assistant.", messages=messages)
        reply = dict(role="assistant", content=[dict(type="text", text=answer)])
        return (
            body,
            [dict(role="system", content="You are a terse assistant.")] + messages,
            dict(id="msg_1", type="message", stop_reason="end_turn", **reply),
            [reply],
        )
    messages = [
        dict(role="system", content="You are a helpful assistant for a railway operator."),
        dict(role="user", content=prompt),
    ]
    if n % 3 == 0:
        messages[1:1] = [
            dict(role="user", content="Is the 09:12 to Basel on time?"),
            dict(
                role="assistant",
                content=None,
                tool_calls=[
                    dict(
                        id="call_9",
                        type="function",
                        function=dict(name="train_status", arguments='{"train":"IC 812","station":"Basel SBB"}'),
                    )
                ],
            ),
            dict(role="tool", tool_call_id="call_9", content='{"delay_minutes": 4, "platform": "7A/B"}'),
            dict(role="assistant", content="It runs four minutes late, from platform 7A/B."),
        ]
    if n % 5 == 0:
        messages[-1] = dict(
            role="user",
            content=[
                dict(type="text", text=prompt),
                dict(type="image_url", image_url=dict(url="data:image/png;base64," + "iVBORw0KGgo" * 40)),
            ],
        )
    body = dict(model=record["model"], messages=messages, temperature=0.2, stream=record["streamed"])
    reply = dict(role="assistant", content=answer)
    if record["usage"]["reasoning"]:
        reply["reasoning_content"] = "The user asks a plain question. Answer briefly and check the numbers."
    return (
        body,
        messages,
        dict(id="chatcmpl-1", object="chat.completion", choices=[dict(index=0, message=reply, finish_reason="stop")]),
        [reply],
    )


def detail_of(record):
    detail = STORE.full[record["id"]]
    body, messages, answer, replies = bodies(record, detail)
    failed = record["status"] == "error"
    error = dict(error=dict(code=record["error_code"], message=record["error_message"]))
    return dict(
        record,
        timing=detail["timing"],
        receipt=detail["receipt"],
        truncated=detail["truncated"],
        request=dict(messages=messages, body=body),
        response=dict(messages=[] if failed else replies, body=error if failed else answer),
    )


PAGES = {"requests", "keys", "models", "routes", "providers", "budgets", "cache", "what-if"}
FILTERS = {
    "route",
    "team",
    "customer",
    "cache",
    "environment",
    "user",
    "session",
    "feature",
    "tag",
    "model",
    "provider",
    "key",
    "operation",
    "status",
    "http_status",
    "error_code",
    "streamed",
    "trace",
    "min_cost_nanodollars",
    "min_duration_ms",
    "from",
    "to",
}
LISTING = FILTERS | {"limit", "cursor", "count", "order"}


def millis(text):
    if text.lstrip("-").isdigit():
        return int(text)
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000


def at_ms(record):
    return millis(record["started_at"])


def keep(record, q):
    same = dict(
        user="user",
        session="session",
        feature="feature",
        model="model",
        provider="provider",
        key="key_id",
        operation="operation",
        status="status",
        error_code="error_code",
        trace="trace_id",
        environment="environment",
        route="route",
        team="team",
        customer="customer",
        cache="cache",
    )
    for name, value in q.items():
        if name in same and record[same[name]] != value:
            return False
        if name == "tag" and value not in record["tags"]:
            return False
        if name == "http_status" and str(record["http_status"]) != value:
            return False
        if name == "streamed" and str(record["streamed"]).lower() != value:
            return False
        if name == "min_cost_nanodollars" and (record["cost_nanodollars"] or 0) < int(value):
            return False
        if name == "min_duration_ms" and record["duration_ms"] < float(value):
            return False
        if name == "from" and at_ms(record) < millis(value):
            return False
        if name == "to" and at_ms(record) >= millis(value):
            return False
    return True


def quantiles(values):
    if not values:
        return None
    values = sorted(values)
    return {f"p{p}": values[min(len(values) - 1, len(values) * p // 100)] for p in (50, 95, 99)}


def values(records):
    return dict(
        calls=len(records),
        errors=sum(r["status"] == "error" for r in records),
        cancelled=sum(r["status"] == "cancelled" for r in records),
        input_tokens=sum(r["usage"]["total_input"] for r in records),
        cached_tokens=sum(r["usage"]["cache_read"] for r in records),
        output_tokens=sum(r["usage"]["total_output"] for r in records),
        cost_nanodollars=sum(r["cost_nanodollars"] or 0 for r in records),
        unpriced=sum(r["cost_nanodollars"] is None for r in records),
        latency_ms=quantiles([r["duration_ms"] for r in records]),
        time_to_first_token_ms=quantiles([r["time_to_first_token_ms"] for r in records if r["time_to_first_token_ms"]]),
    )


def summary(q):
    now = time.time() * 1000
    end = millis(q["to"]) if "to" in q else now
    begin = millis(q["from"]) if "from" in q else end - 86_400_000
    span = end - begin
    interval = q.get("interval") or ("minute" if span <= 6 * 3.6e6 else "hour" if span <= 14 * 8.64e7 else "day")
    step = dict(minute=60_000, hour=3_600_000, day=86_400_000)[interval]
    by = q.get("group_by", "total")
    with STORE.lock:
        chosen = [
            r for r in STORE.requests if begin <= at_ms(r) < end and q.get("environment") in (None, r["environment"])
        ]
    groups = {}
    for r in chosen:
        names = dict(
            total=["total"],
            tag=r["tags"] or [""],
            error=[r["error_code"] or "ok"],
            key=[r["key_id"]],
        ).get(by) or ([r[by] or ""] if by in r else [])
        for name in names:
            groups.setdefault(name, []).append(r)
    if "value" in q:
        groups = {name: rows for name, rows in groups.items() if name == q["value"]}
    ordered = sorted(groups.items(), key=lambda g: -sum(r["cost_nanodollars"] or 0 for r in g[1]))
    out = []
    for name, rows in ordered[: int(q.get("limit", 20))]:
        buckets = {}
        for r in rows:
            buckets.setdefault(int(at_ms(r) // step * step), []).append(r)
        out.append(
            dict(
                value=name,
                totals=values(rows),
                points=[dict(at=stamp(b), **values(rs)) for b, rs in sorted(buckets.items())],
            )
        )
    return {
        "from": stamp(begin),
        "to": stamp(end),
        "interval": interval,
        "group_by": by,
        "totals": values(chosen),
        "groups": out,
    }


def models():
    data = []
    for name, provider, dialect, _, _, prices in MODELS:
        price = prices and dict(
            version=f"{provider}/{name}@2026-11-01",
            effective_from="2026-11-01",
            source="catalog",
            nanodollars_per_million={k: v for k, v in zip(("input", "cache_read", "output"), prices)},
            tiers=(
                [
                    dict(
                        above_input_tokens=200_000,
                        nanodollars_per_million=dict(input=prices[0] * 2, output=prices[2] * 3 // 2),
                    )
                ]
                if "sonnet" in name
                else []
            ),
        )
        data.append(
            dict(
                name=name,
                provider=provider,
                dialect=dialect,
                upstream_model=name,
                price=price,
                context_window=8191 if "embedding" in name else 200_000 if dialect == "anthropic" else 128_000,
                max_output_tokens=None if "embedding" in name else 16_384,
                capabilities=(
                    ["embeddings"] if "embedding" in name else ["chat", "tools", "vision", "json_schema", "streaming"]
                ),
                trains_on_inputs=None if provider == "local" else False,
                region="eu" if provider == "local" else "us",
            )
        )
    return dict(data=data)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    options = None

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", kind="application/json", headers=()):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def fail(self, status, code, message):
        self.answer(status, dict(error=dict(code=code, message=message, request_id=hexes(random, 12))))

    def key(self):
        bearer = self.headers.get("Authorization", "")
        return bearer[7:] if bearer.startswith("Bearer ") else self.headers.get("x-api-key", "")

    def do_GET(self):
        url = urlparse(self.path)
        q = {k: v[-1] for k, v in parse_qs(url.query).items()}
        if not url.path.startswith("/api/"):
            return self.file(url.path)
        time.sleep(self.options.slow / 1000)
        if not self.key() or self.key().startswith("wrong"):
            return self.fail(
                401, "invalid_key", "This key is not known. Check it, or make one with `signalbox keys create`."
            )
        if self.options.fail and "/status" not in url.path:
            return self.fail(500, "store_unavailable", "The store could not be read. Run `signalbox doctor`.")
        path = url.path.removeprefix("/api/v1")
        if self.gateway("GET", path, q, {}):
            return None
        if path == "/requests":
            return self.requests(q)
        if path == "/requests/live":
            return self.live(q)
        if path.startswith("/requests/"):
            found = next((r for r in STORE.requests if r["id"] == path.split("/")[2]), None)
            if not found:
                return self.fail(404, "not_found", "No request has this id. It may have passed its retention time.")
            return self.answer(200, detail_of(found))
        if path == "/summary":
            return self.answer(200, summary(q))
        if path == "/keys":
            return self.answer(200, dict(data=STORE.keys))
        if path == "/models":
            return self.answer(200, models())
        if path == "/status":
            return self.answer(
                200,
                dict(
                    version="0.1.0-dev",
                    started_at=stamp(time.time() * 1000 - 3.6e6),
                    uptime_s=3600,
                    environment="production",
                    store=dict(spans=len(STORE.requests), contents=len(STORE.requests), disk_bytes=48_300_032),
                    journal=dict(backlog_bytes=0, limit_bytes=268_435_456, segments=1),
                    open_requests=2,
                    providers=[
                        dict(name="openai", dialect="openai", base_url="https://api.openai.example/v1", healthy=True)
                    ],
                ),
            )
        return self.fail(404, "not_found", f"There is nothing at {url.path}.")

    def file(self, path):
        name = "index.html" if path == "/" else None
        if path.split("/")[1] in PAGES:
            name = "index.html"
        if path.startswith("/assets/app-"):
            name = "app.js" if path.endswith(".js") else "app.css"
        dist = self.options.dist or DIST
        if not name or not (dist / name).exists():
            return self.answer(404, b"not found\n", "text/plain")
        kind = {
            "html": "text/html; charset=utf-8",
            "js": "text/javascript; charset=utf-8",
            "css": "text/css; charset=utf-8",
        }[name.rsplit(".", 1)[1]]
        self.answer(
            200, (dist / name).read_bytes(), kind, (("Content-Security-Policy", CSP), ("Cache-Control", "no-store"))
        )

    def requests(self, q):
        unknown = set(q) - LISTING
        if unknown:
            return self.fail(
                400, "unknown_parameter", f"There is no parameter '{unknown.pop()}'. Did you mean 'model'?"
            )
        limit = int(q.get("limit", 50))
        with STORE.lock:
            rows = [r for r in reversed(STORE.requests) if keep(r, q)]
        total = len(rows)
        if "cursor" in q:
            rows = [r for r in rows if r["id"] < q["cursor"]]
        body = dict(data=rows[:limit], next_cursor=rows[limit - 1]["id"] if len(rows) > limit else None)
        if q.get("count") == "true":
            body["total"] = total
        self.answer(200, body)

    def live(self, q):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        mine = queue.Queue(1000)
        with STORE.lock:
            STORE.listeners.add(mine)
        try:
            self.wfile.write(b": open\n\n")
            while True:
                try:
                    record = mine.get(timeout=15)
                    if keep(record, q):
                        self.wfile.write(b"event: request\ndata: " + json.dumps(record).encode() + b"\n\n")
                except queue.Empty:
                    self.wfile.write(b": alive\n\n")
                self.wfile.flush()
        except OSError:
            pass
        finally:
            with STORE.lock:
                STORE.listeners.discard(mine)
            self.close_connection = True

    def do_POST(self):
        if self.path != "/v1/chat/completions":
            return self.change()
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        if self.path == "/v1/chat/completions":
            prompt = body["messages"][-1]["content"]
            said = prompt.removeprefix("echo: ")
            record, detail = make(
                random,
                time.time() * 1000,
                prompt,
                said,
                self.headers.get("x-signalbox-user", body.get("user")),
                bool(body.get("stream")),
                body.get("model"),
                dict(status="ok", http_status=200, session=self.headers.get("x-signalbox-session")),
            )
            # No tools or images: what was sent is what is shown.
            record["span_id"] = "0001" + record["span_id"][4:]
            detail["sent"] = body
            STORE.add(record, detail)
            return self.answer(
                200,
                dict(
                    id="chatcmpl-1",
                    object="chat.completion",
                    model=body.get("model"),
                    choices=[dict(index=0, message=dict(role="assistant", content=said), finish_reason="stop")],
                ),
                headers=(("x-signalbox-request-id", record["id"]),),
            )
        return self.fail(404, "not_found", f"There is nothing at {self.path}.")

    def gateway(self, method, path, q, body):
        """Answers what is the gateway's own; false for everything else."""
        try:
            found = GATEWAY.handle(method, path, q, body)
        except Fault as fault:
            self.fail(fault.status, fault.code, fault.message)
            return True
        if found is None:
            return False
        self.answer(found[0], b"" if found[1] is None else found[1])
        return True

    def change(self):
        url = urlparse(self.path)
        q = {k: v[-1] for k, v in parse_qs(url.query).items()}
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        time.sleep(self.options.slow / 1000)
        if not self.gateway(self.command, url.path.removeprefix("/api/v1"), q, body):
            self.fail(404, "not_found", f"There is nothing at {self.path}.")

    do_DELETE = do_PUT = do_PATCH = change


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--days", type=float, default=7)
    parser.add_argument("--live", type=float, default=0)
    parser.add_argument("--dist", type=pathlib.Path, default=os.environ.get("SIGNALBOX_WEB_DIST"), help="not web/dist")
    parser.add_argument("--slow", type=float, default=0)
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--fail", action="store_true")
    options = parser.parse_args()
    rng = random.Random(int.from_bytes(hashlib.sha256(b"signalbox").digest()[:4], "big"))
    now, span = time.time() * 1000, options.days * 86_400_000
    if not options.empty:
        # More calls lately than before, so that every time range has some.
        for at in sorted(now - span * rng.random() ** 2.5 for _ in range(options.count)):
            STORE.add(*make(rng, at))
        STORE.add(*make(rng, now, "Write a very long answer.", "All work and no play. " * 95_000, extra={}))
        GATEWAY.seed()
    if options.live:

        def feed():
            while True:
                time.sleep(options.live)
                STORE.add(*make(rng, time.time() * 1000))

        threading.Thread(target=feed, daemon=True).start()
    Handler.options = options
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    print(f"http://127.0.0.1:{server.server_port}/#key=sb_dev_key", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
