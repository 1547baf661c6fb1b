#include "crc32c.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <nmmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#endif

/// 0x1EDC6F41 with its bits reversed.
static const uint32_t castagnoli = 0x82F63B78u;
static uint32_t table[256];

#if defined(__x86_64__)
static int has_instruction;
#endif

/// Runs before `main`, so that neither the table nor the flag needs a lock.
__attribute__((constructor)) static void prepare(void) {
    for (uint32_t index = 0; index < 256; index++) {
        uint32_t value = index;
        for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ ((value & 1) ? castagnoli : 0);
        table[index] = value;
    }
#if defined(__x86_64__)
    unsigned a, b, c = 0, d;
    has_instruction = __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_2);
#endif
}

uint32_t signalbox_crc32c_portable(uint32_t seed, const void *bytes, size_t length) {
    const uint8_t *next = bytes;
    uint32_t crc = ~seed;
    for (size_t index = 0; index < length; index++) crc = table[(crc ^ next[index]) & 0xFF] ^ (crc >> 8);
    return ~crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2")))
static uint32_t with_instruction(uint32_t seed, const uint8_t *next, size_t length) {
    uint64_t crc = (uint32_t)~seed;
    for (; length >= 8; next += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, next, 8);
        crc = _mm_crc32_u64(crc, word);
    }
    for (; length > 0; next++, length--) crc = _mm_crc32_u8((uint32_t)crc, *next);
    return ~(uint32_t)crc;
}
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
static uint32_t with_instruction(uint32_t seed, const uint8_t *next, size_t length) {
    uint32_t crc = ~seed;
    for (; length >= 8; next += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, next, 8);
        crc = __crc32cd(crc, word);
    }
    for (; length > 0; next++, length--) crc = __crc32cb(crc, *next);
    return ~crc;
}
#endif

uint32_t signalbox_crc32c(uint32_t seed, const void *bytes, size_t length) {
#if defined(__x86_64__)
    if (has_instruction) return with_instruction(seed, bytes, length);
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
    return with_instruction(seed, bytes, length);
#endif
    return signalbox_crc32c_portable(seed, bytes, length);
}
