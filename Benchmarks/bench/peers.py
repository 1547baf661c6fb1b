"""Other gateways, where `make bench-peers` has installed them."""
import os
import time
import urllib.parse

from .gateway import ROOT
from .processes import Server, free_port

FOLDER = os.environ.get("SIGNALBOX_BENCH_PEERS", os.path.join(ROOT, ".build/bench-peers"))
PYTHON = os.path.join(FOLDER, "bin/python")

LITELLM = """
model_list:
  - model_name: gpt-4o-mini
    litellm_params: {model: openai/gpt-4o-mini, api_base: "%s/v1", api_key: sk-upstream}
general_settings:
  master_key: sk-benchmark
"""

TENSORZERO = """
[gateway]
observability.enabled = false

[models.canned]
routing = ["up"]

[models.canned.providers.up]
type = "openai"
model_name = "gpt-4o-mini"
api_base = "%s/v1/"
api_key_location = "env::UPSTREAM_KEY"
"""

# The wheel holds the gateway; this serves it until the process ends.
TENSORZERO_SERVE = """
import sys, time
from tensorzero import tensorzero
gateway = tensorzero._start_http_gateway(
    config_file=sys.argv[1], clickhouse_url=None, postgres_url=None, valkey_url=None, async_setup=False)
print("URL", gateway.base_url, flush=True)
time.sleep(86400)
"""


def has(package):
    """True if the environment of `make bench-peers` holds the package."""
    library = os.path.join(FOLDER, "lib")
    return os.path.isdir(library) and any(
        os.path.isdir(os.path.join(library, python, "site-packages", package)) for python in os.listdir(library))


class LiteLLM:
    """Two workers, as for two cores; no database, so neither keys nor records are kept."""

    name, model, key = "LiteLLM proxy", "gpt-4o-mini", "sk-benchmark"

    def __init__(self, folder, upstream):
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, "litellm.yaml")
        with open(path, "w") as file:
            file.write(LITELLM % upstream)
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.path = "/v1/chat/completions"
        command = [os.path.join(FOLDER, "bin/litellm"), "--config", path, "--host", "127.0.0.1", "--port", str(port),
                   "--num_workers", "2"]
        self.server = Server(self.name, command, os.path.join(folder, "litellm.log"),
                             {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOG": "ERROR"})
        self.server.wait_ready(self.url + "/health/liveliness", poll_s=0.5)

    def stop(self):
        self.server.stop()


class TensorZero:
    """With its observability off: nothing is recorded."""

    name, model, key = "TensorZero gateway, logging off", "tensorzero::model_name::canned", "none"

    def __init__(self, folder, upstream):
        os.makedirs(folder, exist_ok=True)
        path, script = os.path.join(folder, "tensorzero.toml"), os.path.join(folder, "serve.py")
        with open(path, "w") as file:
            file.write(TENSORZERO % upstream)
        with open(script, "w") as file:
            file.write(TENSORZERO_SERVE)
        self.server = Server(self.name, [PYTHON, script, path], os.path.join(folder, "tensorzero.log"),
                             {"UPSTREAM_KEY": "sk-upstream"})
        base = urllib.parse.urlsplit(self._base_url())
        self.url = f"http://127.0.0.1:{base.port}"
        self.path = base.path.rstrip("/") + "/chat/completions"

    def _base_url(self):
        """It chooses its own port, and says so when it is ready."""
        for _ in range(300):
            for line in self.server.log_tail().splitlines():
                if line.startswith("URL "):
                    return line[4:].strip()
            if self.server.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("TensorZero did not say where it listens:\n" + self.server.log_tail())

    def stop(self):
        self.server.stop()


def installed():
    """The classes of the gateways that can be started."""
    return [peer for peer, package in ((LiteLLM, "litellm"), (TensorZero, "tensorzero")) if has(package)]
