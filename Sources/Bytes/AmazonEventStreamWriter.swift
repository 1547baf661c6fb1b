/// Writes the messages of `application/vnd.amazon.eventstream`; see `AmazonEventStreamFramer` for their form.
package enum AmazonEventStreamWriter {
    /// Appends one message.
    ///
    /// - Parameters:
    ///   - headers: Names of up to 255 and values of up to 65,535 UTF-8 bytes, in the order in which they are sent;
    ///     what is longer is cut.
    ///   - payload: May be empty.
    package static func append(
        headers: [(name: String, value: String)], payload: some Collection<UInt8>, to output: inout [UInt8]
    ) {
        let start = output.count
        let block = self.block(headers)
        append(UInt32(truncatingIfNeeded: block.count + payload.count + 16), to: &output)
        append(UInt32(truncatingIfNeeded: block.count), to: &output)
        append(checksum(of: output[start...]), to: &output)
        output.append(contentsOf: block)
        output.append(contentsOf: payload)
        append(checksum(of: output[start...]), to: &output)
    }

    /// Appends an event with a JSON payload, with the headers that Bedrock sends.
    package static func appendEvent(_ name: String, json: some Collection<UInt8>, to output: inout [UInt8]) {
        let headers = [(":event-type", name), (":content-type", "application/json"), (":message-type", "event")]
        append(headers: headers.map { (name: $0.0, value: $0.1) }, payload: json, to: &output)
    }

    /// Appends a modelled failure with a JSON payload, with the headers that Bedrock sends.
    package static func appendException(_ name: String, json: some Collection<UInt8>, to output: inout [UInt8]) {
        let headers = [(":exception-type", name), (":content-type", "application/json"), (":message-type", "exception")]
        append(headers: headers.map { (name: $0.0, value: $0.1) }, payload: json, to: &output)
    }

    private static func block(_ headers: [(name: String, value: String)]) -> [UInt8] {
        var block: [UInt8] = []
        for header in headers {
            let name = header.name.utf8.prefix(255)
            let value = header.value.utf8.prefix(65_535)
            block.append(UInt8(truncatingIfNeeded: name.count))
            block.append(contentsOf: name)
            block.append(7)
            block.append(UInt8(truncatingIfNeeded: value.count >> 8))
            block.append(UInt8(truncatingIfNeeded: value.count))
            block.append(contentsOf: value)
        }
        return block
    }

    private static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBytes { CRC32.checksum($0) }
    }

    private static func append(_ word: UInt32, to output: inout [UInt8]) {
        for shift in [24, 16, 8, 0] as [UInt32] { output.append(UInt8(truncatingIfNeeded: word &>> shift)) }
    }
}
