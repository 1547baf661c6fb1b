import shutil

import pytest

from harness import Server, Simulator


@pytest.fixture(scope="session")
def sim():
    simulator = Simulator()
    yield simulator
    simulator.stop()


@pytest.fixture(scope="session")
def signalbox(sim):
    """One server for all tests that need nothing special."""
    server = Server(sim)
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture
def start(sim):
    """Starts servers of a test's own, with settings of its own."""
    servers = []

    def make(**options):
        servers.append(Server(sim, **options))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
