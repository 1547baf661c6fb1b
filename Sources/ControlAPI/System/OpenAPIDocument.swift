import COpenAPI

/// `docs/openapi.json`, which is compiled into the binary.
package enum OpenAPIDocument {
    /// The document's bytes, JSON.
    package static var bytes: [UInt8] {
        Array(UnsafeRawBufferPointer(start: signalbox_openapi_bytes(), count: signalbox_openapi_count()))
    }
}
