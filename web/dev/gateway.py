"""The pretend Signalbox's gateway: routes, providers, budgets, cache, why and what-if, with the API's shapes.

`Gateway.handle` answers (status, document), or nothing for a path that is not its own. The data is seeded; what people
change stays changed until the program ends. Standard library only; nothing here is part of the product.
"""

import copy
import datetime
import hashlib
import json
import random
import re
import time
from urllib.parse import unquote

HOUR, DAY = 3_600_000, 86_400_000
BIG = 9_007_199_254_740_993_000


def stamp(ms):
    when = datetime.datetime.fromtimestamp(ms / 1000, datetime.timezone.utc)
    return when.strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def now_ms():
    return time.time() * 1000


def hex_hash(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def rules(budgets=(), limits=()):
    return dict(budgets=list(budgets), limits=list(limits))


def budget(name, limit, window="month", mode="hard", unit="money", models=(), increase=None):
    return dict(id=name, unit=unit, limit=limit, window=window, mode=mode, models=list(models), increase=increase)


def limit(name, unit, most, period_ms=60_000, mode="hard"):
    return dict(id=name, unit=unit, limit=most, period_ms=period_ms, mode=mode, models=[])


def complete(body):
    """What people sent, with the rules' members that they left out."""
    for name in ("rules", "customer_rules"):
        given = body.get(name) or {}
        if name in body:
            budgets = [dict(dict(unit="money", mode="hard", models=[]), **rule) for rule in given.get("budgets", [])]
            limits = [dict(dict(period_ms=60_000, mode="hard", models=[]), **rule) for rule in given.get("limits", [])]
            body = dict(body, **{name: rules(budgets, limits)})
    return body


def key_extras():
    return dict(
        scopes=[],
        team=None,
        user=None,
        blocked=False,
        model_aliases={},
        rules=rules(),
        customer_rules=rules(),
        takes_user_as_customer=False,
        parameter_policy=None,
        tags=[],
        metadata={},
        retired_secrets=[],
    )


def subject(ident, name, **more):
    made = dict(
        id=ident,
        name=name,
        created_at=stamp(now_ms() - 40 * DAY),
        blocked=False,
        allowed_models=[],
        rules=rules(),
        customer_rules=rules(),
        metadata={},
    )
    return dict(made, **more)


STRATEGIES = [
    "single",
    "fallback",
    "weighted",
    "least_latency",
    "cheapest",
    "least_busy",
    "highest_throughput",
    "conditional",
]
MEMBERS = (
    "name aliases strategy targets on_status falls_over cases default retry timeouts hedge stickiness on_stream_break "
    "context_window_fallback content_policy_fallback cache priority coalesce parameters require"
).split()


class Fault(Exception):
    """A failed call: status, code, message."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def invalid(place, message):
    raise Fault(422, "invalid_route", f"{place}: {message}" if place else message)


def check_node(node, place, providers):
    at = lambda name: f"{place}.{name}" if place else name  # noqa: E731
    if "targets" in node:
        strategy = node.get("strategy", "fallback")
        if strategy not in STRATEGIES:
            invalid(at("strategy"), f'There is no strategy "{strategy}". Known: {", ".join(STRATEGIES)}.')
        if not node["targets"]:
            invalid(at("targets"), "Name at least one target.")
        for index, one in enumerate(node["targets"]):
            check_node(one, at(f"targets[{index}]"), providers)
    elif "route" in node:
        if not node["route"]:
            invalid(at("route"), "The name is empty. Write one, or leave the member out.")
    else:
        if not node.get("provider"):
            invalid(at("provider"), "The name is empty. Write one, or leave the member out.")
        if node["provider"] not in providers:
            invalid(at("provider"), f'There is no provider "{node["provider"]}". Known: {", ".join(providers)}.')
    weight = node.get("weight", 1)
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or weight < 0:
        invalid(at("weight"), "A number from 0.0 to 1000000000.0 is expected here.")


def check(definition, providers):
    for name in definition:
        if name not in MEMBERS:
            invalid(name, f"This member is not known. Known here: {', '.join(MEMBERS)}.")
    if "targets" not in definition:
        invalid("targets", 'Name at least one target, such as {"provider": "openai"}.')
    check_node(definition, "", providers)
    for name, value in definition.get("timeouts", {}).items():
        if not re.fullmatch(r"\d+(ns|us|ms|s|m|h)", str(value)):
            invalid(f"timeouts.{name}", 'A duration is expected here: a whole number and its unit, such as "500ms".')


def leaves(node, routes, depth=0):
    """The targets of a definition, links followed."""
    if "targets" in node:
        return [leaf for one in node["targets"] for leaf in leaves(one, routes, depth)]
    if "route" in node:
        linked = routes.get(node["route"])
        if linked and depth < 6:
            return leaves(linked["definition"], routes, depth + 1)
        return [dict(provider="openai", model=node["route"])]
    return [node]


class Gateway:
    def __init__(self, store, models):
        self.store, self.models = store, models
        self.rng = random.Random(7)
        self.providers = ["openai", "azure", "anthropic", "local"]
        self.routes, self.versions = {}, {}
        self.purged = set()
        self.subjects = dict(
            teams=[
                subject("research", "Research", rules=rules([budget("monthly", 800_000_000_000)])),
                subject(
                    "support",
                    "Support desk",
                    rules=rules([budget("weekly", 60_000_000_000, "week", "soft")], [limit("rate", "requests", 600)]),
                    allowed_models=["gpt-4o*", "claude-haiku-4-5"],
                ),
            ],
            users=[
                subject("ana", "Ana Kovač", team="research"),
                subject("bo", "Bo", team="support", rules=rules([budget("daily", 5_000_000_000, "day")])),
                subject("chen", "Chen Wei", team=None, blocked=True),
            ],
            customers=[
                subject("acme", "ACME GmbH", rules=rules([budget("monthly", 50_000_000_000)])),
                subject("globex", "Globex <b>Corp</b>"),
            ],
            projects=[
                subject(
                    "default",
                    "Default",
                    organisation="default",
                    rules=rules(
                        [budget("monthly", BIG, mode="soft"), budget("tokens", 40_000_000, "month", "shadow", "tokens")]
                    ),
                    customer_rules=rules([budget("each", 20_000_000_000)]),
                )
            ],
            organisations=[subject("default", "Default", rules=rules([], [limit("parallel", "parallel", 400)]))],
        )
        for key in store.keys:
            for name, value in key_extras().items():
                key.setdefault(name, value)
        keys = {key["id"]: key for key in store.keys}
        keys["key_0002"].update(
            team="support",
            rules=rules(
                [budget("monthly", 120_000_000_000), budget("daily", 6_000_000_000, "day")],
                [limit("rate", "requests", 300), limit("tokens", "tokens", 200_000)],
            ),
            tags=["checkout"],
        )
        keys["key_0003"].update(
            user="ana", rules=rules([budget("monthly", 9_000_000_000, mode="soft", models=["gpt-4o*"])])
        )

    def seed(self):
        two = [dict(provider="openai", model="gpt-4o"), dict(provider="azure", model="gpt-4o")]
        self.store_route(
            "chat",
            dict(
                strategy="weighted",
                targets=[dict(two[0], weight=3), dict(two[1], weight=1), dict(route="claude", order=1)],
                retry=1,
                stickiness=dict(by="session"),
            ),
            "Begin with two providers",
            at=now_ms() - 20 * DAY,
        )
        self.store_route(
            "chat",
            dict(
                aliases=["gpt-best"],
                strategy="fallback",
                targets=[
                    dict(strategy="weighted", targets=[dict(two[0], weight=3), dict(two[1], weight=1)]),
                    dict(
                        provider="anthropic",
                        model="claude-sonnet-4-5",
                        when={"metadata.plan": "pro", "input_tokens": {"lt": 150000}},
                    ),
                    dict(route="cheap"),
                ],
                retry=dict(attempts=1, on=["connect", "rate_limited", "server_error"]),
                timeouts=dict(first_token="8s", total="2m"),
                stickiness=dict(by="session", ttl="1h"),
                hedge=dict(after="4s"),
                on_stream_break="continue",
                cache=dict(mode="semantic", ttl="24h", threshold=0.93),
            ),
            "Anthropic takes over for pro plans; answers cached",
            at=now_ms() - 3 * DAY,
        )
        self.store_route(
            "cheap",
            dict(
                strategy="cheapest",
                targets=[
                    dict(provider="openai", model="gpt-4o-mini"),
                    dict(provider="anthropic", model="claude-haiku-4-5"),
                    dict(provider="local", model="llama-3.3-70b"),
                ],
                cache="exact",
            ),
            "",
            at=now_ms() - 9 * DAY,
        )
        self.routes["embed"] = dict(
            source="file",
            version=None,
            definition=dict(name="embed", targets=[dict(provider="openai", model="text-embedding-3-small")]),
        )

    # -- routes

    def store_route(self, name, definition, message, at=None, author="key_0001"):
        definition = dict(dict(name=name), **definition)
        check(definition, self.providers)
        versions = self.versions.setdefault(name, [])
        digest = hex_hash(definition)
        if not versions or versions[-1]["hash"] != digest:
            versions.append(
                dict(
                    version=len(versions) + 1,
                    hash=digest,
                    parent=versions[-1]["version"] if versions else None,
                    author=author,
                    message=message,
                    created_at=stamp(at or now_ms()),
                    definition=definition,
                )
            )
        self.routes[name] = dict(source="stored", version=versions[-1]["version"], definition=definition)

    def listing(self, name):
        route = self.routes.get(name)
        if not route:
            raise Fault(404, "not_found", f'There is no route "{name}". See GET /api/v1/routes.')
        definition = route["definition"]
        return dict(
            name=name,
            aliases=definition.get("aliases", []),
            source=route["source"],
            version=route["version"],
            overrides_file=False,
            problem=None,
            definition=definition,
            targets=self.targets(definition),
        )

    def targets(self, definition):
        found = []
        for leaf in leaves(definition, self.routes):
            model = leaf.get("model") or definition.get("name", "")
            label = leaf.get("name") or f"{leaf['provider']}/{model}"
            found.append(
                dict(label=label, provider=leaf["provider"], model=model, health=self.health(leaf["provider"], model))
            )
        return found

    def health(self, provider, model):
        rng = random.Random(f"{provider}/{model}")
        base = dict(
            breaker="closed",
            in_flight=random.randrange(5),
            requests=rng.randrange(40, 900) + int(time.time()) % 60,
            error_rate=rng.choice([0.0, 0.002, 0.011]),
            p50_ms=round(rng.uniform(180, 700) + 20 * random.random(), 1),
            p95_ms=round(rng.uniform(900, 2600), 1),
            tokens_per_second=round(rng.uniform(28, 110), 1),
            cooling_until=None,
            last_error=None,
            last_error_at=None,
        )
        if provider == "azure":
            base.update(
                breaker="open",
                error_rate=0.61,
                requests=41,
                in_flight=0,
                last_error="server_error",
                cooling_until=stamp(now_ms() + 11_000 - now_ms() % 10_000),
                last_error_at=stamp(now_ms() - 4_000),
            )
        if model == "claude-haiku-4-5":
            base.update(
                cooling_until=stamp(now_ms() + 2_000),
                last_error="rate_limited",
                error_rate=0.0,
                last_error_at=stamp(now_ms() - 1_000),
            )
        if provider == "local":
            base.update(requests=0, error_rate=None, p50_ms=None, p95_ms=None, tokens_per_second=None, in_flight=0)
        return base

    def decide(self, definition, request, metadata, seed=None):
        """A rough router: enough to show every kind of verdict."""
        words = sum(len(str(m.get("content", ""))) for m in request.get("messages", [])) // 4 + 8
        considered, order = [], []
        for index, leaf in enumerate(leaves(definition, self.routes)):
            model = leaf.get("model") or definition.get("name", "")
            one = dict(
                target=index,
                name=leaf.get("name") or f"{leaf['provider']}/{model}",
                verdict="fallback",
                order=None,
                after=None,
                reason=None,
                detail=None,
                score=f"weight {leaf['weight']}" if "weight" in leaf else None,
            )
            plan = (leaf.get("when") or {}).get("metadata.plan")
            if plan and metadata.get("plan") != plan:
                one.update(verdict="ruled_out", reason="condition", detail="its condition does not hold", score=None)
            elif self.health(leaf["provider"], model)["breaker"] == "open":
                one.update(
                    verdict="ruled_out",
                    reason="breaker_open",
                    detail="its breaker is open for another 4210 ms",
                    score=None,
                )
            elif words > 8_000 and leaf["provider"] == "local":
                one.update(
                    verdict="ruled_out",
                    reason="context_window",
                    detail=f"its context window is 8192 tokens, the call needs {words + 500}",
                )
            else:
                order.append(index)
                one.update(verdict="chosen" if len(order) == 1 else "fallback", order=len(order) - 1)
            considered.append(one)
        return words, dict(
            strategy=definition.get("strategy", "fallback"),
            breaker_bypassed=False,
            window_bypassed=False,
            attempts=order,
            considered=considered,
        )

    def dry_run(self, body):
        definition = body.get("definition")
        request = body.get("request", {})
        name = body.get("route") or request.get("model", "")
        if definition is not None:
            check(definition, self.providers)
            name = definition.get("name", name)
        else:
            definition = self.listing(name)["definition"]
        words, routing = self.decide(definition, request, body.get("metadata", {}))
        first = [c["name"] for c in routing["considered"] if c["verdict"] == "chosen"]
        out = [c for c in routing["considered"] if c["verdict"] == "ruled_out"]
        summary = [f"{first[0]} is tried first." if first else "No target may take the call."]
        summary += [f"{c['name']} is not tried: {c['detail']}." for c in out]
        return dict(
            route=name,
            model=request.get("model", name),
            input_tokens=words,
            needs=["tools"] if request.get("tools") else [],
            summary=summary,
            routing=routing,
            targets=self.targets(definition),
            notes=[],
        )

    # -- budgets

    def owners(self):
        for key in self.store.keys:
            yield "key", key
        for path, kind in SUBJECT_KINDS.items():
            for one in self.subjects[path]:
                yield kind, one

    def window(self, name):
        day = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
        start = {
            "day": day,
            "week": day - datetime.timedelta(days=day.weekday()),
            "month": day.replace(day=1),
            "hour": datetime.datetime.now(datetime.timezone.utc).replace(minute=0, second=0, microsecond=0),
        }.get(name, day - datetime.timedelta(days=12))
        days = {"day": 1, "week": 7, "month": 30, "hour": 1 / 24}.get(name, 30)
        return start.timestamp() * 1000, start.timestamp() * 1000 + days * DAY

    def states(self, q):
        found = []
        for kind, one in self.owners():
            who = dict(kind=kind, id=one["id"])
            for rule in one["rules"]["budgets"]:
                start, end = self.window(rule["window"])
                share = random.Random(one["id"] + rule["id"]).choice([0.22, 0.48, 0.71, 0.86, 1.0])
                used = int(rule["limit"] * share) if rule["limit"] < BIG else BIG // 3 + 1
                held = 0 if share >= 1 else min(rule["limit"] - used, int(rule["limit"] * 0.03))
                found.append(self.state(who, rule, used, held, stamp(start), stamp(end), None))
            for rule in one["rules"]["limits"]:
                period = None if rule["unit"] == "parallel" else rule.get("period_ms", 60_000)
                used = int(rule["limit"] * random.Random(one["id"] + rule["id"]).uniform(0.05, 0.6))
                found.append(self.state(who, rule, used, 0, None, None, period))
        return [
            s
            for s in found
            if q.get("kind") in (None, s["subject"]["kind"]) and q.get("id") in (None, s["subject"]["id"])
        ]

    @staticmethod
    def state(who, rule, used, held, start, end, period):
        return dict(
            subject=who,
            rule=rule["id"],
            unit=rule["unit"],
            mode=rule["mode"],
            models=rule["models"],
            limit=rule["limit"],
            used=used,
            reserved=held,
            remaining=max(0, rule["limit"] - used - held),
            window_start=start,
            window_end=end,
            period_ms=period,
            resets_at=end or stamp(now_ms() + (period or 0)),
        )

    def history(self, q):
        found = []
        for kind, one in self.owners():
            for rule in one["rules"]["budgets"]:
                if (q.get("kind"), q.get("id"), q.get("rule")) != (kind, one["id"], rule["id"]):
                    continue
                start, end = self.window(rule["window"])
                rng = random.Random(one["id"])
                windows = [
                    dict(
                        start=stamp(start - (end - start) * n),
                        end=stamp(end - (end - start) * n),
                        used=int(rule["limit"] * rng.uniform(0.3, 1.1)),
                    )
                    for n in range(11, -1, -1)
                ]
                who = dict(kind=kind, id=one["id"])
                found.append(
                    dict(
                        subject=who,
                        rule=rule["id"],
                        unit=rule["unit"],
                        mode=rule["mode"],
                        limit=rule["limit"],
                        window=rule["window"],
                        windows=windows,
                    )
                )
        return found

    # -- cache, why, what if

    def cache(self):
        meter = dict(
            threshold=0.9612,
            configured=0.93,
            target=0.02,
            sample=0.02,
            judged=148,
            false_hit_rate=0.0135,
            false_hit_rate_low=0.0037,
            false_hit_rate_high=0.0479,
            undecided=3,
            judged_in_all=431,
            false_in_all=14,
            history=[
                dict(
                    at=stamp(now_ms() - 50 * HOUR),
                    **{"from": 0.93},
                    to=0.9475,
                    reason="4 of 38 judged hits were false, more than 2.0 %",
                ),
                dict(
                    at=stamp(now_ms() - 30 * HOUR),
                    **{"from": 0.9475},
                    to=0.9612,
                    reason="3 of 41 judged hits were false, more than 2.0 %",
                ),
            ],
        )
        meter["false"] = 2
        all_routes = [
            self.cached("chat", 812, 1_940, 12, 2_411, 48_211_930_000, meter),
            self.cached("cheap", 5_120, 0, 77, 9_870, 1_912_400_123, None),
            self.cached("embed", 0, 0, 0, 0, 0, None),
        ]
        kept = [r for r in all_routes if r["route"] in self.routes]
        return dict(
            entries=sum(r["entries"] for r in kept),
            bytes=sum(r["bytes"] for r in kept),
            limit_bytes=268_435_456,
            saved=sum(r["saved"] for r in kept),
            routes=kept,
        )

    def cached(self, name, hits, semantic, shared, misses, saved, meter):
        served = hits + semantic + shared
        entries = 0 if name in self.purged or "" in self.purged else misses * 7 // 10
        return dict(
            route=name,
            entries=entries,
            bytes=entries * 3_870,
            hits=hits,
            semantic_hits=semantic,
            coalesced=shared,
            misses=misses,
            refreshes=misses // 90,
            bypassed=misses // 60,
            stored=misses,
            evicted=misses // 12,
            expired=misses // 6,
            saved=saved,
            hit_rate=served / (served + misses) if served + misses else None,
            semantic=meter,
        )

    def why(self, record, detail):
        name = record["model"]
        other = next((m for m in self.models if m[0] != name and m[2] == record["dialect"]), self.models[0])
        answered = f"{record['provider']}/{name}"
        retried = record["attempts"] > 1
        failed = [
            dict(
                target=f"azure/{name}",
                started_us=310,
                ended_us=int(record["duration_ms"] * 280),
                error="server_error",
                message="The server had an error while processing your request. <b>Sorry</b>",
                hedge=False,
            )
        ]
        nothing = dict(order=None, after=None, reason=None, detail=None, score=None)
        open_breaker = dict(reason="breaker_open", detail="its breaker is open for another 3120 ms")
        considered = [
            dict(nothing, target=0, name=answered, verdict="chosen", order=0, score="weight 3.0"),
            dict(nothing, target=1, name=f"azure/{name}", verdict="ruled_out", **open_breaker),
            dict(nothing, target=2, name=f"{other[1]}/{other[0]}", verdict="fallback", order=1, score="weight 1.0"),
            dict(nothing, target=3, name="local/llama-3.3-70b", verdict="reserve", after="context_window"),
        ]
        if retried:
            considered[1].update(verdict="chosen", order=0, reason=None, detail=None)
            considered[0].update(verdict="fallback", order=1)
            considered[2].update(order=2)
        cost = record["cost_nanodollars"] or 0
        summary = [
            f'The key "bootstrap" ({record["key_id"]}) asked for "{name}", which leads to the route "chat".',
            "The cache held no answer to this request.",
            f"By weight, {considered[1 if retried else 0]['name']} came first of 4 targets.",
        ]
        if retried:
            summary.append(f"Attempt 1, to azure/{name}, failed with server_error.")
        summary.append(f"{answered} answered, {record['duration_ms']:.0f} ms after the call began.")
        if record["dialect"] == "anthropic":
            summary.append("The parameter logit_bias was dropped: the target has no such parameter.")
        return dict(
            id=record["id"],
            summary=summary,
            model=name,
            route="chat",
            key=dict(id=record["key_id"], name="bootstrap"),
            provider=record["provider"],
            upstream_model=name,
            status=record["status"],
            routing=dict(
                strategy="weighted",
                breaker_bypassed=False,
                window_bypassed=False,
                attempts=[1, 0, 2] if retried else [0, 2],
                considered=considered,
            ),
            attempts=failed if retried else [],
            answered_by=answered if record["status"] != "error" else None,
            continued=False,
            cache=dict(verdict="miss", source=None, saved_nanodollars=None),
            parameter_changes=(
                [dict(name="logit_bias", action="dropped", detail="the target has no such parameter")]
                if record["dialect"] == "anthropic"
                else []
            ),
            notices=[],
            budgets=[
                dict(
                    subject=dict(kind="key", id="key_0002"),
                    rule="monthly",
                    unit="money",
                    mode="hard",
                    window_start=stamp(self.window("month")[0]),
                    before=85_200_000_000,
                    amount=cost,
                    after=85_200_000_000 + cost,
                    limit=120_000_000_000,
                ),
                dict(
                    subject=dict(kind="project", id="default"),
                    rule="monthly",
                    unit="money",
                    mode="soft",
                    window_start=stamp(self.window("month")[0]),
                    before=BIG // 3 + 1,
                    amount=cost,
                    after=BIG // 3 + 1 + cost,
                    limit=BIG,
                ),
            ],
            receipt=detail["receipt"],
            timing=detail["timing"],
        )

    def what_if(self, body):
        changes = body.get("changes", {})
        for name, definition in changes.get("routes", {}).items():
            try:
                check(dict(definition, name=name), self.providers)
            except Fault as fault:
                raise Fault(422, "invalid_changes", f"changes.routes.{name}.{fault.message}") from None
        rng = random.Random(json.dumps(body, sort_keys=True))
        with self.store.lock:
            records = [r for r in self.store.requests if body["from"] <= r["started_at"] < body["to"]]
        names = list(changes.get("routes", {})) or ["chat", "cheap"]
        figures = [self.figures(name, records[index :: len(names)], rng) for index, name in enumerate(names)]
        return dict(
            calls=len(records),
            recorded=len(records),
            seed=1,
            total=self.figures(None, records, rng),
            routes=figures,
            targets=[
                dict(
                    target=f"{m[1]}/{m[0]}",
                    baseline_calls=40 * m[3],
                    changed_calls=max(0, 40 * m[3] + rng.randrange(-400, 400)),
                )
                for m in self.models
            ],
            assumptions=[
                "Every target is taken as healthy.",
                "Another model is taken to write as many tokens as were recorded.",
                "Latency and errors of a target are drawn from its own calls in the window.",
            ],
            coverage=["Latency of local/llama-3.3-70b is not known: it has no call in the window."],
        )

    @staticmethod
    def figures(name, records, rng):
        cost = sum(r["cost_nanodollars"] or 0 for r in records)
        share = rng.uniform(-0.45, 0.08)
        times = sorted(r["duration_ms"] for r in records) or [0]
        p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
        errors = sum(r["status"] == "error" for r in records) / max(1, len(records))

        def delta(value, spread):
            return dict(value=value, lower=value - spread, upper=value + spread, calls=len(records))

        return dict(
            route=name,
            calls=len(records),
            moved=len(records) // 3,
            refused=len(records) // 400,
            cache_hits=len(records) // 7,
            timed=len(records) * 9 // 10,
            baseline=dict(cost_nanodollars=cost, unpriced=0, p50_ms=p50, p95_ms=p95, error_rate=errors),
            changed=dict(
                cost_nanodollars=int(cost * (1 + share)),
                unpriced=2,
                p50_ms=p50 * 0.8,
                p95_ms=p95 * 1.02,
                error_rate=errors * 0.9,
            ),
            delta=dict(
                cost_nanodollars=delta(cost * share, abs(cost * share) * 0.2),
                p50_ms=delta(-p50 * 0.2, p50 * 0.04),
                p95_ms=delta(p95 * 0.02, p95 * 0.05),
                error_rate=delta(-errors * 0.1, 0.004) if name != "cheap" else None,
            ),
        )

    # -- the API

    def handle(self, method, path, q, body):
        parts = [unquote(part) for part in path.strip("/").split("/")]
        if parts[0] == "keys" and (len(parts) > 1 or method == "POST"):
            return self.keys(method, parts, body)
        if parts[0] in self.subjects:
            return self.subject_call(method, parts, body)
        if parts[0] == "routes":
            return self.route_call(method, parts, body)
        if path == "/budgets":
            return 200, dict(data=self.states(q), next_cursor=None)
        if path == "/budgets/history":
            return 200, dict(data=self.history(q), next_cursor=None)
        if path == "/providers":
            return 200, dict(data=[self.provider(name) for name in self.providers], next_cursor=None)
        if path == "/cache" and method == "GET":
            return 200, self.cache()
        if path == "/cache" and method == "DELETE":
            before = self.cache()["entries"]
            self.purged.add(q.get("route", ""))
            return 200, dict(purged=before - self.cache()["entries"])
        if path == "/what-if":
            return 200, self.what_if(body)
        if parts[0] == "requests" and parts[-1] == "why":
            found = next((r for r in self.store.requests if r["id"] == parts[1]), None)
            if not found:
                raise Fault(404, "not_found", "There is no request with this id in the project.")
            return 200, self.why(found, self.store.full[found["id"]])
        return None

    def provider(self, name):
        hosts = dict(openai="api.openai.example", azure="north.azure.example", anthropic="api.anthropic.example")
        models = sorted({m[0] for m in self.models if m[1] == name} | ({"gpt-4o"} if name == "azure" else set()))
        return dict(
            name=name,
            preset="azure" if name == "azure" else None,
            dialect="anthropic" if name == "anthropic" else "openai",
            host=hosts.get(name, "10.0.0.7:8000"),
            formats=["anthropic"] if name == "anthropic" else ["openai_responses", "openai_chat"],
            targets=[dict(self.health(name, model), model=model) for model in models],
        )

    def route_call(self, method, parts, body):
        if parts == ["routes"]:
            return 200, dict(data=[self.listing(name) for name in sorted(self.routes)], next_cursor=None)
        if parts == ["routes", "dry-run"]:
            return 200, self.dry_run(body)
        name = parts[1]
        if len(parts) == 3 and parts[2] == "versions":
            active = self.listing(name)["version"]
            versions = [dict(v, active=v["version"] == active) for v in reversed(self.versions.get(name, []))]
            return 200, dict(data=versions, next_cursor=None)
        if method == "GET":
            return 200, self.listing(name)
        current = self.routes.get(name, {}).get("version")
        if "expected_version" in body and body["expected_version"] != current:
            what = f"version {current} is in force" if current else "it is not stored"
            raise Fault(
                409,
                "version_conflict",
                f"Somebody else changed the route: {what}. Read it again, and send that `expected_version`.",
            )
        if method == "PUT":
            self.store_route(name, body["definition"], body.get("message", ""))
        elif method == "DELETE":
            self.routes.pop(name)
            return 204, None
        else:
            old = self.versions[name][body["version"] - 1]
            self.routes[name] = dict(source="stored", version=old["version"], definition=old["definition"])
        return 200, self.listing(name)

    def keys(self, method, parts, body):
        body = complete(body)
        if method == "POST" and len(parts) == 1:
            made = dict(
                key_extras(),
                id=f"key_{len(self.store.keys) + 1:04d}",
                name=body["name"],
                hint="sb_…" + "%04x" % self.rng.randrange(65_536),
                project="default",
                environment=body.get("environment", "production"),
                role=body.get("role", "member"),
                created_at=stamp(now_ms()),
                expires_at=body.get("expires_at"),
                revoked_at=None,
                allowed_models=body.get("allowed_models", []),
            )
            made.update({k: v for k, v in body.items() if k in made and v is not None})
            self.store.keys.insert(0, made)
            return 201, dict(made, secret="sb_live_%040x" % self.rng.getrandbits(160))
        key = next((key for key in self.store.keys if key["id"] == parts[1]), None)
        if key is None:
            raise Fault(404, "not_found", "There is no key of this id.")
        if method == "DELETE":
            key["revoked_at"] = stamp(now_ms())
            return 204, None
        if parts[-1] in ("block", "unblock"):
            key["blocked"] = parts[-1] == "block"
            return 200, key
        if parts[-1] == "rotate":
            old = dict(hint=key["hint"], valid_until=stamp(now_ms() + 1000 * body.get("grace_seconds", 86_400)))
            key["retired_secrets"] = [old]
            key["hint"] = "sb_…" + "%04x" % self.rng.randrange(65_536)
            return 200, dict(key, secret="sb_live_%040x" % self.rng.getrandbits(160))
        if "name" in body and not body["name"]:
            raise Fault(400, "invalid_field", "`name` must be a text of 1 to 100 characters.")
        key.update(body)
        return 200, key

    def subject_call(self, method, parts, body):
        body = complete(body)
        all_of_them = self.subjects[parts[0]]
        if len(parts) == 1 and method == "GET":
            return 200, dict(data=copy.deepcopy(all_of_them), next_cursor=None)
        if method == "POST":
            ident = body.get("id") or "%08x" % self.rng.getrandbits(32)
            made = subject(ident, body.get("name") or ident)
            if any(one["id"] == made["id"] for one in all_of_them):
                raise Fault(409, "exists", f"There is one with the id {made['id']} already. Choose another.")
            made.update({k: v for k, v in body.items() if k != "id"})
            all_of_them.append(made)
            return 201, made
        found = next((one for one in all_of_them if one["id"] == parts[1]), None)
        if found is None:
            raise Fault(404, "not_found", "There is none of this id.")
        if method == "DELETE":
            all_of_them.remove(found)
            return 204, None
        found.update(body)
        return 200, found


SUBJECT_KINDS = dict(teams="team", users="user", customers="customer", projects="project", organisations="organisation")
