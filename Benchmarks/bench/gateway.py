"""Signalbox under test, with everything on, and its simulator."""
import json
import os
import secrets
import subprocess
import urllib.request

from .processes import Server, free_port

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get("SIGNALBOX", os.path.join(ROOT, ".build/release/signalbox"))

HEAD = """
listen: 127.0.0.1:%(port)d
data: %(data)s
log_level: warning
"""

CONFIGURATION = """
providers:
  - {name: up, dialect: openai, base_url: "%(upstream)s/v1", api_key: "sk-upstream"}
models:
  - {name: gpt-4o-mini, provider: up}
"""


class Gateway:
    """`signalbox serve` in front of `upstream` (a base URL without a path), or with a configuration of its own.

    The data folder is kept between starts: `start` after `kill` replays.
    """

    def __init__(self, folder, upstream=None, configuration=None):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        self.data = os.path.join(folder, "data")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.key = secrets.token_hex(12)
        self.configuration = os.path.join(folder, "signalbox.yaml")
        with open(self.configuration, "w") as file:
            file.write(HEAD % {"port": self.port, "data": self.data})
            file.write(configuration or CONFIGURATION % {"upstream": upstream})
        self.server = None

    def start(self, poll_s=0.05):
        """Returns the seconds until it was ready."""
        self.server = Server(
            "signalbox", [BINARY, "serve", "--config", self.configuration],
            os.path.join(self.folder, "signalbox.log"), {"SIGNALBOX_BOOTSTRAP_KEY": self.key})
        return self.server.wait_ready(self.url + "/api/v1/health", poll_s)

    def get(self, path):
        """A JSON answer of the control API."""
        request = urllib.request.Request(self.url + "/api/v1" + path, headers={"authorization": "Bearer " + self.key})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def post(self, path, body):
        """The JSON answer to a JSON body."""
        request = urllib.request.Request(
            self.url + "/api/v1" + path, data=json.dumps(body).encode(),
            headers={"authorization": "Bearer " + self.key, "content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def stop(self):
        if self.server:
            self.server.stop()
            self.server = None


class Simulator:
    """`signalbox sim`."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server = Server(
            "signalbox sim", [BINARY, "sim", "--listen", f"127.0.0.1:{self.port}"], os.path.join(folder, "sim.log"))
        self.server.wait_ready(self.url + "/sim/stats")

    def stop(self):
        self.server.stop()


def version():
    """What the binary says about itself."""
    try:
        return subprocess.run([BINARY, "version"], capture_output=True, text=True, timeout=10).stdout.strip() or "?"
    except OSError:
        return "not built"
