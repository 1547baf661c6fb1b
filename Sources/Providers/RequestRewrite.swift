import Bytes

/// The few edits that a request may need before it goes upstream. Every other byte passes untouched.
package enum RequestRewrite {
    /// - Parameters:
    ///   - bytes: The request as the caller sent it.
    ///   - outline: What the scan found in these bytes.
    ///   - upstreamModel: The provider's name for the model.
    ///   - injectUsage: Ask for usage in a stream where the caller did not, so that it can be priced.
    /// - Returns: The new bytes, or `nil` where nothing has to change.
    package static func apply(
        to bytes: UnsafeRawBufferPointer, outline: RequestOutline, upstreamModel: String, injectUsage: Bool
    ) -> [UInt8]? {
        var patch = JSONPatch()
        var changed = false
        if upstreamModel != outline.model {
            patch.replace(outline.modelRange, with: quoted(upstreamModel))
            changed = true
        }
        if injectUsage, outline.streams, !outline.asksForUsage {
            addUsageOption(JSONView(validated: bytes), &patch)
            changed = true
        }
        return changed ? patch.apply(to: bytes) : nil
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
