"""Minutes of load in which no user message repeats: does anything grow?"""
import re
import subprocess
import time
import urllib.request

from . import load
from .measurements import disk_bytes, megabytes, verdict
from .report import table

INTERVAL_S = 10
RATE_TARGET = 5000
# A backlog swings; by so much more between the third and the last quarter it would still not be called growth.
BACKLOG_SLACK_BYTES = 32_000_000
# Memory may drift by so much per hour: an allocator settles for long.
RSS_SLOPE_MB_PER_HOUR = 60


def upstream_requests(nginx):
    """How many requests the upstream has answered, this question included."""
    with urllib.request.urlopen(nginx.upstream + "/stub_status", timeout=5) as answer:
        return int(re.search(r"^\s*\d+\s+\d+\s+(\d+)", answer.read().decode(), re.MULTILINE).group(1))


def sample(box, nginx, started):
    status = box.get("/status")
    return {"at": time.monotonic() - started, "requests": upstream_requests(nginx), "rss": box.server.rss_bytes(),
            "backlog": status["journal"]["backlog_bytes"], "limit": status["journal"]["limit_bytes"],
            "spans": status["store"]["spans"]}


def slope_per_hour(samples, key):
    """Least squares over the samples."""
    xs, ys = [s["at"] for s in samples], [s[key] for s in samples]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    return 3600 * sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / spread if spread else 0.0


def soak(session):
    """Rate, memory and journal backlog, sampled every ten seconds."""
    nginx = session.nginx()
    box = session.gateway(nginx.upstream, "soak")
    target = load.Target("Signalbox", box.url, box.key)
    process = subprocess.Popen(load.wrk_command(target, session.soak_seconds, script="distinct.lua"),
                               env=target.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    started, samples = time.monotonic(), [sample(box, nginx, time.monotonic())]
    try:
        while process.poll() is None and time.monotonic() - started < session.soak_seconds + 30:
            time.sleep(min(INTERVAL_S, max(0.1, started + session.soak_seconds - time.monotonic())))
            samples.append(sample(box, nginx, started))
            now, last = samples[-1], samples[-2]
            rate = (now["requests"] - last["requests"]) / max(0.001, now["at"] - last["at"])
            print(f"{now['at']:6.0f} s  {rate:8,.0f}/s  RSS {megabytes(now['rss']):6.1f} MB  backlog "
                  f"{megabytes(now['backlog']):7.2f} MB  stored {now['spans']:,}", flush=True)
        output = process.communicate(timeout=60)[0]
    finally:
        if process.poll() is None:
            process.kill()
    overall = load.parse_wrk(target, output)
    return report(session, box, samples, overall)


def report(session, box, samples, overall):
    # The last sample may lie after the load's end.
    under_load = samples[1:-1] if len(samples) > 3 else samples
    quarter = max(1, len(under_load) // 4)
    early = load.median([s["backlog"] for s in under_load[-2 * quarter:-quarter] or under_load])
    late = load.median([s["backlog"] for s in under_load[-quarter:]])
    largest, limit = max(s["backlog"] for s in samples), samples[-1]["limit"]
    settled = under_load[len(under_load) // 2:]
    slope = megabytes(slope_per_hour(settled, "rss")) if len(settled) > 2 else 0.0
    growth = megabytes(settled[-1]["rss"] - settled[0]["rss"])
    bounded = late <= early + BACKLOG_SLACK_BYTES and largest <= limit
    # Short runs have steep slopes by chance, so the growth itself has to be more than noise too.
    flat = slope <= RSS_SLOPE_MB_PER_HOUR or growth < 0.05 * megabytes(settled[0]["rss"])
    steady = overall["rate"] >= RATE_TARGET
    rows = [["requests/s", f"{overall['rate']:,.0f}", f"{RATE_TARGET:,}", verdict(steady)],
            ["p50 / p99, ms", f"{overall['p50_ms']:.2f} / {overall['p99_ms']:.2f}", "", ""],
            ["journal backlog, third / last quarter, MB", f"{megabytes(early):.1f} / {megabytes(late):.1f}", "bounded",
             verdict(bounded)],
            ["largest backlog, MB", f"{megabytes(largest):.1f}", f"{megabytes(limit):,.0f}", ""],
            ["RSS at the middle / end, MB", f"{megabytes(settled[0]['rss']):.0f} / {megabytes(settled[-1]['rss']):.0f}",
             "flat", verdict(flat)],
            ["records stored", f"{samples[-1]['spans']:,}", "", ""],
            ["data folder, MB", f"{megabytes(disk_bytes(box.data)):,.0f}", "", ""]]
    text = (f"{session.soak_seconds:,} s, 32 connections, every user message different.\n\n"
            + table(["", "measured", "target", ""], rows))
    return text, steady and bounded and flat
