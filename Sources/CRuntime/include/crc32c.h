#pragma once

#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `length` bytes, continued from `seed`.
///
/// A `seed` of 0 gives the standard checksum; any other value gives a checksum that only fits data written with it.
uint32_t signalbox_crc32c(uint32_t seed, const void *_Nullable bytes, size_t length);

/// The same value from the table, whatever the processor offers; for the test that compares the two.
uint32_t signalbox_crc32c_portable(uint32_t seed, const void *_Nullable bytes, size_t length);
