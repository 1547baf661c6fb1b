import CRuntime

/// The allocator's settings for a long-lived server.
package enum Memory {
    /// Limits glibc to two arenas: with its default of eight per core, freed memory stays spread over arenas and
    /// resident size only grows. Call once, before threads start.
    package static func configureAllocator() {
        signalbox_limit_arenas(2)
    }

    /// Gives free pages at the top of the heaps back to the system. Cheap when there is nothing to give.
    package static func trim() {
        signalbox_trim()
    }

    /// Bytes of memory that this process holds in RAM, from `/proc/self/statm`; 0 where that can't be read.
    package static func residentBytes() -> Int64 {
        signalbox_resident_bytes()
    }
}
