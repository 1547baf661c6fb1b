/// The headers of one call as routing dialects read them: names in any case, values as they came.
package struct HeaderList: Sendable {
    /// In the order they came; names in lower case.
    package let pairs: [(name: String, value: String)]

    package init(_ pairs: some Sequence<(name: String, value: String)>) {
        self.pairs = pairs.map { ($0.name.lowercased(), $0.value) }
    }

    /// The first value of a header, by its name in lower case.
    package subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// The headers whose name begins so, without that beginning.
    func beginning(with prefix: String) -> [(name: String, value: String)] {
        pairs.filter { $0.name.hasPrefix(prefix) }.map { (String($0.name.dropFirst(prefix.count)), $0.value) }
    }
}

/// Values of headers, with faults that name the header.
struct HeaderValue {
    let name: String
    let text: String

    init(_ name: String, _ text: String) {
        self.name = name
        self.text = String(text.trimmingSpaces)
    }

    func fault(_ message: String) -> RouteFault { RouteFault(at: name, message) }

    func refused(_ message: String) -> RouteFault { RouteFault(.refused, at: name, message) }

    func bool() throws(RouteFault) -> Bool {
        switch text.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default: throw fault("true or false is expected here.")
        }
    }

    func int(_ range: ClosedRange<Int64>) throws(RouteFault) -> Int64 {
        guard let number = Int64(text), range.contains(number) else {
            throw fault("A whole number from \(range.lowerBound) to \(range.upperBound) is expected here.")
        }
        return number
    }

    /// Seconds, whole or not, as nanoseconds; at most a day.
    func seconds() throws(RouteFault) -> UInt64 {
        guard let number = Double(text), number > 0, number <= 86_400 else {
            throw fault("A number of seconds above 0 and at most 86400 is expected here.")
        }
        return UInt64(number * 1e9)
    }

    /// The parts between commas, without spaces around them.
    var parts: [String] { text.split(separator: ",").map { String($0.trimmingSpaces) }.filter { !$0.isEmpty } }
}

extension StringProtocol {
    /// Without spaces and tabs at both ends.
    var trimmingSpaces: SubSequence {
        var rest = self[...]
        while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return rest
    }
}
