"""The gateway with all of its rooms in use, and with prompts as long as agents send them."""
import os

from . import load, peers
from .gateway import Simulator
from .measurements import rounds, verdict
from .report import table

RATIO_TO_NGINX = 0.35
RATIO_TO_TENSORZERO = 2.0
LARGE_RATE = 200

# Two targets with weights, an exact cache that is asked on every call and never has the answer, since no two are alike.
ROUTED = """
providers:
  - {name: one, dialect: openai, base_url: "%(upstream)s/v1", api_key: "sk-upstream"}
  - {name: two, dialect: openai, base_url: "%(upstream)s/v1", api_key: "sk-upstream"}
routes:
  - name: gpt-4o-mini
    strategy: weighted
    targets:
      - {provider: one, model: gpt-4o-mini, weight: 3}
      - {provider: two, model: gpt-4o-mini, weight: 1}
    retry: {attempts: 1}
    cache: {mode: exact, ttl: 1h}
"""

RULES = {"rules": {
    "budgets": [{"id": "month", "unit": "money", "limit": 10 ** 15, "window": "month", "mode": "hard"},
                {"id": "day", "unit": "tokens", "limit": 10 ** 14, "window": "day", "mode": "hard"}],
    "limits": [{"id": "pace", "unit": "requests", "limit": 10 ** 9, "period_ms": 60_000, "mode": "hard"},
               {"id": "open", "unit": "parallel", "limit": 10_000, "mode": "hard"}]}}


def limited_key(box):
    """A key with two budgets and two limits."""
    return box.post("/keys", {"name": "bench", **RULES})["secret"]


def everything(session):
    """Requests per second with keys, budgets, limits, a route, prices, cache look-up and records all on."""
    nginx = session.nginx()
    box = session.gateway(nginx.upstream, "everything", ROUTED % {"upstream": nginx.upstream})
    targets = [load.Target("nginx, plain proxy", nginx.proxy),
               load.Target("Signalbox, all on", box.url, limited_key(box))]
    for peer in peers.installed():
        if peer is peers.TensorZero:
            server = session.peer(peer)
            targets.append(load.Target(peer.name, server.url, peer.key, peer.model, server.path))
    results, notes = rounds(session, targets, script="distinct.lua")
    medians = {name: load.median([run["rate"] for run in runs]) for name, runs in results.items()}
    proxy, ours = medians["nginx, plain proxy"], medians["Signalbox, all on"]
    rows = [[name, f"{rate:,.0f}", f"{rate / proxy:.2f}"]
            + [f"{load.median([run[share] for run in results[name]]):.2f}" for share in ("p50_ms", "p99_ms")]
            for name, rate in medians.items()]
    holds = ours >= RATIO_TO_NGINX * proxy
    notes.append(f"Target: {RATIO_TO_NGINX} of nginx: {verdict(holds)}.")
    if peers.TensorZero.name in medians:
        ratio = ours / medians[peers.TensorZero.name]
        holds = holds and ratio >= RATIO_TO_TENSORZERO
        notes.append(f"{ratio:.2f} times TensorZero, target {RATIO_TO_TENSORZERO}: "
                     f"{verdict(ratio >= RATIO_TO_TENSORZERO)}.")
    text = ("As above, but no two messages are alike, and the key has two budgets and two limits, the model is a "
            "weighted route with retries, every call is looked up in the exact cache (and never found), priced, "
            "journaled and stored.\n\n"
            + table(["", "requests/s", "of nginx", "p50 ms", "p99 ms"], rows) + "\n\n" + " ".join(notes))
    return text, holds


def large(session):
    """Prompts of 75,000 tokens, half of them streaming."""
    simulator = Simulator(os.path.join(session.folder, "large-sim"))
    try:
        box = session.gateway(simulator.url, "large", ROUTED % {"upstream": simulator.url})
        results, notes = rounds(session, [load.Target("Signalbox", box.url, limited_key(box))], script="large.lua")
        rate = load.median([run["rate"] for run in results["Signalbox"]])
        rows = [["Signalbox", f"{rate:,.0f}"]
                + [f"{load.median([run[share] for run in results['Signalbox']]):.2f}"
                   for share in ("p50_ms", "p99_ms")]]
        holds = rate >= LARGE_RATE
        text = ("Bodies of 300 KB that share 95 % with each other, every second one streaming, against the built-in "
                "simulator on the same two cores, everything on as above.\n\n"
                + table(["", "requests/s", "p50 ms", "p99 ms"], rows) + f"\n\nTarget: {LARGE_RATE} requests/s: {verdict(holds)}. " + " ".join(notes))
        return text, holds
    finally:
        simulator.stop()
