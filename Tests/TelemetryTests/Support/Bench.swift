import CRuntime
import Glibc
import Telemetry
import Vocabulary

/// A data folder of its own for one test, deleted with it, and the pieces of a process that uses it.
final class Bench: Sendable {
    let directory: String
    let store = MemoryEventStore()
    let limits: JournalLimits

    init(_ configure: (inout JournalLimits) -> Void = { _ in }) {
        var limits = JournalLimits()
        configure(&limits)
        self.limits = limits
        var template = Array("/tmp/telemetry-tests-XXXXXX".utf8CString)
        directory = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? "/nowhere"
        }
    }

    deinit {
        for name in files { unlink("\(directory)/journal/\(name)") }
        unlink("\(directory)/journal/.lock")
        rmdir("\(directory)/journal")
        rmdir(directory)
    }

    /// The journal's files, sorted.
    var files: [String] {
        guard let folder = opendir("\(directory)/journal") else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { name in
                String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    func contents(of file: String) -> [UInt8] {
        guard let handle = fopen("\(directory)/journal/\(file)", "rb") else { return [] }
        defer { fclose(handle) }
        fseek(handle, 0, SEEK_END)
        var bytes = [UInt8](repeating: 0, count: ftell(handle))
        rewind(handle)
        let count = fread(&bytes, 1, bytes.count, handle)
        return Array(bytes.prefix(count))
    }

    func replace(_ file: String, with bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard let handle = fopen("\(directory)/journal/\(file)", "wb") else { return }
        fwrite(bytes, 1, bytes.count, handle)
        fclose(handle)
    }

    func backlog() -> JournalBacklog { JournalBacklog(limits: limits) }

    func lane(_ backlog: JournalBacklog, _ number: Int = 0) throws -> JournalLane {
        try JournalLane(directory: directory, lane: number, backlog: backlog, limits: limits)
    }

    func drain(
        _ backlog: JournalBacklog, onStored: @escaping @Sendable ([SpanRecord]) -> Void = { _ in }
    ) -> RecordDrain {
        RecordDrain(directory: directory, store: store, backlog: backlog, limits: limits, onStored: onStored)
    }

    func pipeline(
        _ backlog: JournalBacklog, onStored: @escaping @Sendable ([SpanRecord]) -> Void = { _ in }
    ) -> RecordPipeline {
        RecordPipeline(
            directory: directory, store: store, backlog: backlog, limits: limits, time: FixedTime(),
            onStored: onStored)
    }

    /// What a new process finds and stores.
    func replay() throws -> ReplayReport {
        let pipeline = pipeline(backlog())
        defer { pipeline.stop() }
        return try pipeline.replay()
    }

    /// Appends records with these numbers and leaves the lane as a killed process would.
    func writeAndDie(_ numbers: Range<UInt64>, lane number: Int = 0) throws {
        let backlog = backlog()
        let lane = try lane(backlog, number)
        for number in numbers { try lane.append(span(number)) }
        lane.close()
    }
}

extension JournalLane {
    func append(_ span: SpanRecord, request: String = #"{"model":"m"}"#, response: String = "{}") throws(JournalError) {
        let bodies = (Array(request.utf8), Array(response.utf8))
        var failure: JournalError?
        bodies.0.withUnsafeBytes { request in
            bodies.1.withUnsafeBytes { response in
                do throws(JournalError) {
                    try append(span, requestBody: request, responseBody: response)
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
    }
}

/// A span that is told apart by its number.
func span(_ number: UInt64) -> SpanRecord {
    var span = SpanRecord(id: ID128(high: number, low: ~number), project: "p", environment: "dev", keyID: "key_1")
    span.requestModel = "m\(number)"
    span.httpStatus = 200
    return span
}

/// The journal's checksum, unsalted.
func checksum(_ bytes: [UInt8]) -> UInt32 { signalbox_crc32c(0, bytes, bytes.count) }
