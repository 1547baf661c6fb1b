#!/usr/bin/env bash
# Runs the web app's unit tests under Node: the same sources, bundled by the same esbuild.
set -euo pipefail
cd "$(dirname "$0")"
export NODE_PATH=/usr/share/nodejs
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
esbuild test/*.test.ts --bundle --platform=node --format=cjs --jsx=automatic --log-level=warning --outdir="$out" \
    --out-extension:.js=.cjs --banner:js='globalThis.window = { addEventListener() {} }; globalThis.location = { pathname: "/", search: "", hash: "" };'
node --test "$out"
