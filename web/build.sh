#!/usr/bin/env bash
# Checks and bundles the web app into web/dist, from Debian packages alone. Does nothing when nothing changed.
#   web/build.sh            check, bundle, compress
#   web/build.sh --watch    bundle unminified at each change, for work with dev/mock.py; never embed that
set -euo pipefail
cd "$(dirname "$0")"

packages="esbuild node-typescript node-react node-react-dom node-d3-scale node-d3-shape"
if ! command -v esbuild >/dev/null || ! command -v tsc >/dev/null || [ ! -d /usr/share/nodejs/react-dom ] ||
    [ ! -d /usr/share/nodejs/d3-scale ] || [ ! -d /usr/share/nodejs/d3-shape ]; then
    echo "web/build.sh: something is missing. Install it with: apt-get install --no-install-recommends $packages" >&2
    exit 1
fi

export NODE_PATH=/usr/share/nodejs
bundle=(esbuild src/main.tsx --bundle --format=iife --target=es2021 --jsx=automatic --charset=utf8
    --log-level=warning --outfile=dist/app.js)

if [ "${1:-}" = "--watch" ]; then
    rm -f dist/.stamp
    mkdir -p dist
    sed 's/{{SCRIPT}}/dev/; s/{{STYLE}}/dev/' index.html > dist/index.html
    exec "${bundle[@]}" --sourcemap=inline --define:process.env.NODE_ENV='"development"' --watch=forever
fi

# What the result depends on: our files and the versions of everything that makes the bundle.
inputs() {
    find src test index.html build.sh tsconfig.json -type f -print0 | sort -z | xargs -0 sha256sum
    esbuild --version
    grep -h '"version"' /usr/share/nodejs/{react,react-dom,d3-scale,d3-shape}/package.json
}
stamp=$(inputs | sha256sum | cut -c1-64)
if [ "$(cat dist/.stamp 2>/dev/null)" = "$stamp" ] && [ -f dist/manifest.h ]; then
    exit 0
fi

tsc --project tsconfig.json
mkdir -p dist
rm -f dist/.stamp
"${bundle[@]}" --minify --legal-comments=none --define:process.env.NODE_ENV='"production"'

hash_of() { sha256sum "$1" | cut -c1-16; }
script=$(hash_of dist/app.js)
style=$(hash_of dist/app.css)
sed "s/{{SCRIPT}}/$script/; s/{{STYLE}}/$style/" index.html > dist/index.html
for file in index.html app.js app.css; do
    gzip -9nkf "dist/$file"
done

# The C target embeds these files; its object is only rebuilt when something it depends on is newer.
manifest="#define WEB_PAGE_HASH \"$(hash_of dist/index.html)\"
#define WEB_SCRIPT_HASH \"$script\"
#define WEB_STYLE_HASH \"$style\""
if [ "$(cat dist/manifest.h 2>/dev/null)" != "$manifest" ]; then
    printf '%s\n' "$manifest" > dist/manifest.h
    touch ../Sources/CWebAssets/CWebAssets.c
fi
printf '%s\n' "$stamp" > dist/.stamp
echo "web/dist: app.js $(stat -c %s dist/app.js.gz) bytes, app.css $(stat -c %s dist/app.css.gz) bytes (gzip)"
