extension JSONCanonicalizer {
    /// Up to this many members are sorted by insertion, which beats the library's sort there.
    private static let fewMembers = 24

    /// Brings the members written from `contentStart` on into the order of their names, the last of each name only.
    mutating func putInOrder(membersFrom first: Int, contentStart: Int) {
        if members.count - first < 2 || isInOrder(from: first) { return }
        sortMembers(from: first)
        scratch.removeAll(keepingCapacity: true)
        output.withUnsafeBytes { scratch.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[contentStart...])) }
        output.removeLast(output.count - contentStart)
        scratch.withUnsafeBytes { content in
            guard let content = content.baseAddress else { return }
            for index in first..<members.count {
                if index + 1 < members.count, compare(members[index], members[index + 1]) == 0 { continue }
                let written = members[index].written
                let range = written.lowerBound - contentStart..<written.upperBound - contentStart
                output.append(contentsOf: content.slice(range))
            }
        }
    }

    private func isInOrder(from first: Int) -> Bool {
        for index in first + 1..<members.count where compare(members[index - 1], members[index]) >= 0 { return false }
        return true
    }

    /// Sorts the members from `first` on by name, those of one name in the order of the text.
    private mutating func sortMembers(from first: Int) {
        if members.count - first > Self.fewMembers {
            let sorted = members[first...].enumerated().sorted { left, right in
                let order = compare(left.element, right.element)
                return order == 0 ? left.offset < right.offset : order < 0
            }
            members.replaceSubrange(first..., with: sorted.map(\.element))
            return
        }
        for index in first + 1..<members.count {
            let member = members[index]
            var hole = index
            while hole > first, compare(members[hole - 1], member) > 0 {
                members[hole] = members[hole - 1]
                hole -= 1
            }
            members[hole] = member
        }
    }

    /// Below, at or above zero as the first name's UTF-8 comes before, equals or comes after the second's.
    @inline(__always)
    private func compare(_ left: Member, _ right: Member) -> Int {
        if !left.isDecoded && !right.isDecoded { return Self.compare(base.slice(left.name), base.slice(right.name)) }
        return decodedNames.withUnsafeBytes { names in
            Self.compare(
                left.isDecoded ? UnsafeRawBufferPointer(rebasing: names[left.name]) : base.slice(left.name),
                right.isDecoded ? UnsafeRawBufferPointer(rebasing: names[right.name]) : base.slice(right.name))
        }
    }

    private static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
            return left[index] < right[index] ? -1 : 1
        }
        return left.count - right.count
    }
}
