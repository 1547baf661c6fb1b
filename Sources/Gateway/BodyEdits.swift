import Bytes
package import Routing

/// Carries a route's changes of a body out.
package enum BodyEdits {
    /// - Parameter bytes: A valid JSON object.
    /// - Returns: The changed object; members that nothing is said about stay as they are.
    package static func apply(_ edits: ParameterEdits, to bytes: UnsafeRawBufferPointer) -> [UInt8] {
        let root = JSONView(validated: bytes)
        let paths = edits.drops.map { steps($0) }
        var writer = JSONWriter(capacity: bytes.count + 64)
        var seen: Set<String> = []
        writer.beginObject()
        for member in edits.overrides {
            writer.key(member.name)
            writer.raw(Array(member.json.utf8))
            seen.insert(member.name)
        }
        root.forEachMember { key, value in
            let name = key.string
            guard !seen.contains(name) else { return }
            seen.insert(name)
            let inner = rest(paths, after: .member(name))
            if inner.contains(where: \.isEmpty) { return }
            writer.key(name)
            write(value, dropping: inner, to: &writer)
        }
        for member in edits.defaults where !seen.contains(member.name) {
            writer.key(member.name)
            writer.raw(Array(member.json.utf8))
        }
        writer.endObject()
        return writer.bytes
    }

    private enum Step: Equatable {
        case member(String)
        case element(Int)
        case everyElement
    }

    /// `messages[*].name` is three steps.
    private static func steps(_ path: String) -> [Step] {
        path.split(separator: ".").flatMap { piece -> [Step] in
            let parts = piece.split(separator: "[", omittingEmptySubsequences: false)
            let name: [Step] = parts[0].isEmpty ? [] : [.member(String(parts[0]))]
            return name + parts.dropFirst().map { part in
                Int(part.dropLast()).map { .element($0) } ?? .everyElement
            }
        }
    }

    /// What is left of the paths that begin with a step.
    private static func rest(_ paths: [[Step]], after step: Step) -> [[Step]] {
        paths.compactMap { path in
            guard let first = path.first else { return nil }
            let isSame = first == step
            if case .element = step, first == .everyElement { return Array(path.dropFirst()) }
            return isSame ? Array(path.dropFirst()) : nil
        }
    }

    private static func write(_ value: JSONView, dropping paths: [[Step]], to writer: inout JSONWriter) {
        guard !paths.isEmpty else { return writer.raw(value.raw) }
        switch value.kind {
        case .object:
            writer.beginObject()
            value.forEachMember { key, member in
                let inner = rest(paths, after: .member(key.string))
                if inner.contains(where: \.isEmpty) { return }
                writer.key(key.string)
                write(member, dropping: inner, to: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            var index = 0
            value.forEachElement { element in
                let inner = rest(paths, after: .element(index))
                index += 1
                if !inner.contains(where: \.isEmpty) { write(element, dropping: inner, to: &writer) }
            }
            writer.endArray()
        default: writer.raw(value.raw)
        }
    }
}
