"""Starts and drives the real binary. Everything listens on 127.0.0.1 on ports that the kernel chose, and is ended by
its process id."""
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("SIGNALBOX_BINARY", ROOT / ".build/release/signalbox"))
ADMIN_KEY = "black-box-admin-key-0001"
# Generous, because CI shares its two cores; a test that passes takes a fraction of it.
PATIENCE_S = 30


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(probe, what="it", patience=PATIENCE_S):
    """The first true result of `probe`; fails when there is none in time."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        result = probe()
        if result:
            return result
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen within {patience} s")


class Simulator:
    """`signalbox sim`, a provider that fails on request."""

    def __init__(self):
        self.port = free_port()
        self.process = subprocess.Popen(
            [BINARY, "sim", "--listen", f"127.0.0.1:{self.port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(self._is_up, "the simulator's start")

    def _is_up(self):
        try:
            return self.stats() is not None
        except OSError:
            assert self.process.poll() is None, "the simulator ended"
            return None

    def stats(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sim/stats", timeout=5) as answer:
            return json.load(answer)

    def last(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sim/last", timeout=5) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE_S)


class Server:
    """`signalbox serve` on a folder of its own, in front of a simulator."""

    def __init__(self, sim, settings="", folder=None, environment=None):
        self.sim = sim
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.admin_key = ADMIN_KEY
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="signalbox-test-"))
        self.config = self.folder / "signalbox.yaml"
        self.environment = dict(os.environ, UPSTREAM_KEY="upstream-secret", SIGNALBOX_BOOTSTRAP_KEY=ADMIN_KEY,
                                **(environment or {}))
        self.write_config(settings)
        self.process = None
        self.start()

    def write_config(self, settings="", models=""):
        sim = f"http://127.0.0.1:{self.sim.port}"
        self.config.write_text(f"""
listen: 127.0.0.1:{self.port}
data: {self.folder}/data
providers:
  - {{name: up, dialect: openai, base_url: "{sim}/v1", api_key: "${{UPSTREAM_KEY}}"}}
  - {{name: claude, dialect: anthropic, base_url: "{sim}", api_key: "${{UPSTREAM_KEY}}"}}
  - {{name: closing, dialect: openai, base_url: "{sim}/fault/close-after-response/v1", api_key: "${{UPSTREAM_KEY}}"}}
  - {{name: nowhere, dialect: openai, base_url: "http://127.0.0.1:1/v1"}}
models:
  - {{name: gpt-4o-mini, provider: up}}
  - {{name: text-embedding-3-small, provider: up}}
  - {{name: omni-moderation-latest, provider: up}}
  - {{name: claude-haiku, provider: claude, upstream_model: claude-3-5-haiku-latest}}
  - {{name: closing, provider: closing, upstream_model: gpt-4o-mini}}
  - {{name: unreachable, provider: nowhere}}
{models}
{settings}
""")

    def start(self):
        self.log = open(self.folder / "server.log", "ab")
        self.process = subprocess.Popen(
            [BINARY, "serve", "--config", self.config], stdout=self.log, stderr=self.log, env=self.environment)
        eventually(self._is_up, "the server's start")

    def _is_up(self):
        try:
            return self.get("/api/v1/health", key=None)["status"] == "ok"
        except (OSError, urllib.error.HTTPError):
            assert self.process.poll() is None, "the server ended:\n" + self.output()
            return None

    def output(self):
        return (self.folder / "server.log").read_text(errors="replace")[-4000:]

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE_S)

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE_S)

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) * 1024

    # The control API

    def request(self, method, path, body=None, key=ADMIN_KEY, headers=None):
        request = urllib.request.Request(self.url + path, method=method, headers=dict(headers or {}))
        if key:
            request.add_header("Authorization", f"Bearer {key}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return urllib.request.urlopen(request, timeout=PATIENCE_S)

    def get(self, path, key=ADMIN_KEY):
        with self.request("GET", path, key=key) as answer:
            return json.load(answer)

    def records(self, query=""):
        return self.get(f"/api/v1/requests?limit=1000{query}")["data"]

    def record(self, request_id):
        """The record of a call, once it is stored."""
        def probe():
            try:
                return self.get(f"/api/v1/requests/{request_id}")
            except urllib.error.HTTPError as error:
                assert error.code == 404, error.read()
                return None
        return eventually(probe, f"the record of {request_id}")

    def record_of(self, user):
        """The record of the one call that a user made."""
        found = eventually(lambda: self.records(f"&user={user}"), f"a record for {user}")
        assert len(found) == 1, found
        return self.get(f"/api/v1/requests/{found[0]['id']}")

    # The data plane, by hand: what no SDK would send

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)


def http_request(body, path="/v1/chat/completions", headers=(), method="POST", key=ADMIN_KEY):
    """The bytes of a request."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: signalbox", "Content-Type: application/json",
             f"Content-Length: {len(data)}", f"Authorization: Bearer {key}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def chat(prompt, model="gpt-4o-mini", **more):
    return {"model": model, "messages": [{"role": "user", "content": prompt}], **more}


def read_until(connection, marker):
    """Reads until `marker` has come; what was read."""
    data = b""
    while marker not in data:
        piece = connection.recv(65536)
        assert piece, f"closed before {marker!r} came: {data[-300:]!r}"
        data += piece
    return data


def read_until_token(connection):
    """Reads until a stream has shown its first words; what was read."""
    data = b""
    while not re.search(rb'"(content|text)":"[^"]', data):
        piece = connection.recv(65536)
        assert piece, f"closed before a token came: {data[-300:]!r}"
        data += piece
    return data


def read_answer(connection, rest=b""):
    """One whole HTTP answer: status, headers, body, and what followed it on the connection."""
    data = rest
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        assert piece, f"closed within the head: {data!r}"
        data += piece
    head, _, data = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    status = int(lines[0].split()[1])
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines[1:])}
    if "content-length" in headers:
        size = int(headers["content-length"])
        while len(data) < size:
            piece = connection.recv(65536)
            assert piece, "closed within the body"
            data += piece
        return status, headers, data[:size], data[size:]
    body = b""
    while True:
        while b"\r\n" not in data:
            piece = connection.recv(65536)
            assert piece, "closed within a chunk"
            data += piece
        size, _, data = data.partition(b"\r\n")
        size = int(size, 16)
        while len(data) < size + 2:
            piece = connection.recv(65536)
            assert piece, "closed within a chunk"
            data += piece
        body, data = body + data[:size], data[size + 2:]
        if size == 0:
            return status, headers, body, data
