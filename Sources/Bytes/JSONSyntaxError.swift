/// Why some bytes are not a JSON text, and where.
package struct JSONSyntaxError: Error, Sendable, Equatable {
    /// The kind of mistake, with a sentence for people in `text`.
    package enum Reason: String, Sendable {
        case emptyText
        case unexpectedEnd
        case expectedValue
        case expectedKey
        case expectedColon
        case expectedCommaOrEnd
        case invalidLiteral
        case invalidNumber
        case invalidEscape
        case controlCharacterInString
        case invalidUTF8
        case tooDeep
        case bytesAfterValue
    }

    /// What is wrong.
    package var reason: Reason
    /// Offset of the offending byte from the beginning of the text; the length of the text where it ends too early.
    package var offset: Int

    /// - Parameter offset: From the beginning of the text, in bytes.
    package init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONSyntaxError.Reason {
    /// What is wrong, as the middle of a sentence; it never quotes the text itself.
    package var text: String {
        switch self {
        case .emptyText: "there is no JSON value"
        case .unexpectedEnd: "the JSON text ends too early"
        case .expectedValue: "a JSON value was expected"
        case .expectedKey: "a member name in double quotes was expected"
        case .expectedColon: "a colon was expected after the member name"
        case .expectedCommaOrEnd: "a comma or the end of the array or object was expected"
        case .invalidLiteral: "only true, false and null may stand without quotes"
        case .invalidNumber: "the number is not written as JSON demands"
        case .invalidEscape: "the escape sequence in the string is unknown or incomplete"
        case .controlCharacterInString: "a control character in a string must be escaped"
        case .invalidUTF8: "the string is not valid UTF-8"
        case .tooDeep: "arrays and objects are nested too deeply"
        case .bytesAfterValue: "something follows the JSON value"
        }
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    /// The reason and the offset as one sentence fragment.
    package var description: String { "\(reason.text) (at byte \(offset))" }
}
