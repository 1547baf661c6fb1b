#pragma once

/// Limits the number of allocator arenas and sets thresholds for returning memory.
void signalbox_limit_arenas(int count);
/// Returns free pages to the system.
void signalbox_trim(void);
/// Resident bytes of this process, 0 if unknown.
long long signalbox_resident_bytes(void);
/// Names the calling thread; the kernel keeps at most 15 bytes.
void signalbox_name_thread(const char *name);
/// Lowers the calling thread's share of the CPU where others want it too (0 is normal, 19 the least).
void signalbox_yield_to_others(int niceness);
