#include "COpenAPI.h"

// #embed is C23; this compiler takes it in every mode, with a warning.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char document[] = {
#embed "../../docs/openapi.json"
};

const unsigned char *signalbox_openapi_bytes(void) { return document; }

size_t signalbox_openapi_count(void) { return sizeof document; }
