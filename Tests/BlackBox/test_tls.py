"""TLS to providers: certificates and names are always checked."""
import http.server
import json
import shutil
import ssl
import subprocess
import threading

import pytest

from harness import chat, http_request, read_answer

ANSWER = json.dumps({
    "id": "x", "object": "chat.completion", "created": 1, "model": "gpt-4o-mini",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "over TLS"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}}).encode()


class Provider(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """An HTTPS server with a certificate of its own for `localhost`; its port and the certificate's file."""
    openssl = shutil.which("openssl")
    assert openssl, "openssl makes the test's certificate; ca-certificates installs it"
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, certificate
    server.shutdown()


def call(server, model):
    with server.connect() as connection:
        connection.sendall(http_request(chat("x", model=model)))
        status, _, body, _ = read_answer(connection)
        return status, json.loads(body)


def test_trusted_unknown_and_misnamed(start, provider):
    port, certificate = provider
    server = start()
    config = server.config.read_text().replace("models:\n", f"""
  - {{name: trusted, dialect: openai, base_url: "https://localhost:{port}/v1", ca_file: "{certificate}"}}
  - {{name: unknown, dialect: openai, base_url: "https://localhost:{port}/v1"}}
  - {{name: misnamed, dialect: openai, base_url: "https://127.0.0.1:{port}/v1", ca_file: "{certificate}"}}
models:
  - {{name: m-trusted, provider: trusted, upstream_model: gpt-4o-mini}}
  - {{name: m-unknown, provider: unknown}}
  - {{name: m-misnamed, provider: misnamed}}
""")
    server.config.write_text(config)
    server.request("POST", "/api/v1/reload").close()
    status, body = call(server, "m-trusted")
    assert status == 200 and body["choices"][0]["message"]["content"] == "over TLS"
    for model in ["m-unknown", "m-misnamed"]:
        status, body = call(server, model)
        assert status == 502 and body["error"]["code"] == "upstream_tls_failed", (model, body)
