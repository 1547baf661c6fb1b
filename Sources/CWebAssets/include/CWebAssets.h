#pragma once

#include <stddef.h>

/// One file of the built web app, inside the binary's read-only data; it lives as long as the process.
typedef struct {
    /// The path it is served at, for example `/assets/app-1f0c.js`. Never null.
    const char *path;
    /// A complete `Content-Type` value.
    const char *content_type;
    /// Hexadecimal hash of the bytes, without quotes.
    const char *etag;
    const unsigned char *bytes;
    size_t size;
    /// The same file as gzip; `gzip_size` is 0 where the build made none.
    const unsigned char *gzip_bytes;
    size_t gzip_size;
} signalbox_web_asset;

/// The table of assets; `index` must be below `signalbox_web_asset_count()`. The first is always the page itself.
const signalbox_web_asset *signalbox_web_asset_at(size_t index);

/// How many assets there are, at least one.
size_t signalbox_web_asset_count(void);
