"""The fault table: each fault that the simulator knows x each feature of a route, and what must come of it.

docs/faults.md shows the same table for people.
"""
import dataclasses
import itertools
import json

# What a fault does to an answer, for streams and for whole answers:
#   whole     the answer is right, however strangely it comes
#   status    the provider's own error
#   early     nothing usable came before it failed
#   midway    it failed after content had come
#   told-early, told   the provider reported an error inside its stream, before content or after
#   garbled   nothing of it can be read
#   garbled-event      one event in the middle can't be read
#   endless   it never ends


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str
    directive: str
    stream: str = "whole"
    answer: str = "whole"
    status: int = 200
    # Our code where the failure is ours to tell.
    code: str = ""
    # The ending of the provider's name where the fault is one of its address.
    provider: str = ""
    # A failure that is worth another try at the same target.
    retries: bool = True
    # A failure that another target may be asked after.
    falls_over: bool = True

    def kind(self, streams):
        return self.stream if streams else self.answer


def failing(name, directive, code, **more):
    return Fault(name, directive, code=code, status=504 if code.endswith("timeout") else 502, **more)


def refusing(status, more="", **rules):
    return Fault(f"status-{status}{'-' + more.split('=')[0] if more else ''}",
                 f"status={status}" + (f"; {more}" if more else ""), "status", "status", status, **rules)


FAULTS = [
    Fault("none", ""),
    Fault("first-byte-delay", "first-byte-delay=60ms"),
    Fault("first-event-delay", "first-event-delay=60ms"),
    Fault("chunk-delay", "chunk-delay=4ms"),
    Fault("split", "split=1"),
    Fault("crlf", "crlf"),
    Fault("cr", "cr"),
    Fault("comments", "comments"),
    Fault("big", "big=100k"),
    Fault("no-done", "no-done"),
    Fault("no-usage", "no-usage"),
    Fault("slow-read", "", provider="-slow"),
    Fault("token-counts", "cached-tokens=3; reasoning-tokens=5"),
    Fault("close-after-response", "close-after-response"),
    refusing(400, retries=False, falls_over=False),
    refusing(401, retries=False),
    refusing(403, retries=False),
    refusing(404, retries=False),
    refusing(422, retries=False, falls_over=False),
    refusing(429),
    # Longer than anybody waits where another target is left, and than this route waits at all.
    refusing(429, "retry-after=60s", retries=False),
    refusing(500),
    refusing(503),
    refusing(529),
    failing("reset", "reset", "upstream_reset", stream="early", answer="early"),
    failing("reset-after-first-byte", "reset=after-first-byte", "upstream_reset", stream="early", answer="midway"),
    failing("reset-halfway", "reset=halfway", "upstream_reset", stream="midway", answer="midway"),
    failing("truncate-after-first-byte", "truncate=after-first-byte", "upstream_reset", stream="early",
            answer="midway"),
    failing("truncate-halfway", "truncate", "upstream_reset", stream="midway", answer="midway"),
    failing("hang", "hang", "upstream_first_byte_timeout", stream="early", answer="early"),
    failing("hang-after-first-byte", "hang=after-first-byte", "upstream_idle_timeout", stream="early", answer="midway"),
    failing("hang-halfway", "hang=halfway", "upstream_idle_timeout", stream="midway", answer="midway"),
    failing("error-event-first", "error-event=before-first-byte", "upstream_error", stream="told-early"),
    failing("error-event-halfway", "error-event", "upstream_error", stream="told"),
    failing("endless", "endless; chunk-delay=20ms", "upstream_total_timeout", stream="endless"),
    Fault("malformed-event", "malformed-event=6", "garbled-event", code="upstream_malformed"),
    Fault("malformed-json", "malformed-json", "garbled", "garbled", 502, "upstream_malformed", retries=False),
]


@dataclasses.dataclass(frozen=True)
class Feature:
    """A kind of route, or of caller."""
    name: str
    # The route's members beside its name and targets.
    rules: str = ""
    # The faulty target's provider, and the healthy one's behind it.
    first: str = "first"
    second: str = ""
    # The dialect that the caller speaks.
    caller: str = "openai"
    headers: tuple = ()

    @property
    def translates(self):
        """True where the stream is read and written anew."""
        spoken = {"first": "openai", "first-claude": "anthropic", "first-gemini": "gemini"}[self.first]
        return spoken != self.caller


FEATURES = [
    Feature("plain"),
    Feature("single"),
    Feature("fallback", second="second"),
    Feature("retry", "retry: {attempts: 1, backoff: 20ms, jitter: 0}"),
    Feature("hedge", "hedge: {after: 250ms}", second="second"),
    Feature("sticky", "strategy: weighted, stickiness: session", second="second"),
    Feature("continue", "on_stream_break: continue", second="second"),
    Feature("cached", "cache: exact", second="second"),
    Feature("cache-off", "cache: exact", headers=(("x-signalbox-cache", "off"),)),
    Feature("anthropic-to-openai", caller="anthropic"),
    Feature("anthropic-to-openai-fallback", caller="anthropic", second="second-claude"),
    Feature("openai-to-anthropic", first="first-claude"),
    Feature("openai-to-anthropic-fallback", first="first-claude", second="second"),
    Feature("openai-to-gemini", first="first-gemini"),
    Feature("gemini-to-openai", caller="gemini"),
    Feature("gemini-to-openai-fallback", caller="gemini", second="second-claude"),
]


@dataclasses.dataclass(frozen=True)
class Case:
    fault: Fault
    feature: Feature
    streams: bool

    @property
    def name(self):
        return f"{self.fault.name}.{self.feature.name}.{'stream' if self.streams else 'whole'}"

    @property
    def upstream_model(self):
        """A model of its own, since health is kept per model; the simulator reads the fault from its name."""
        if self.feature.name == "retry":
            return f"{self.name}"
        return f"{self.name}@sim:{self.fault.directive}" if self.fault.directive else self.name

    @property
    def first(self):
        return self.feature.first + self.fault.provider

    def definition(self):
        """What a configuration's `models` or `routes` say about it."""
        if self.feature.name == "plain":
            return None
        targets = [{"provider": self.first, "model": self.upstream_model}]
        if self.feature.second:
            targets.append({"provider": self.feature.second, "model": self.name})
        timeouts = "timeouts: {total: 4s}, " if self.fault.stream == "endless" else ""
        rules = f", {self.feature.rules}" if self.feature.rules else ""
        return f"  - {{name: {self.name}, {timeouts}targets: {json.dumps(targets)}{rules}}}"

    def expected(self):
        return Expectation(self).outcome()


class Expectation:
    """The rules of docs/faults.md."""

    def __init__(self, case):
        self.case, self.fault, self.feature = case, case.fault, case.feature
        self.kind = self.fault.kind(case.streams)

    def outcome(self):
        return getattr(self, self.kind.replace("-", "_"))()

    @property
    def is_held(self):
        """True where another try or target could still answer, so that the answer is kept back until it is good."""
        return bool(self.feature.second) or self.feature.name == "retry"

    def good(self, attempts=1, by=None, text="all"):
        """The caller has an answer."""
        return {"status": 200, "cut": False, "text": text, "told": None, "attempts": attempts,
                "by": by or self.case.first, "record": "ok"}

    def failed(self, status, text="none", cut=False, told=None, record="error"):
        """The caller is told of the failure: by status, within its stream, or by a connection that breaks."""
        return {"status": status, "cut": cut, "text": text, "told": None if cut else told or self.fault.code,
                "attempts": 1, "by": self.case.first, "record": record}

    def rescued(self):
        """Another try or target answers, and the caller sees nothing of it; `None` where there is none."""
        if self.feature.name == "retry" and self.fault.retries:
            return self.good(attempts=2)
        if self.feature.second and self.fault.falls_over:
            return self.good(attempts=2, by=self.feature.second)
        return None

    def whole(self):
        # The simulator's long answer is no echo, and some formats limit it.
        return self.good(text="any" if self.fault.name == "big" else "all")

    def status(self):
        return self.rescued() or self.failed(self.fault.status, told="error")

    def early(self):
        # A stream that nothing could replace has begun already, unless not even its head came.
        has_head = self.case.streams and self.fault.name not in ("reset", "hang")
        return self.rescued() or self.failed(200 if has_head else self.fault.status)

    def midway(self):
        if not self.case.streams:
            # What was promised by content-length can't be completed; what is rewritten has promised nothing yet.
            ours = self.failed(self.fault.status) if self.feature.translates else self.failed(200, "any", cut=True)
            return self.rescued() or ours
        return self.continued() or self.failed(200, text="part")

    def continued(self):
        if self.feature.name != "continue":
            return None
        return self.good(attempts=2, by="second", text="continued")

    def told_early(self):
        return self.rescued() or self.failed(200, told=self.fault.code if self.feature.translates else "server_error")

    def told(self):
        told = self.fault.code if self.feature.translates else "server_error"
        return self.continued() or self.failed(200, text="part", told=told)

    def endless(self):
        return self.failed(200, text="any")

    def garbled_event(self):
        if self.feature.translates or self.continued():
            return self.continued() or self.failed(200, text="part")
        # What goes through is not ours to judge.
        return self.good(text="part")

    def garbled(self):
        if self.feature.second:
            return self.rescued()
        if self.is_held:
            return self.failed(502)
        if self.feature.translates:
            return self.failed(200 if self.case.streams else 502)
        return self.good(text="none")


CASES = [Case(*one) for one in itertools.product(FAULTS, FEATURES, (True, False))]
