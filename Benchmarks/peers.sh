#!/bin/sh
# Installs the gateways that `make bench` compares with, from PyPI, into a virtual environment of their own.
set -eu
folder="${SIGNALBOX_BENCH_PEERS:-$(dirname "$0")/../.build/bench-peers}"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet 'litellm[proxy]' 'tensorzero==2026.6.0'
"$folder/bin/pip" list 2>/dev/null | grep -iE '^(litellm|tensorzero) '
