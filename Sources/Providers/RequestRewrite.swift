import Bytes
package import Dialects
package import Vocabulary

/// The few edits that a request may need before it goes upstream. Every other byte passes untouched.
package enum RequestRewrite {
    /// - Parameters:
    ///   - bytes: The request as the caller sent it.
    ///   - outline: What the scan found in these bytes.
    ///   - upstreamModel: The provider's name for the model.
    ///   - injectUsage: Ask for usage in a stream where the caller did not, so that it can be priced.
    ///   - quirks: How the provider differs from the form that it imitates.
    ///   - format: The form of the request; `nil` for calls that are no conversations.
    ///   - strips: Top-level members that were meant for the gateway.
    ///   - changes: What the quirks cost.
    /// - Returns: The new bytes, or `nil` where nothing has to change.
    package static func apply(
        to bytes: UnsafeRawBufferPointer, outline: RequestOutline, upstreamModel: String, injectUsage: Bool,
        quirks: ProviderQuirks = ProviderQuirks(), format: WireFormat? = nil, strips: [String] = [],
        changes: inout [ParameterChange]
    ) -> [UInt8]? {
        var patch = JSONPatch()
        var changed = false
        if let range = outline.modelRange, upstreamModel != outline.model {
            patch.replace(range, with: quoted(upstreamModel))
            changed = true
        }
        let adds = injectUsage && outline.streams && !outline.asksForUsage
        guard adds || quirks != ProviderQuirks() || !strips.isEmpty else {
            return changed ? patch.apply(to: bytes) : nil
        }
        let root = JSONView(validated: bytes)
        if adds { addUsageOption(root, &patch) }
        if let format {
            let target = EncodingTarget(model: upstreamModel, quirks: quirks)
            SameDialectEdits.apply(root, target: target, format: format, to: &patch, changes: &changes)
        }
        let text = patch.apply(to: bytes)
        return strips.isEmpty ? text : TopLevel.removing(strips, from: text)
    }

    private static func addUsageOption(_ root: JSONView, _ patch: inout JSONPatch) {
        if let options = root["stream_options"], options.kind == .object {
            patch.setMember("include_usage", value: Array("true".utf8), in: options)
        } else {
            patch.setMember("stream_options", value: Array(#"{"include_usage":true}"#.utf8), in: root)
        }
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.string(text)
        return writer.bytes
    }
}

/// Takes out top-level members whose names are known only when running.
enum TopLevel {
    static func removing(_ names: [String], from text: [UInt8]) -> [UInt8] {
        text.withUnsafeBytes { bytes in
            var writer = JSONWriter(capacity: bytes.count)
            writer.beginObject()
            JSONView(validated: bytes).forEachMember { key, value in
                let name = key.string
                guard !names.contains(name) else { return }
                writer.key(name)
                writer.raw(value.raw)
            }
            writer.endObject()
            return writer.bytes
        }
    }
}
