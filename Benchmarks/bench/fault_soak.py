"""Minutes at 70 % of the full load with providers that fail in every way: does anything grow, get lost or hang?"""
import json
import os
import subprocess
import sys
import time
import urllib.request

from .gateway import ROOT, Gateway
from .load import percentile
from .measurements import megabytes, verdict
from .report import table
from .soak import RSS_SLOPE_MB_PER_HOUR, slope_per_hour

INTERVAL_S = 10
CALIBRATION_S = 15
SHARE = 0.7
WORKERS, CONNECTIONS = 2, 24
# The store may take so long to take in what the journal holds at the end.
DRAIN_S = 120

# Each model fails in its own way, every so many calls.
FAULTS = {
    "unavailable": ("status=503", 9), "limited": ("status=429; retry-after=1s", 40), "reset": ("reset", 8),
    "reset-late": ("reset=halfway", 8), "cut": ("truncate", 7), "told": ("error-event", 9),
    "garbled": ("malformed-json", 12), "hang": ("hang", 300), "stall": ("hang=halfway", 300),
    "slow": ("chunk-delay=2ms; first-byte-delay=20ms", 2), "split": ("split=7", 5), "endless": ("endless", 400),
}

ROUTES = {
    "{0}-alone": 'targets: [{{provider: first, model: {0}}}]',
    "{0}-retried": 'retry: 1, targets: [{{provider: first, model: {0}}}]',
    "{0}-safe": 'targets: [{{provider: first, model: {0}}}, {{provider: second-claude, model: {0}}}]',
    "{0}-hedged": 'hedge: {{after: 200ms}}, targets: [{{provider: first-claude, model: {0}}}, '
                  '{{provider: second, model: {0}}}]',
    "{0}-continued": 'on_stream_break: continue, targets: [{{provider: first, model: {0}}}, '
                     '{{provider: second, model: {0}}}]',
}


def models():
    return [name.format(fault) for name in ROUTES for fault in FAULTS]


def configuration(first, second):
    """What comes behind a gateway's own address and data folder."""
    lines = ["timeouts: {connect: 2s, first_byte: 2s, idle: 2s, total: 10s}", "providers:"]
    for name, sim in (("first", first), ("second", second)):
        lines += [f'  - {{name: {name}, dialect: openai, base_url: "{sim.url}/v1", api_key: sk-x}}',
                  f'  - {{name: {name}-claude, dialect: anthropic, base_url: "{sim.url}", api_key: sk-x}}']
    lines.append("prices:")
    lines += [f"  - {{provider: {provider}{form}, model: {fault}, input: 1.5, output: 6}}"
              for provider in ("first", "second") for form in ("", "-claude") for fault in FAULTS]
    lines.append("routes:")
    lines += [f"  - {{name: {name.format(fault)}, {rules.format(fault)}}}"
              for name, rules in ROUTES.items() for fault in FAULTS]
    return "\n".join(lines)


def script(sim):
    """Only the first provider fails."""
    rules = [{"match": {"model": model, "every": every}, "fault": fault} for model, (fault, every) in FAULTS.items()]
    request = urllib.request.Request(sim.url + "/sim/script", data=json.dumps(rules).encode(), method="POST")
    urllib.request.urlopen(request, timeout=10).close()


def make_keys(box):
    """Keys with budgets in money and tokens, of which one is soon used up; by their ids."""
    keys = {}
    for number in range(4):
        limit = 10**15 if number else 10**9
        rules = {"budgets": [{"id": "money", "unit": "money", "limit": limit, "window": "lifetime"},
                             {"id": "tokens", "unit": "tokens", "limit": 10**12, "window": "lifetime"},
                             {"id": "daily", "unit": "money", "limit": 10**15, "window": "day"}],
                 "limits": [{"id": "open", "unit": "parallel", "limit": 2_000}]}
        made = box.post("/keys", {"name": f"soak-{number}", "rules": rules})
        keys[made["id"]] = made["secret"]
    return keys


def workers(session, box, keys, seconds, rate, seed):
    """Starts the load; `rate` is calls a second in all, `None` for as many as there can be."""
    running = []
    for number in range(WORKERS):
        plan = {"host": "127.0.0.1", "port": box.port, "keys": list(keys.values()), "models": models(),
                "seconds": seconds, "rate": rate and rate / WORKERS, "connections": CONNECTIONS,
                "leaving": 0.03, "seed": seed * 100 + number}
        path = os.path.join(session.folder, f"plan-{seed}-{number}.json")
        with open(path, "w") as file:
            json.dump(plan, file)
        running.append(subprocess.Popen([sys.executable, "-m", "bench.fault_load", path], text=True,
                                        stdout=subprocess.PIPE, cwd=os.path.join(ROOT, "Benchmarks")))
    return running


def gather(running):
    """All workers' counts together."""
    counts = {"latencies": []}
    for process in running:
        output, _ = process.communicate(timeout=120)
        for name, value in json.loads(output).items():
            counts[name] = counts.get(name, 0 if name != "latencies" else []) + value
    return counts


def sample(box, started):
    status = box.get("/status")
    return {"at": time.monotonic() - started, "rss": box.server.rss_bytes(), "spans": status["store"]["spans"],
            "backlog": status["journal"]["backlog_bytes"], "open": status["open_requests"]}


def watch(box, running, seconds):
    """Samples until the load has ended."""
    started, samples = time.monotonic(), [sample(box, time.monotonic())]
    while any(process.poll() is None for process in running) and time.monotonic() - started < seconds + 60:
        time.sleep(min(INTERVAL_S, max(2, started + seconds - time.monotonic())))
        samples.append(sample(box, started))
        now, last = samples[-1], samples[-2]
        rate = (now["spans"] - last["spans"]) / max(0.001, now["at"] - last["at"])
        print(f"{now['at']:6.0f} s  {rate:7,.0f} records/s  RSS {megabytes(now['rss']):6.1f} MB  open {now['open']}",
              flush=True)
    return samples


def settled(box, expected):
    """The state when nothing is under way any more, or when that did not come in time."""
    deadline = time.monotonic() + DRAIN_S
    while True:
        state = sample(box, time.monotonic())
        is_quiet = state["open"] == 0 and state["backlog"] == 0 and state["spans"] >= expected
        if is_quiet or time.monotonic() > deadline:
            return state
        time.sleep(0.5)


def budget_faults(box, keys):
    """Budgets that do not show exactly what the records say, in words."""
    groups = {one["value"]: one["totals"] for one in box.get("/summary?group_by=key&limit=1000")["groups"]}
    faults = []
    for key in keys:
        totals = groups.get(key, {"cost_nanodollars": 0, "input_tokens": 0, "output_tokens": 0})
        sums = {"money": totals["cost_nanodollars"], "tokens": totals["input_tokens"] + totals["output_tokens"]}
        for state in box.get(f"/budgets?kind=key&id={key}")["data"]:
            if state["rule"] == "open":
                continue
            if state["reserved"] or state["used"] != sums[state["unit"]]:
                faults.append(f"{state['rule']}: {state['used']} used, {state['reserved']} reserved, records say "
                              f"{sums[state['unit']]}")
    return faults


def fault_soak(session):
    """Counts everything twice, by its callers and by the server, and compares."""
    first, second = session.simulator(), session.simulator("second")
    script(first)
    box = session.gateway(name="fault-soak", configuration=configuration(first, second))
    keys = make_keys(box)
    warm = gather(workers(session, box, keys, CALIBRATION_S, None, seed=1))
    rate = SHARE * warm["sent"] / CALIBRATION_S
    print(f"full load is {warm['sent'] / CALIBRATION_S:,.0f} calls/s; going on with {rate:,.0f}", flush=True)
    running = workers(session, box, keys, session.soak_seconds, rate, seed=2)
    samples = watch(box, running, session.soak_seconds)
    counts = gather(running)
    sent = warm["sent"] + counts["sent"]
    end = settled(box, sent)
    return report(session, box, keys, (warm, counts), rate, samples, end)


def report(session, box, keys, loads, rate, samples, end):
    warm, counts = loads
    total = {name: warm[name] + counts[name] for name in warm if name != "latencies"}
    steady = samples[len(samples) // 2:-1] if len(samples) > 6 else samples
    slope = megabytes(slope_per_hour(steady, "rss"))
    growth = megabytes(steady[-1]["rss"] - steady[0]["rss"])
    is_flat = slope <= RSS_SLOPE_MB_PER_HOUR or growth < 0.05 * megabytes(steady[0]["rss"])
    lost = total["sent"] - end["spans"]
    faults = budget_faults(box, keys)
    for fault in faults:
        print("budget:", fault)
    stuck = total["stuck"] + end["open"]
    milliseconds = [value * 1000 for value in counts["latencies"]]
    rows = [["calls/s", f"{counts['sent'] / session.soak_seconds:,.0f}", f"{rate:,.0f}", ""],
            ["calls made", f"{total['sent']:,}", "", ""],
            ["answered well / told of a failure", f"{total['good']:,} / {total['told']:,}", "", ""],
            ["cut off / left by their callers", f"{total['cut']:,} / {total['left']:,}", "", ""],
            ["p50 / p99, ms", f"{percentile(milliseconds, 0.5):.1f} / {percentile(milliseconds, 0.99):.0f}", "", ""],
            ["records lost or doubled", f"{lost:+,}" if lost else "0", "0", verdict(lost == 0)],
            ["answers without an id, or with another's", f"{total['no_id'] + doubled(total):,}", "0",
             verdict(total["no_id"] + doubled(total) == 0)],
            ["calls that never ended", f"{stuck:,}", "0", verdict(stuck == 0)],
            ["budgets that differ from the records", f"{len(faults)}", "0", verdict(not faults)],
            ["RSS at the middle / end, MB", f"{megabytes(steady[0]['rss']):.0f} / {megabytes(steady[-1]['rss']):.0f}",
             "flat", verdict(is_flat)],
            ["RSS slope, MB per hour", f"{slope:+.0f}", "", ""]]
    text = (f"{session.soak_seconds:,} s at {SHARE:.0%} of what load and server together reach; {len(FAULTS)} kinds of "
            "faults x " f"{len(ROUTES)} kinds of routes, three dialects, half of the calls streamed, four keys with "
            "three budgets each, of which one is used up early.\n\n" + table(["", "measured", "target", ""], rows))
    return text, is_flat and lost == 0 and stuck == 0 and not faults and total["no_id"] + doubled(total) == 0


def doubled(total):
    """Answers whose id another one had."""
    return total["heads"] - total["ids"]
