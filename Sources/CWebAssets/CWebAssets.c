// The web app as read-only data. web/build.sh writes web/dist and touches this file when the content changed, because
// a first build adds files that an earlier build's dependency list could not name.
#include "CWebAssets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#if __has_include("../../web/dist/manifest.h")
#include "../../web/dist/manifest.h"

static const unsigned char page[] = {
#embed "../../web/dist/index.html"
};
static const unsigned char page_gzip[] = {
#embed "../../web/dist/index.html.gz"
};
static const unsigned char script[] = {
#embed "../../web/dist/app.js"
};
static const unsigned char script_gzip[] = {
#embed "../../web/dist/app.js.gz"
};
static const unsigned char style[] = {
#embed "../../web/dist/app.css"
};
static const unsigned char style_gzip[] = {
#embed "../../web/dist/app.css.gz"
};

#define ASSET(path, type, hash, name) \
    {path, type, hash, name, sizeof name, name##_gzip, sizeof name##_gzip}

static const signalbox_web_asset assets[] = {
    ASSET("/", "text/html; charset=utf-8", WEB_PAGE_HASH, page),
    ASSET("/assets/app-" WEB_SCRIPT_HASH ".js", "text/javascript; charset=utf-8", WEB_SCRIPT_HASH, script),
    ASSET("/assets/app-" WEB_STYLE_HASH ".css", "text/css; charset=utf-8", WEB_STYLE_HASH, style),
};

#else

static const unsigned char page[] =
    "<!doctype html><html lang=en><meta charset=utf-8><title>Signalbox</title>"
    "<h1>Signalbox is running</h1>"
    "<p>The web app was not built: run <code>make web</code>, then build again. The API works without it.</p>\n";

static const signalbox_web_asset assets[] = {
    {"/", "text/html; charset=utf-8", "not-built", page, sizeof page - 1, NULL, 0},
};

#endif

const signalbox_web_asset *signalbox_web_asset_at(size_t index) { return &assets[index]; }

size_t signalbox_web_asset_count(void) { return sizeof assets / sizeof assets[0]; }
