#!/usr/bin/env python3
"""Kills Signalbox under load, again and again, and looks for every answered request afterwards.

    Benchmarks/kill9.py [N]     N kills, 100 if not given

Each round: start, load on 16 connections (every second request is streamed), SIGKILL at a random moment. Clients note
the x-signalbox-request-id of every answer that they received in full. At the end every noted id must be in the store,
and no id twice. Needs a release build only: the upstream is `signalbox sim`.
"""
import os
import random
import re
import shutil
import sys
import tempfile
import threading
import time
import urllib.parse

from bench import gateway, load, report, streams

CONNECTIONS = 16
# A kill comes so many seconds after the server is ready: early ones meet the replay, late ones a writer at work.
KILL_AFTER_S = (0.05, 1.5)


def read_answer(connection):
    """The request id of one complete answer; `None` if the connection broke first."""
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            return None
        received += part
    head, body = received.split(b"\r\n\r\n", 1)
    length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)

    def complete():
        return len(body) >= int(length.group(1)) if length else body.endswith(b"\r\n0\r\n\r\n")

    while not complete():
        part = connection.recv(65536)
        if not part:
            return None
        body += part
    identifier = re.search(rb"\r\nx-signalbox-request-id: *([^\r]+)", head, re.IGNORECASE)
    if not head.startswith(b"HTTP/1.1 200") or not identifier:
        raise RuntimeError(f"unexpected answer: {head[:300]!r}")
    return identifier.group(1).decode()


def client(target, number, stop, answered, problems):
    """Calls until the server is killed; appends the ids of complete answers."""
    count = 0
    try:
        connection = streams.connect(target)
        while not stop.is_set():
            count += 1
            prompt = f"echo: client {number} call {count} {random.random()}"
            connection.sendall(streams.request_bytes(target, prompt, stream=count % 2 == 0))
            identifier = read_answer(connection)
            if identifier is None:
                return
            answered.append(identifier)
    except OSError:
        return  # the kill
    except RuntimeError as error:
        problems.append(str(error))


def round_of_load(box, target):
    """One kill. Returns ready seconds, the ids that were answered in full, and what went wrong."""
    ready = box.start(poll_s=0.005)
    stop, problems, lists = threading.Event(), [], [[] for _ in range(CONNECTIONS)]
    threads = [threading.Thread(target=client, args=(target, number, stop, lists[number], problems))
               for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(*KILL_AFTER_S))
    box.server.kill()
    stop.set()
    for thread in threads:
        thread.join(30)
    return ready, [identifier for ids in lists for identifier in ids], problems


def stored_ids(box):
    """Every id in the store, page by page, and the total that the server counts."""
    ids, cursor, total = [], None, None
    while True:
        query = {"limit": 1000, "count": "true"} if cursor is None else {"limit": 1000, "cursor": cursor}
        page = box.get("/requests?" + urllib.parse.urlencode(query))
        total = page.get("total", total)
        ids += [row["id"] for row in page["data"]]
        cursor = page["next_cursor"]
        if not cursor:
            return ids, total


def settle(box):
    """Waits until the journal's backlog is written to the store."""
    deadline = time.monotonic() + 60
    while box.get("/status")["journal"]["backlog_bytes"] > 0 and time.monotonic() < deadline:
        time.sleep(0.1)


def check(box, answered):
    """What is wrong, as lines; and how many records there are."""
    settle(box)
    ids, total = stored_ids(box)
    wrong, known = [], set(ids)
    lost = [identifier for identifier in answered if identifier not in known]
    if lost:
        wrong.append(f"{len(lost)} answered requests are not in the store, for example {lost[0]}")
    if len(known) != len(ids):
        wrong.append(f"{len(ids) - len(known)} records are listed twice")
    if total != len(ids):
        wrong.append(f"the server counts {total} records and lists {len(ids)}")
    for identifier in random.sample(answered, min(200, len(answered))):
        if box.get("/requests/" + identifier)["id"] != identifier:
            wrong.append(f"{identifier} can't be fetched by its id")
    return wrong, len(ids)


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    folder = tempfile.mkdtemp(prefix="signalbox-kill9-")
    simulator = gateway.Simulator(os.path.join(folder, "sim"))
    box = gateway.Gateway(os.path.join(folder, "gateway"), simulator.url)
    target = load.Target("Signalbox", box.url, box.key)
    answered, ready_times, problems = [], [], []
    for number in range(kills):
        ready, ids, wrong = round_of_load(box, target)
        answered += ids
        problems += wrong
        ready_times.append(ready * 1000)
        print(f"kill {number + 1:3}: ready in {ready * 1000:5.0f} ms, {len(ids):6,} answered", flush=True)
    ready_times.append(box.start(poll_s=0.005) * 1000)
    wrong, records = check(box, answered)
    wrong = problems + wrong
    box.stop()
    simulator.stop()
    rows = [[f"{kills:,}", f"{len(answered):,}", f"{records:,}", "0" if not wrong else "; ".join(wrong[:5]),
             f"{load.median(ready_times):.0f} / {max(ready_times):.0f}"]]
    report.publish("kill -9", f"Load on {CONNECTIONS} connections, half of it streamed, killed at random moments; "
                   "records beyond the answered ones are calls whose answer was under way at a kill.\n\n"
                   + report.table(["kills", "answered in full", "records", "lost or doubled",
                                   "ready, median / max ms"], rows))
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if wrong or not answered else 0)


if __name__ == "__main__":
    main()
