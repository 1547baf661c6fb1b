#define _GNU_SOURCE
#include "CRuntime.h"
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

void signalbox_limit_arenas(int count) {
    mallopt(M_ARENA_MAX, count);
    // Freed blocks above 1 MiB go straight back to the system instead of raising the heap's high-water mark.
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
}

void signalbox_trim(void) {
    malloc_trim(0);
}

long long signalbox_resident_bytes(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file) return 0;
    long long size = 0, resident = 0;
    int fields = fscanf(file, "%lld %lld", &size, &resident);
    fclose(file);
    return fields == 2 ? resident * sysconf(_SC_PAGESIZE) : 0;
}

void signalbox_name_thread(const char *name) {
    pthread_setname_np(pthread_self(), name);
}

void signalbox_yield_to_others(int niceness) {
    // On Linux a niceness belongs to a thread, and 0 means the calling one.
    setpriority(PRIO_PROCESS, 0, niceness);
}
