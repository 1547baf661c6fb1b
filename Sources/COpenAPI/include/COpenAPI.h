#pragma once

#include <stddef.h>

/// The API's OpenAPI document (docs/openapi.json), UTF-8, without a final zero.
const unsigned char *_Nonnull signalbox_openapi_bytes(void);
/// Its length in bytes.
size_t signalbox_openapi_count(void);
