/// Remembers roughly the last `capacity` to `2 * capacity` different members, in two generations.
///
/// Membership costs one or two probes and no list keeping; a member that is seen again moves to the young generation,
/// so what repeats (system prompts, earlier turns) stays.
struct RecentSet<Member: Hashable> {
    private var young: Set<Member> = []
    private var old: Set<Member> = []
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// Adds the member; false if it was remembered already.
    mutating func insert(_ member: Member) -> Bool {
        if young.contains(member) { return false }
        let isNew = !old.contains(member)
        if young.count >= capacity {
            swap(&young, &old)
            young.removeAll(keepingCapacity: true)
        }
        young.insert(member)
        return isNew
    }

    mutating func removeAll() {
        young.removeAll(keepingCapacity: true)
        old.removeAll(keepingCapacity: true)
    }
}
