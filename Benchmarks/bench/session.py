"""What one run of the benchmarks shares: a temporary folder, and servers that are started when first asked for."""
import os
import shutil
import tempfile

from .gateway import Gateway, Simulator
from .nginx import Nginx


class Session:
    def __init__(self, options):
        self.rounds, self.seconds = options.rounds, options.seconds
        self.first_tokens, self.streams = options.first_tokens, options.streams
        self.soak_seconds, self.records = options.soak_seconds, options.records
        self.keep = options.keep
        self.folder = tempfile.mkdtemp(prefix="signalbox-bench-")
        self._servers = {}

    def _once(self, name, make):
        if name not in self._servers:
            self._servers[name] = make(os.path.join(self.folder, name))
        return self._servers[name]

    def nginx(self):
        return self._once("nginx", Nginx)

    def simulator(self, name="sim"):
        return self._once(name, Simulator)

    def peer(self, kind):
        return self._once(kind.__name__, lambda folder: kind(folder, self.nginx().upstream))

    def gateway(self, upstream=None, name="gateway", configuration=None):
        """A Signalbox in front of `upstream` (nginx if none is named); the same one for the same name."""
        def make(folder):
            front = None if configuration else upstream or self.nginx().upstream
            box = Gateway(folder, front, configuration)
            box.start()
            return box
        box = self._once(name, make)
        if box.server is None:
            box.start()
        return box

    def rest(self):
        """Between measurements: stops the gateways. The upstreams stay, because gateways are configured with their
        ports, and because they are idle without requests."""
        for name, server in list(self._servers.items()):
            if isinstance(server, (Nginx, Simulator)):
                continue
            server.stop()
            if not isinstance(server, Gateway):
                del self._servers[name]

    def close(self):
        for server in reversed(list(self._servers.values())):
            server.stop()
        if self.keep:
            print("kept", self.folder)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
