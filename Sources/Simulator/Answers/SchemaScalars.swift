import Bytes

extension SchemaSampler {
    mutating func integer(_ schema: JSONView) -> JSONText {
        let step = max(1, Int(clamping: schema["multipleOf"]?.wholeNumber ?? 1))
        let least = schema["minimum"]?.wholeNumber ?? schema["exclusiveMinimum"]?.wholeNumber.map { $0 + 1 }
        let most = schema["maximum"]?.wholeNumber ?? schema["exclusiveMaximum"]?.wholeNumber.map { $0 - 1 }
        let low = least ?? most.map { $0 - 99 } ?? 1
        let high = max(low, most ?? low + 99)
        let first = low % step == 0 ? low : low + (low > 0 ? step - low % step : -(low % step))
        return "\(first + step * random.below((high - first) / step + 1))"
    }

    /// An eighth, a quarter ... of the way between the bounds, so that exclusive bounds hold too.
    mutating func number(_ schema: JSONView) -> JSONText {
        if schema["multipleOf"] != nil { return integer(schema) }
        let least = schema["minimum"]?.double ?? schema["exclusiveMinimum"]?.double
        let most = schema["maximum"]?.double ?? schema["exclusiveMaximum"]?.double
        let low = least ?? most.map { $0 - 100 } ?? 0
        let high = most ?? low + 100
        let value = low + (high - low) * Double(1 + random.below(7)) / 8
        return JSONText(stringLiteral: value.description)
    }

    mutating func string(_ schema: JSONView) -> JSONText {
        var text = formatted(schema["format"]?.string) ?? PromptWords.subject(of: prompt) ?? Sentences.word(&random)
        if let least = schema["minLength"]?.int64, text.unicodeScalars.count < least {
            text += String(repeating: "x", count: Int(least) - text.unicodeScalars.count)
        }
        if let most = schema["maxLength"]?.int64, text.unicodeScalars.count > most {
            text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Int(most))))
        }
        return "\(text)"
    }

    private mutating func formatted(_ format: String?) -> String? {
        switch format {
        case "date": "2025-0\(1 + random.below(9))-1\(random.below(10))"
        case "time": "1\(random.below(10)):30:00Z"
        case "date-time": "2025-0\(1 + random.below(9))-1\(random.below(10))T12:30:00Z"
        case "duration": "PT\(1 + random.below(9))H"
        case "email": "\(Sentences.word(&random))@example.com"
        case "hostname": "\(Sentences.word(&random)).example.com"
        case "ipv4": "192.0.2.\(1 + random.below(254))"
        case "ipv6": "2001:db8::\(1 + random.below(9))"
        case "uri", "url": "https://example.com/\(Sentences.word(&random))"
        case "uuid": "00000000-0000-4000-8000-\(random.hex().prefix(12))"
        default: nil
        }
    }
}

/// Words of a prompt that are worth repeating.
enum PromptWords {
    /// The last run of capitalised words that does not open the text: `Paris` in "What's the weather in Paris?".
    static func subject(of text: String) -> String? {
        var found: [Substring] = []
        var run: [Substring] = []
        for word in text.prefix(2000).split(whereSeparator: { !$0.isLetter && $0 != "'" && $0 != "-" }).dropFirst() {
            if word.first?.isUppercase == true, word.count > 1 { run.append(word) } else { run = [] }
            if !run.isEmpty { found = run }
        }
        return found.isEmpty ? nil : found.joined(separator: " ")
    }
}
