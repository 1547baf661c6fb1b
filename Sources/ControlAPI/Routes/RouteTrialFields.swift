import Access
import Bytes
import Vocabulary

/// Reading the body of a dry run.
extension RouteTrial {
    static let fields = [
        "route", "definition", "request", "headers", "metadata", "tags", "user", "session", "environment",
    ]

    init(_ fields: BodyMembers, _ principal: Principal) throws(APIError) {
        self.init(
            request: try fields.object("request") ?? Array("{}".utf8), keyID: principal.keyID,
            project: principal.project, environment: try fields.text("environment") ?? principal.environment)
        route = try fields.text("route")
        definition = try fields.object("definition")
        guard route == nil || definition == nil else {
            throw .invalidField("definition", expected: "left out where `route` names one")
        }
        headers = try Self.pairs(fields, "headers")
        metadata = try Self.pairs(fields, "metadata")
        tags = try Self.texts(fields, "tags")
        user = try fields.text("user")
        session = try fields.text("session")
        team = principal.team
    }

    private static func pairs(_ fields: BodyMembers, _ name: String) throws(APIError) -> [MetadataPair] {
        let pairs: [MetadataPair]? = (try fields.object(name) ?? Array("{}".utf8)).withUnsafeBytes { bytes in
            var pairs: [MetadataPair] = []
            for (key, value) in JSONView(validated: bytes).members {
                guard let text = value.string else { return nil }
                pairs.append(MetadataPair(key: key.string, value: text))
            }
            return pairs
        }
        guard let pairs else { throw .invalidField(name, expected: "an object of strings") }
        return pairs
    }

    private static func texts(_ fields: BodyMembers, _ name: String) throws(APIError) -> [String] {
        let texts: [String]? = (fields[name] ?? Array("[]".utf8)).withUnsafeBytes { bytes in
            let view = JSONView(validated: bytes)
            let texts = view.elements.map(\.string)
            return view.kind == .array && !texts.contains(nil) ? texts.compactMap(\.self) : nil
        }
        guard let texts else { throw .invalidField(name, expected: "an array of strings") }
        return texts
    }
}
