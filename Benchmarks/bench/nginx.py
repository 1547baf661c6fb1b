"""nginx as the canned upstream and as the plain proxy to compare with: one worker process for both."""
import json
import os

from .processes import Server, free_port

ANSWER_BYTES = 600


def canned_answer():
    """A chat completion of exactly ANSWER_BYTES bytes."""
    def text(padding):
        return json.dumps({
            "id": "chatcmpl-benchmark", "object": "chat.completion", "created": 1700000000, "model": "gpt-4o-mini",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello. " + "x" * padding,
                                                 "refusal": None},
                         "logprobs": None, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29,
                      "prompt_tokens_details": {"cached_tokens": 0},
                      "completion_tokens_details": {"reasoning_tokens": 0}},
            "system_fingerprint": "fp_benchmark",
        }, separators=(",", ":"))
    return text(ANSWER_BYTES - len(text(0)))


CONFIGURATION = """
daemon off;
worker_processes 1;
%(user)s
pid %(folder)s/nginx.pid;
error_log %(folder)s/error.log crit;
events { worker_connections 8192; }
http {
  access_log off;
  client_body_temp_path %(folder)s/body;
  proxy_temp_path %(folder)s/proxy;
  fastcgi_temp_path %(folder)s/fastcgi;
  uwsgi_temp_path %(folder)s/uwsgi;
  scgi_temp_path %(folder)s/scgi;
  client_body_buffer_size 64k;
  keepalive_timeout 300s;
  keepalive_requests 1000000000;
  tcp_nodelay on;
  upstream canned {
    server 127.0.0.1:%(upstream)d;
    keepalive 256;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:%(upstream)d backlog=4096;
    location = /stub_status { stub_status; }
    location / { default_type application/json; return 200 '%(answer)s'; }
  }
  server {
    listen 127.0.0.1:%(proxy)d backlog=4096;
    location / {
      proxy_pass http://canned;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
"""


class Nginx:
    """`upstream` and `proxy` are base URLs without a path."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        upstream, proxy = free_port(), free_port()
        self.upstream = f"http://127.0.0.1:{upstream}"
        self.proxy = f"http://127.0.0.1:{proxy}"
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w") as file:
            file.write(CONFIGURATION % {
                "folder": folder, "upstream": upstream, "proxy": proxy, "answer": canned_answer(),
                # A worker of the default user could not write below a temporary folder of root's.
                "user": "user root;" if os.geteuid() == 0 else ""})
        command = ["nginx", "-p", folder, "-e", os.path.join(folder, "error.log"), "-c", path]
        self.server = Server("nginx", command, os.path.join(folder, "nginx.log"))
        self.server.wait_ready(self.upstream + "/stub_status")

    def stop(self):
        self.server.stop()
