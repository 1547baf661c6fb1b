#pragma once
#include <stddef.h>

/// The built-in model catalogue: UTF-8 JSON, laid out as docs/prices.md says. Lives as long as the program.
const unsigned char *signalbox_catalog(void);

/// How many bytes `signalbox_catalog()` points at.
size_t signalbox_catalog_size(void);
