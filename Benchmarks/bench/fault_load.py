"""A client that expects trouble: calls in three dialects, some of which leave, against providers that fail.

Run as a process of its own, because one Python can't both load the server and be on time:

    python3 -m bench.fault_load PLAN.json      prints its counts as one JSON object
"""
import asyncio
import json
import random
import sys
import time

# No call may take longer: the server's own deadline is 10 s.
STUCK_S = 30
WORDS = "one two three four five six seven eight nine ten"


def call(plan, random_source, number):
    """Path, body, whether it streams, and whether its caller leaves in the middle."""
    model = random_source.choice(plan["models"])
    streams, leaves = random_source.random() < 0.5, random_source.random() < plan["leaving"]
    prompt = f"echo: {number} {WORDS} {WORDS}"
    dialect = random_source.choice(["openai", "openai", "anthropic", "gemini"])
    if dialect == "gemini":
        verb = "streamGenerateContent?alt=sse" if streams else "generateContent"
        body = {"contents": [{"role": "user", "parts": [{"text": prompt}]}]}
        return f"/v1beta/models/{model}:{verb}", body, streams, leaves
    body = {"model": model, "stream": streams, "max_tokens": 200, "messages": [{"role": "user", "content": prompt}]}
    return ("/v1/messages" if dialect == "anthropic" else "/v1/chat/completions"), body, streams, leaves


class Worker:
    def __init__(self, plan):
        self.plan, self.random = plan, random.Random(plan["seed"])
        self.counts = {"sent": 0, "answered": 0, "good": 0, "told": 0, "cut": 0, "left": 0, "stuck": 0, "no_id": 0,
                       "heads": 0, "reopened": 0}
        self.latencies = []
        self.ids = set()
        self.number = 0

    async def run(self):
        until = time.monotonic() + self.plan["seconds"]
        rate = self.plan["rate"]
        if rate is None:
            await asyncio.gather(*(self.always(until) for _ in range(self.plan["connections"])))
        else:
            await self.paced(until, rate)
        latencies = sorted(self.latencies)
        return {**self.counts, "ids": len(self.ids), "latencies": latencies[::max(1, len(latencies) // 2000)]}

    async def always(self, until):
        """One call after the other: how much there can be."""
        connections = []
        while time.monotonic() < until:
            await self.one(connections)

    async def paced(self, until, rate):
        """Calls at their times, whether or not the last ones have been answered."""
        connections, open_calls, due = [], set(), time.monotonic()
        while (now := time.monotonic()) < until:
            while due <= now and len(open_calls) < self.plan["connections"] * 8:
                due += self.random.expovariate(rate)
                task = asyncio.create_task(self.one(connections))
                open_calls.add(task)
                task.add_done_callback(open_calls.discard)
            due = max(due, now - 1)
            await asyncio.sleep(max(0.001, due - time.monotonic()))
        if open_calls:
            await asyncio.wait(open_calls)

    async def one(self, connections):
        self.number += 1
        path, body, streams, leaves = call(self.plan, self.random, self.number)
        begun = time.monotonic()
        try:
            await asyncio.wait_for(self.exchange(connections, path, body, streams and leaves), STUCK_S)
        except asyncio.TimeoutError:
            self.counts["stuck"] += 1
        self.latencies.append(time.monotonic() - begun)

    async def exchange(self, connections, path, body, leaves):
        if connections:
            if await self.attempt(connections, connections.pop(), path, body, leaves, is_kept=True):
                return
            # Closed after its last answer, as a stream that broke is: the request never arrived.
            self.counts["reopened"] += 1
            self.counts["sent"] -= 1
        fresh = await asyncio.open_connection(self.plan["host"], self.plan["port"], limit=1 << 20)
        await self.attempt(connections, fresh, path, body, leaves, is_kept=False)

    async def attempt(self, connections, connection, path, body, leaves, is_kept):
        """False where a kept connection turned out to be closed."""
        reader, writer = connection
        data = json.dumps(body).encode()
        key = self.random.choice(self.plan["keys"])
        writer.write((f"POST {path} HTTP/1.1\r\nhost: box\r\nauthorization: Bearer {key}\r\n"
                      f"content-type: application/json\r\ncontent-length: {len(data)}\r\n\r\n").encode() + data)
        self.counts["sent"] += 1
        try:
            status, headers, received = await self.answer(reader, leaves)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            writer.close()
            if is_kept and not getattr(error, "partial", b"") and not getattr(error, "within_answer", False):
                return False
            self.counts["cut"] += 1
            return True
        if leaves:
            self.counts["left"] += 1
            writer.transport.abort()
            return True
        self.counts["answered"] += 1
        if b"x-signalbox-request-id" not in headers:
            self.counts["no_id"] += 1
        is_good = status == 200 and b'"error":' not in received
        self.counts["good" if is_good else "told"] += 1
        if headers.get(b"connection", b"").lower() == b"close":
            writer.close()
        else:
            connections.append((reader, writer))
        return True

    async def answer(self, reader, leaves):
        """Status, headers and body; only the beginning of it for a caller who leaves."""
        lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        headers = dict(line.lower().split(b": ", 1) for line in lines[1:] if b": " in line)
        status = int(lines[0].split()[1])
        if identity := headers.get(b"x-signalbox-request-id"):
            self.counts["heads"] += 1
            self.ids.add(identity)
        if leaves:
            return status, headers, await reader.read(1)
        try:
            return status, headers, await self.body(reader, headers)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            error.within_answer = True
            raise

    async def body(self, reader, headers):
        if b"content-length" in headers:
            return await reader.readexactly(int(headers[b"content-length"]))
        parts = []
        while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
            parts.append((await reader.readexactly(size + 2))[:-2])
        await reader.readexactly(2)
        return b"".join(parts)


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        print(json.dumps(asyncio.run(Worker(json.load(file)).run())))
