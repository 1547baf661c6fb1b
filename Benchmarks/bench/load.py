"""wrk for throughput, h2load for a steady rate."""
import os
import re
import subprocess
import time

LUA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lua")


class LoadError(RuntimeError):
    """The load tool could not run, or not every answer was good."""


class Target:
    """Somewhere to send chat requests to."""

    def __init__(self, name, url, key="sk-benchmark", model="gpt-4o-mini", path="/v1/chat/completions"):
        self.name, self.url, self.key, self.model, self.path = name, url, key, model, path

    @property
    def address(self):
        return self.url + self.path

    @property
    def environment(self):
        return {**os.environ, "BENCH_KEY": self.key, "BENCH_MODEL": self.model}


def _milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


def wrk_command(target, seconds, connections=32, script="fixed.lua"):
    return ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-s",
            os.path.join(LUA, script), target.address]


def parse_wrk(target, text):
    """Requests per second and latencies in milliseconds; raises if a request failed."""
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text) or re.search(r"Socket errors: .*", text)
    if bad:
        raise LoadError(f"{target.name}: {bad.group(0)}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if not rate:
        raise LoadError(f"{target.name}: wrk said\n{text}")
    latency = {name: _milliseconds(value) for name, value in re.findall(r"\s(50|99)%\s+([\d.]+\w+)", text)}
    return {"rate": float(rate.group(1)), "p50_ms": latency.get("50"), "p99_ms": latency.get("99")}


def wrk(target, seconds, connections=32, script="fixed.lua"):
    """As many requests as it can take, on keep-alive connections."""
    run = subprocess.run(wrk_command(target, seconds, connections, script), env=target.environment,
                         capture_output=True, text=True, timeout=seconds + 60)
    return parse_wrk(target, run.stdout + run.stderr)


def paced(target, folder, rate, seconds, connections=10, evenly=True):
    """Requests at a steady rate; the milliseconds of each, without the first second.

    h2load starts the clocks of all its connections at once, so one process sends `connections` requests together every
    few milliseconds. Evenly, each connection has a process of its own, started a part of that interval later.
    """
    body = os.path.join(folder, "body.json")
    with open(body, "w") as file:
        file.write('{"model":"%s","messages":[{"role":"user","content":"Say hello."}]}' % target.model)
    each = rate / connections
    processes, logs = [], []
    for number in range(connections if evenly else 1):
        log = os.path.join(folder, f"h2load-{number}.log")
        if os.path.exists(log):
            os.remove(log)
        logs.append(log)
        count, clients = (int(each * seconds), 1) if evenly else (rate * seconds, connections)
        processes.append(subprocess.Popen(
            ["h2load", "--h1", f"-c{clients}", "-t1", f"-n{count}", f"--rps={each:g}", "-d", body,
             "-H", "content-type: application/json", "-H", "authorization: Bearer " + target.key,
             f"--log-file={log}", target.address], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
        time.sleep(1 / rate)
    for process in processes:
        output, _ = process.communicate(timeout=seconds * 3 + 60)
        if process.returncode:
            raise LoadError(f"{target.name}: h2load said\n{output}")
    return [value for log in logs for value in _paced_values(target, log)]


def _paced_values(target, log):
    with open(log) as file:
        rows = sorted(tuple(int(cell) for cell in line.split("\t")[:3]) for line in file)
    failed = sum(1 for row in rows if row[1] != 200)
    if failed or not rows:
        raise LoadError(f"{target.name}: {failed} of {len(rows)} paced requests failed")
    return [row[2] / 1000 for row in rows if row[0] > rows[0][0] + 1_000_000]


def percentile(values, share):
    """The value below which `share` of all are (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
