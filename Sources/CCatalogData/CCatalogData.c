#include "CCatalogData.h"

// #embed is C23; clang offers it in every mode, with a warning that would fail the build.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char catalog[] = {
#embed "catalog.json"
};

const unsigned char *signalbox_catalog(void) { return catalog; }

size_t signalbox_catalog_size(void) { return sizeof catalog; }
