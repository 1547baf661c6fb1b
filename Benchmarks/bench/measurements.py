"""The measurements, each a function of a Session that returns its section's text and whether its bounds hold."""
import glob
import os
import shutil
import subprocess
import time

from . import gateway, load, peers, streams
from .report import table

# Targets of the product; the table says so where one is missed.
RATIO_TO_NGINX = 0.35
RATIO_TO_TENSORZERO = 1.8
ADDED_P50_MS, ADDED_P99_MS = 0.4, 1.5
ADDED_TTFT_MS = 0.5
STREAMS_RSS_MB = 300
WARM_UP_S = 3
IDLE_RSS_MB, READY_MS, BINARY_MB = 80, 300, 110


def verdict(holds):
    return "ok" if holds else "**missed**"


def megabytes(count):
    return count / 1_000_000


def rounds(session, targets, script="fixed.lua"):
    """The runs of each target, and notes. A peer that fails is left out; anything else that fails ends the run."""
    results, notes = {target.name: [] for target in targets}, []
    optional = {peer.name for peer in peers.installed()}
    for number in range(session.rounds + 1):
        for target in [target for target in targets if target.name in results]:
            try:
                run = load.wrk(target, session.seconds if number else WARM_UP_S, script=script)
            except load.LoadError as error:
                if target.name not in optional:
                    raise
                del results[target.name]
                notes.append(f"Left out: {error}.")
                continue
            if number:
                results[target.name].append(run)
    return results, notes


def throughput(session):
    """Requests per second, 32 connections."""
    nginx, box = session.nginx(), session.gateway()
    targets = [load.Target("direct", nginx.upstream), load.Target("nginx, plain proxy", nginx.proxy),
               load.Target("Signalbox", box.url, box.key)]
    for peer in peers.installed():
        server = session.peer(peer)
        targets.append(load.Target(peer.name, server.url, peer.key, peer.model, server.path))
    results, notes = rounds(session, targets)
    medians = {name: load.median([run["rate"] for run in runs]) for name, runs in results.items()}
    proxy = medians["nginx, plain proxy"]
    rows = [[name, f"{medians[name]:,.0f}", f"{medians[name] / proxy:.2f}"]
            + [f"{load.median([run[share] for run in runs]):.2f}" for share in ("p50_ms", "p99_ms")]
            for name, runs in results.items()]
    holds = medians["Signalbox"] >= RATIO_TO_NGINX * proxy
    notes.append(f"Target: {RATIO_TO_NGINX} of nginx: {verdict(holds)}.")
    if peers.TensorZero.name in medians:
        ratio = medians["Signalbox"] / medians[peers.TensorZero.name]
        holds = holds and ratio >= RATIO_TO_TENSORZERO
        notes.append(f"{ratio:.2f} times TensorZero, target {RATIO_TO_TENSORZERO}: "
                     f"{verdict(ratio >= RATIO_TO_TENSORZERO)}.")
    text = ("Chat completions, not streamed, 600 bytes of answer, wrk with one thread and 32 connections, "
            f"{session.rounds} interleaved rounds of {session.seconds} s. Signalbox checks keys, prices, journals and "
            "stores every call; nginx forwards.\n\n"
            + table(["", "requests/s", "of nginx", "p50 ms", "p99 ms"], rows) + "\n\n" + " ".join(notes))
    return text, holds


def latency(session):
    """What a call takes longer at a steady 1,000 requests per second."""
    even, even_holds = _paced_table(session, evenly=True)
    bursts, bursts_hold = _paced_table(session, evenly=False)
    text = (f"h2load at 1,000 requests/s on 10 connections, {session.rounds} interleaved rounds of {session.seconds} s; "
            f"targets for what is added: p50 {ADDED_P50_MS} ms, p99 {ADDED_P99_MS} ms.\n\n"
            f"Evenly paced, one request each millisecond:\n\n{even}\n\n{verdict(even_holds).capitalize()}.\n\n"
            f"In bursts, ten requests together every ten milliseconds (what one h2load process sends):\n\n{bursts}\n\n"
            f"{verdict(bursts_hold).capitalize()}.")
    return text, even_holds and bursts_hold


def _paced_table(session, evenly):
    nginx, box = session.nginx(), session.gateway()
    targets = [load.Target("direct", nginx.upstream), load.Target("nginx, plain proxy", nginx.proxy),
               load.Target("Signalbox", box.url, box.key)]
    figures = {target.name: {"p50": [], "p99": []} for target in targets}
    for _ in range(session.rounds):
        for target in targets:
            values = load.paced(target, session.folder, 1000, session.seconds, evenly=evenly)
            figures[target.name]["p50"].append(load.percentile(values, 0.50))
            figures[target.name]["p99"].append(load.percentile(values, 0.99))
    medians = {name: {share: load.median(values) for share, values in by.items()} for name, by in figures.items()}
    added = {share: medians["Signalbox"][share] - medians["direct"][share] for share in ("p50", "p99")}
    rows = [[name, f"{by['p50']:.3f}", f"{by['p99']:.3f}"] for name, by in medians.items()]
    rows.append(["added by Signalbox", f"{added['p50']:.3f}", f"{added['p99']:.3f}"])
    return table(["", "p50 ms", "p99 ms"], rows), added["p50"] <= ADDED_P50_MS and added["p99"] <= ADDED_P99_MS


def first_token(session):
    """What a stream's first token takes longer."""
    simulator = session.simulator()
    box = session.gateway(simulator.url, "stream")
    targets = [load.Target("direct", simulator.url), load.Target("Signalbox", box.url, box.key)]
    calls = [(target.name, streams.connect(target), streams.request_bytes(target, "Say hello.")) for target in targets]
    times = {target.name: [] for target in targets}
    for number in range(session.first_tokens + 100):
        for name, connection, request in calls:
            value = streams.time_to_first_token(connection, request)
            if number >= 100:  # the first calls warm both up
                times[name].append(value)
    for _, connection, _ in calls:
        connection.close()
    rows = [[name, f"{load.percentile(values, 0.5):.3f}", f"{load.percentile(values, 0.99):.3f}"]
            for name, values in times.items()]
    added = [load.percentile(times["Signalbox"], share) - load.percentile(times["direct"], share)
             for share in (0.5, 0.99)]
    rows.append(["added"] + [f"{value:.3f}" for value in added])
    text = (f"Streamed chat completions from `signalbox sim`, one at a time on a kept connection, "
            f"{session.first_tokens:,} calls each, alternating; until the first content event.\n\n"
            + table(["", "p50 ms", "p99 ms"], rows)
            + f"\n\nTarget: p50 {ADDED_TTFT_MS} ms added: {verdict(added[0] <= ADDED_TTFT_MS)}.")
    return text, added[0] <= ADDED_TTFT_MS


def open_streams(session):
    """Memory with many streams open at once."""
    simulator = session.simulator()
    box = session.gateway(simulator.url, "stream")
    before = box.server.rss_bytes()
    many = streams.OpenStreams(
        load.Target("Signalbox", box.url, box.key), session.streams, "[[sim: endless; chunk-delay=1s]] hello")
    try:
        many.read_for(3)
        peak, live = 0, 0
        for _ in range(5):
            live = many.read_for(2)
            peak = max(peak, box.server.rss_bytes())
    finally:
        many.close()
    holds = megabytes(peak) < STREAMS_RSS_MB and live == session.streams
    rows = [[f"{session.streams:,}", f"{live:,}", f"{megabytes(before):.0f}", f"{megabytes(peak):.0f}",
             f"{(peak - before) / session.streams / 1000:.1f}"]]
    text = ("Streams that get one event per second each, for 13 s.\n\n"
            + table(["streams", "live in the last 2 s", "RSS before, MB", "RSS peak, MB", "KB per stream"], rows)
            + f"\n\nTarget: below {STREAMS_RSS_MB} MB: {verdict(holds)}.")
    return text, holds


def fill(session, box):
    """Records that many calls as the options ask for; returns how many the store holds then."""
    target = load.Target("Signalbox", box.url, box.key)
    while (status := box.get("/status"))["store"]["spans"] < session.records:
        if status["journal"]["backlog_bytes"] < 16_000_000:
            load.wrk(target, 5, script="distinct.lua")
        else:
            time.sleep(0.5)
    return status["store"]["spans"]


def footprint(session):
    """Idle memory, start-up time, size of the binary."""
    nginx = session.nginx()
    fresh = session.gateway(nginx.upstream, "fresh")
    time.sleep(5)
    idle = fresh.server.rss_bytes()
    fresh.stop()
    box = session.gateway()
    records = fill(session, box)
    starts = []
    for _ in range(5):
        box.stop()
        starts.append(box.start(poll_s=0.002) * 1000)
    stripped = os.path.join(session.folder, "stripped")
    shutil.copyfile(gateway.BINARY, stripped)
    subprocess.run(["strip", stripped], check=True)
    size = os.path.getsize(stripped)
    ready = load.median(starts)
    checks = [("idle RSS, fresh store, after 5 s", f"{megabytes(idle):.1f} MB", f"{IDLE_RSS_MB} MB",
               megabytes(idle) <= IDLE_RSS_MB),
              (f"ready on a store of {records:,} records, median of 5", f"{ready:.0f} ms", f"{READY_MS} ms",
               ready <= READY_MS),
              ("binary, stripped", f"{megabytes(size):.1f} MB", f"{BINARY_MB} MB", megabytes(size) <= BINARY_MB)]
    rows = [[name, value, target, verdict(holds)] for name, value, target, holds in checks]
    return table(["", "measured", "target", ""], rows), all(check[3] for check in checks)


def disk_bytes(folder):
    """Everything below a folder."""
    return sum(os.path.getsize(path) for path in glob.glob(os.path.join(folder, "**"), recursive=True)
               if os.path.isfile(path))
