"""Servers under test: started on free ports of the loopback address, ended by process id."""
import atexit
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

# Long enough for LiteLLM, which imports for half a minute on a slow disk.
READY_TIMEOUT_S = 90
STOP_TIMEOUT_S = 10

_running = []


def free_port():
    """A port that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One process. `stop` sends SIGTERM, `kill` sends SIGKILL."""

    def __init__(self, name, command, log_path, environment=None):
        self.name = name
        self.log_path = log_path
        self.started_at = time.monotonic()
        with open(log_path, "ab") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})})
        _running.append(self)

    @property
    def pid(self):
        return self.process.pid

    def wait_ready(self, url, poll_s=0.05):
        """Polls until the address answers 2xx; returns the seconds since the start of the process."""
        deadline = self.started_at + READY_TIMEOUT_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self.process.returncode}:\n{self.log_tail()}")
            try:
                with urllib.request.urlopen(url, timeout=2):
                    return time.monotonic() - self.started_at
            except (urllib.error.URLError, OSError):
                time.sleep(poll_s)
        raise RuntimeError(f"{self.name} was not ready in {READY_TIMEOUT_S} s:\n{self.log_tail()}")

    def log_tail(self):
        with open(self.log_path, errors="replace") as log:
            return log.read()[-2000:]

    def rss_bytes(self):
        """Resident memory of the process itself."""
        with open(f"/proc/{self.pid}/status") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) * 1024
        raise RuntimeError(f"{self.name} has no VmRSS; has it ended?")

    def cpu_seconds(self):
        """Processor time used so far, user and system."""
        with open(f"/proc/{self.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self.kill()
        if self in _running:
            _running.remove(self)


@atexit.register
def _stop_all():
    for server in reversed(_running[:]):
        server.stop()
