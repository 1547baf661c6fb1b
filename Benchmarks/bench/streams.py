"""Raw streaming clients: nothing between the socket and the clock."""
import resource
import selectors
import socket
import time
import urllib.parse


def request_bytes(target, prompt, stream=True):
    """One chat request as it goes over the wire."""
    body = ('{"model":"%s","stream":%s,"messages":[{"role":"user","content":"%s"}]}'
            % (target.model, "true" if stream else "false", prompt)).encode()
    host = urllib.parse.urlsplit(target.url).netloc
    head = (f"POST {target.path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {target.key}\r\n"
            f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n")
    return head.encode() + body


def connect(target):
    parts = urllib.parse.urlsplit(target.url)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def time_to_first_token(connection, request):
    """Milliseconds from the request's write to the first content delta; reads the stream to its end."""
    started = time.perf_counter_ns()
    connection.sendall(request)
    received, first = b"", None
    while not received.endswith(b"\r\n0\r\n\r\n"):
        part = connection.recv(65536)
        if not part:
            raise RuntimeError(f"the stream broke off after {received[-200:]!r}")
        received += part
        if first is None and b'"content":"' in received.replace(b'"content":""', b""):
            first = time.perf_counter_ns()
    if first is None:
        raise RuntimeError(f"a stream without content: {received[:300]!r}")
    return (first - started) / 1e6


class OpenStreams:
    """Many streams at once, read by one selector."""

    BATCH = 100

    def __init__(self, target, count, prompt):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < count + 200:
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 1000), hard))
        self.selector = selectors.DefaultSelector()
        self.received = {}
        request = request_bytes(target, prompt)
        for number in range(count):
            connection = connect(target)
            connection.sendall(request)
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ)
            self.received[connection] = 0
            if number % self.BATCH == 0:
                self.read_for(0.01)

    def read_for(self, seconds):
        """Reads whatever comes; returns how many streams got something."""
        deadline, live = time.monotonic() + seconds, set()
        while (left := deadline - time.monotonic()) > 0:
            for key, _ in self.selector.select(left):
                part = key.fileobj.recv(65536)
                if not part:
                    raise RuntimeError("a stream ended early")
                self.received[key.fileobj] += len(part)
                live.add(key.fileobj)
        return len(live)

    def close(self):
        for connection in self.received:
            connection.close()
        self.selector.close()
