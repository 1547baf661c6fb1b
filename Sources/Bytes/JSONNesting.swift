/// Which open containers are objects: one bit each, no allocation up to 64 levels.
struct JSONNesting {
    private(set) var depth = 0
    private var recent: UInt64 = 0
    private var older: [UInt64] = []

    /// True if the innermost open container is an object. Call only while `depth` is above zero.
    @inline(__always)
    var isInObject: Bool { recent & 1 == 1 }

    @inline(__always)
    mutating func push(isObject: Bool) {
        if depth & 63 == 0, depth > 0 { older.append(recent) }
        recent = recent &<< 1 | (isObject ? 1 : 0)
        depth &+= 1
    }

    @inline(__always)
    mutating func pop() {
        depth &-= 1
        recent = depth & 63 == 0 && depth > 0 ? older.removeLast() : recent &>> 1
    }
}
