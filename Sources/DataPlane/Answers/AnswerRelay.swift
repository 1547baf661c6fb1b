import Bytes
import Dialects
import Gateway
import NIOCore
import NIOHTTP1
import Providers
import Vocabulary

/// One attempt's answer on its way through: what the observer learns, and which bytes the caller gets.
struct AnswerRelay {
    /// What came of one piece of the answer.
    struct Piece {
        /// What goes on to the caller.
        var bytes: ByteBuffer
        var meaning: EventMeaning
        /// The provider reported an error inside its stream.
        var failure: ProviderError?
        /// Why nobody can make sense of the answer.
        var fault: String?
    }

    private enum Mode {
        /// The provider's bytes go on as they are.
        case verbatim
        /// Events are read and written anew.
        case translating
        /// A stream that the caller wants as a whole.
        case gathering
        /// A whole body that is rewritten at its end.
        case rewriting
    }

    private let setup: RelaySetup
    private var mode = Mode.verbatim
    /// Changed in place: a copy would copy the answer so far with every piece.
    private var translator: AnswerTranslator?
    private var observer: AnswerObserver
    private(set) var isStream = false
    private(set) var contentType: String?
    /// The whole body of an answer that does not stream, as the provider sent it.
    private(set) var body = ByteBuffer()
    /// What a rewritten answer became.
    private(set) var rewritten: [UInt8]?
    private(set) var isCut = false
    private var status = 0
    private var framer: SSEFramer
    private var amazon: AmazonEventStreamFramer?
    private var hidesUsage = false
    /// Some event of a stream meant something.
    private var hasMeaning = false
    private var leftover: [UInt8] = []
    private var learnt: ObservedAnswer?

    init(_ setup: RelaySetup) {
        self.setup = setup
        observer = AnswerObserver(
            operation: setup.operation, format: setup.observedFormat, recordingLimit: setup.limits.recordedBodyBytes
        )
        framer = SSEFramer(maximumEventBytes: setup.limits.eventBytes)
    }

    /// The provider's head: decides how the rest is handled, and until when it may be held back.
    mutating func begin(_ head: HTTPResponseHead) -> Exchange.Hold {
        status = Int(head.status.code)
        contentType = head.headers.first(name: "content-type")
        isStream = contentType?.dropping(prefix: "text/event-stream") != nil
        let isAmazon = contentType?.dropping(prefix: "application/vnd.amazon.eventstream") != nil
        if setup.rewriter != nil {
            isStream = false
            mode = .rewriting
            return .whole
        }
        if setup.extend != nil, setup.translation == nil, status < 400, !isStream {
            mode = .rewriting
            return .whole
        }
        guard let translation = setup.translation else {
            hidesUsage = setup.hidesUsage && isStream
            if isAmazon { amazon = AmazonEventStreamFramer(maximumMessageBytes: setup.limits.eventBytes) }
            return isStream || isAmazon ? .untilContent : .untilEnd
        }
        guard status < 400, isStream || isAmazon else {
            isStream = status < 400 && translation.wantsStream
            mode = .rewriting
            return .whole
        }
        isStream = translation.wantsStream
        mode = translation.wantsStream ? .translating : .gathering
        // One that took over another attempt's stream goes on writing it.
        if translator == nil { translator = makeTranslator(translation) }
        return translation.wantsStream ? .untilContent : .whole
    }

    private func makeTranslator(_ translation: AnswerTranslation) -> AnswerTranslator {
        AnswerTranslator(
            provider: translation.provider, caller: translation.caller, context: translation.context,
            eventLimit: setup.limits.eventBytes, recordingLimit: setup.limits.recordedBodyBytes
        )
    }

    /// Goes on with the answer of another attempt where `other` broke: the caller's stream is one.
    mutating func takeOver(_ other: AnswerRelay) {
        guard case .translating = other.mode, let translation = setup.translation else { return }
        translator = other.translator
        translator?.continueReading(translation.provider)
        mode = .translating
        isStream = true
    }

    /// The answer so far, where it is read event by event.
    var partial: ModelAnswer? {
        guard case .translating = mode else { return nil }
        return translator?.assembler.answer
    }

    /// True where the caller's copy of the body may be shorter than the provider's.
    var changesBody: Bool {
        if case .verbatim = mode { return hidesUsage }
        return true
    }

    /// True where the caller's bytes are ours, not the provider's.
    var isRewritten: Bool {
        if case .verbatim = mode { return false }
        return true
    }

    /// The content type of the caller's copy; `nil` to keep the provider's.
    var callerContentType: String? {
        if case .verbatim = mode { return nil }
        return isStream ? "text/event-stream; charset=utf-8" : "application/json"
    }

    /// Takes the next bytes. Throws where the stream can't be cut into events.
    mutating func receive(_ bytes: ByteBuffer) throws -> Piece {
        switch mode {
        case .verbatim: return try receiveVerbatim(bytes)
        case .rewriting:
            keep(bytes)
            return Piece(bytes: ByteBuffer(), meaning: [])
        case .translating: return try translate(bytes, gathers: false)
        case .gathering: return try translate(bytes, gathers: true)
        }
    }

    private mutating func translate(_ bytes: ByteBuffer, gathers: Bool) throws -> Piece {
        var output: [UInt8] = []
        let progress = try bytes.withUnsafeReadableBytes { try translator?.feed($0, into: &output) }
        extendEvents(&output)
        return piece(gathers ? [] : output, progress ?? AnswerTranslator.Progress())
    }

    private func piece(_ output: [UInt8], _ progress: AnswerTranslator.Progress) -> Piece {
        var meaning: EventMeaning = progress.hasContent ? .content : []
        if progress.hasEnded { meaning.insert(.terminal) }
        let failure = progress.failure.map { ProviderError(code: $0.code, message: $0.message) }
        let fault = progress.isUnreadable ? "an event of its stream is no JSON" : nil
        return Piece(bytes: ByteBuffer(bytes: output), meaning: meaning, failure: failure, fault: fault)
    }

    private mutating func receiveVerbatim(_ bytes: ByteBuffer) throws -> Piece {
        if isStream { return try relay(bytes) }
        guard amazon != nil else {
            keep(bytes)
            return Piece(bytes: bytes, meaning: [])
        }
        var meaning: EventMeaning = []
        try bytes.withUnsafeReadableBytes { chunk in
            try amazon?.feed(chunk) { meaning.formUnion(observer.observe(name: $0.name, data: $0.data)) }
        }
        return Piece(bytes: bytes, meaning: meaning.intersection(.content))
    }

    /// The provider has ended its answer: what is left for the caller.
    mutating func end() -> Piece {
        switch mode {
        case .verbatim:
            endVerbatim()
            return Piece(bytes: ByteBuffer(bytes: leftover), meaning: [], fault: verbatimFault)
        case .translating, .gathering:
            var output: [UInt8] = []
            let progress = translator?.end(into: &output) ?? AnswerTranslator.Progress()
            extendEvents(&output)
            guard case .gathering = mode else { return piece(output, progress) }
            guard !progress.isUnreadable else { return piece([], progress) }
            rewritten = translator.flatMap { setup.translation?.rewrite($0.assembler.answer) }
            return piece(rewritten ?? [], progress)
        case .rewriting:
            guard let output = rewrite() else {
                let fault = isCut ? "it is longer than limits.body_bytes" : "its body is not what it should be"
                return Piece(bytes: ByteBuffer(), meaning: [], fault: fault)
            }
            return Piece(bytes: ByteBuffer(bytes: output), meaning: [])
        }
    }

    /// What goes through is not ours to judge, but an answer that could still be replaced is looked at.
    private var verbatimFault: String? {
        guard status < 400, amazon == nil, !isCut else { return nil }
        if isStream { return hasMeaning ? nil : "no event of its stream can be read" }
        guard contentType?.dropping(prefix: "application/json") != nil else { return nil }
        let isReadable = body.withUnsafeReadableBytes { (try? JSONView.parse($0)) != nil }
        return isReadable ? nil : "its body is no JSON"
    }

    /// A last event without its blank line still counts, and still goes on.
    private mutating func endVerbatim() {
        guard isStream else { return }
        leftover = framer.heldBytes
        _ = framer.finish { event in
            if observer.observe(event) == .usageOnly, hidesUsage { leftover = [] }
        }
    }

    /// A whole good answer in the caller's format; `nil` for one that can't be read.
    private mutating func rewrite() -> [UInt8]? {
        guard status < 400 else { return [] }
        if let rewriter = setup.rewriter { return rewrite(with: rewriter) }
        guard let translation = setup.translation else { return extended() }
        guard let answer = decodedBody(translation) else { return nil }
        var observed = ObservedAnswer()
        observed.settle(answer)
        learnt = observed
        var output = translation.rewrite(answer)
        if translation.wantsStream { extendEvents(&output, answer.usage) } else if let extend = setup.extend {
            output = extend(output, answer.usage)
        }
        rewritten = output
        return output
    }

    private func extendEvents(_ output: inout [UInt8], _ usage: TokenUsage? = nil) {
        guard let extend = setup.extend, !output.isEmpty else { return }
        let known = usage ?? (translator?.assembler.hasFinalUsage == true ? translator?.assembler.usage : nil)
        output = EventData.extended(output) { extend($0, known) }
    }

    /// A whole answer in the caller's dialect, with what its product adds.
    private mutating func extended() -> [UInt8] {
        guard let extend = setup.extend else { return [] }
        body.withUnsafeReadableBytes { observer.observe(whole: $0) }
        let observed = observer.finish()
        learnt = observed
        let output = extend(Array(buffer: body), observed.usageSource == .none ? nil : observed.usage)
        rewritten = output
        return output
    }

    private mutating func rewrite(with rewriter: WholeRewriter) -> [UInt8]? {
        let result = body.withUnsafeReadableBytes { bytes in
            (try? JSONView.parse(bytes)).flatMap { rewriter.rewrite($0) }
        }
        guard let result else { return nil }
        learnt = result.observed
        rewritten = result.body
        return result.body
    }

    /// What was learnt in all. Call once, when the call is settled.
    mutating func finish() -> ObservedAnswer {
        switch mode {
        case .translating, .gathering: return finishTranslated()
        case .rewriting:
            var answer = learnt ?? ObservedAnswer()
            answer.truncated = isCut
            answer.assembled = setup.translation?.wantsStream == true ? nil : rewritten
            return answer
        case .verbatim: break
        }
        if !isStream, amazon == nil, body.readableBytes > 0, !isCut {
            body.withUnsafeReadableBytes { observer.observe(whole: $0) }
        }
        var answer = observer.finish()
        if isCut { answer.truncated = true }
        return answer
    }

    private func finishTranslated() -> ObservedAnswer {
        var answer = ObservedAnswer()
        guard let translator, let translation = setup.translation else { return answer }
        answer.settle(translator.assembler)
        if translator.assembler.seen > 0 {
            answer.assembled = translation.caller.encode(translator.assembler.answer, context: translation.context)
        }
        return answer
    }

    /// The whole answer in the caller's form, for the cache; `nil` where there is none.
    ///
    /// - Parameter observed: What `finish` gave.
    func whole(_ observed: ObservedAnswer) -> (body: [UInt8], isAssembled: Bool)? {
        guard !isCut else { return nil }
        switch mode {
        case .verbatim:
            if isStream { return observed.assembled.map { ($0, true) } }
            return amazon == nil && body.readableBytes > 0 ? (Array(buffer: body), false) : nil
        case .translating: return observed.assembled.map { ($0, false) }
        case .gathering: return (rewritten ?? observed.assembled).map { ($0, false) }
        case .rewriting:
            guard status < 400, let translation = setup.translation else { return nil }
            guard translation.wantsStream else { return rewritten.map { ($0, false) } }
            return decodedBody(translation).map { (translation.caller.encode($0, context: translation.context), false) }
        }
    }

    private func decodedBody(_ translation: AnswerTranslation) -> ModelAnswer? {
        body.withUnsafeReadableBytes { bytes in
            guard let root = try? JSONView.parse(bytes), root.kind == .object else { return nil }
            return translation.provider.decode(root)
        }
    }

    /// Gives the body's memory back.
    mutating func release() {
        body = ByteBuffer()
        rewritten = nil
    }
}

extension AnswerRelay {
    private mutating func keep(_ bytes: ByteBuffer) {
        guard !isCut else { return }
        guard body.readableBytes + bytes.readableBytes <= setup.limits.bodyBytes else {
            isCut = true
            return
        }
        if body.readableBytes == 0 {
            body = bytes
        } else {
            var bytes = bytes
            body.writeBuffer(&bytes)
        }
    }

    /// Passes complete events on, so that a stream that breaks never ends within one, and keeps back the usage chunk
    /// that the caller did not ask for.
    private mutating func relay(_ bytes: ByteBuffer) throws -> Piece {
        var meaning: EventMeaning = []
        let held = framer.heldBytes
        var hidden: [Range<Int>] = []
        var position = 0
        try bytes.withUnsafeReadableBytes { chunk in
            try framer.feed(chunk) { event in
                let found = observer.observe(event)
                meaning.formUnion(found)
                if hidesUsage, found == .usageOnly { hidden.append(position..<event.endsAt) }
                position = event.endsAt
            }
        }
        if !meaning.isEmpty { hasMeaning = true }
        let output = visible(of: bytes, upTo: framer.consumedInChunk, held: held, without: hidden)
        return Piece(bytes: output, meaning: meaning, failure: meaning.contains(.failure) ? observer.error : nil)
    }

    /// - Parameters:
    ///   - end: How much of the chunk belongs to complete events.
    ///   - held: What earlier chunks left of the first event.
    ///   - hidden: Events of this chunk to leave out; one that begins at 0 takes `held` with it.
    private func visible(
        of bytes: ByteBuffer, upTo end: Int, held: [UInt8], without hidden: [Range<Int>]
    ) -> ByteBuffer {
        let start = bytes.readerIndex
        if held.isEmpty || end == 0, hidden.isEmpty { return bytes.getSlice(at: start, length: end) ?? ByteBuffer() }
        var output = ByteBuffer()
        if hidden.first?.lowerBound != 0 { output.writeBytes(held) }
        var position = 0
        for range in hidden + [end..<end] {
            if var slice = bytes.getSlice(at: start + position, length: range.lowerBound - position) {
                output.writeBuffer(&slice)
            }
            position = range.upperBound
        }
        return output
    }
}
