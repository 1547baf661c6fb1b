package import Vocabulary
import Bytes

/// Takes bodies apart for storage, so that what repeats is stored once: a conversation of k turns stores k messages.
///
/// Pure. Lists of messages are cut into one piece per message, in the form of `MessageForm`; system prompts and tools
/// become a piece each, as they stand; the rest is the shell. What is lost: white space, the order of members, repeated
/// escapes, and defaults that were sent explicitly in a message (`null`, `[]`).
package enum BodySplitter {
    /// A body in pieces.
    package struct Split {
        package var manifest = BodyManifest()
        /// The start of what a person would read, at most 200 characters.
        package var preview = ""
        /// True if something was left out on purpose.
        package var isCut = false
    }

    /// Tools below this size stay in the shell: a piece of their own would cost more than it saves, in bytes.
    static let smallestTools = 256
    /// Vectors above this size are left out, and the record says so: nobody reads them and they never repeat, in bytes.
    static let largestVectors = 64 << 10

    /// Takes a request apart and puts its pieces into `sink`.
    package static func request(_ body: UnsafeRawBufferPointer, project: ProjectID, sink: inout ContentSink) -> Split {
        split(body, project: project, sink: &sink) { cutter, members in cutter.request(members) }
    }

    /// Takes an answer apart and puts its pieces into `sink`. An answer that streamed comes put together, as JSON.
    package static func response(_ body: UnsafeRawBufferPointer, project: ProjectID, sink: inout ContentSink) -> Split {
        split(body, project: project, sink: &sink) { cutter, members in cutter.response(members) }
    }

    private static func split(
        _ body: UnsafeRawBufferPointer, project: ProjectID, sink: inout ContentSink,
        _ cut: (inout BodyCutter, [BodyCutter.Member]) -> Void
    ) -> Split {
        guard !body.isEmpty else { return Split() }
        let root = try? JSONView.parse(body)
        // Each walk over a long body costs as much as reading it, so members are found once.
        let members = root.map { Array($0.members) } ?? []
        guard let root, root.kind == .object, !members.contains(where: { isMarked($0.key) }) else {
            let shell = sink.add(BodyShell.wrapping(body, as: root), project: project)
            return Split(manifest: BodyManifest(shell: shell), preview: root == nil ? BodyPreview.clipped(body) : "")
        }
        var cutter = BodyCutter(project: project, sink: sink)
        sink = ContentSink()  // moved into the cutter and back, so that it is never copied
        cut(&cutter, members)
        let manifest = cutter.finish()
        sink = cutter.sink
        return Split(manifest: manifest, preview: cutter.preview, isCut: cutter.isCut)
    }

    /// True for names that could be taken for ours; an escaped one could spell a mark, too.
    private static func isMarked(_ key: JSONKeyView) -> Bool {
        key.isEscaped || key.raw.first == BodyShell.mark
    }
}
