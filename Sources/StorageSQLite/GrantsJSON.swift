import Bytes
import Storage
import Vocabulary

/// The column `grants` of keys and subjects: one JSON object; what is empty is left out.
enum GrantsJSON {
    static func text(_ key: KeyRecord) -> String {
        var json = JSONWriter()
        json.beginObject()
        write(key.team, "team", to: &json)
        write(key.user, "user", to: &json)
        write(key.parameterPolicy?.rawValue, "parameter_policy", to: &json)
        write(key.scopes.map(\.rawValue), "scopes", to: &json)
        write(key.tags, "tags", to: &json)
        write(key.rules, "rules", to: &json)
        write(key.customerRules, "customer_rules", to: &json)
        write(key.metadata, "metadata", to: &json)
        let aliases = key.modelAliases.sorted { $0.key < $1.key }
        write(aliases.map { MetadataPair(key: $0.key, value: $0.value) }, "model_aliases", to: &json)
        if key.isBlocked { writeTrue("blocked", to: &json) }
        if key.takesUserAsCustomer { writeTrue("takes_user_as_customer", to: &json) }
        writeSecrets(key.retiredSecrets, to: &json)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    static func text(_ subject: SubjectRecord) -> String {
        var json = JSONWriter()
        json.beginObject()
        write(subject.rules, "rules", to: &json)
        write(subject.customerRules, "customer_rules", to: &json)
        write(subject.allowedModels, "allowed_models", to: &json)
        write(subject.metadata, "metadata", to: &json)
        if subject.isBlocked { writeTrue("blocked", to: &json) }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func write(_ text: String?, _ name: StaticString, to json: inout JSONWriter) {
        guard let text else { return }
        json.key(name)
        json.string(text)
    }

    private static func writeTrue(_ name: StaticString, to json: inout JSONWriter) {
        json.key(name)
        json.bool(true)
    }

    private static func write(_ texts: [String], _ name: StaticString, to json: inout JSONWriter) {
        if texts.isEmpty { return }
        json.key(name)
        json.beginArray()
        for text in texts { json.string(text) }
        json.endArray()
    }

    private static func write(_ rules: SpendingRules, _ name: StaticString, to json: inout JSONWriter) {
        if rules.isEmpty { return }
        json.key(name)
        SpendingRulesJSON.write(rules, to: &json)
    }

    /// As an object; its members keep their order.
    private static func write(_ pairs: [MetadataPair], _ name: StaticString, to json: inout JSONWriter) {
        if pairs.isEmpty { return }
        json.key(name)
        json.beginObject()
        for pair in pairs {
            json.key(pair.key)
            json.string(pair.value)
        }
        json.endObject()
    }

    private static func writeSecrets(_ secrets: [RetiredSecret], to json: inout JSONWriter) {
        if secrets.isEmpty { return }
        json.key("retired_secrets")
        json.beginArray()
        for secret in secrets {
            json.beginObject()
            write(Base64.encode(secret.hash, .urlSafe), "hash", to: &json)
            write(secret.hint, "hint", to: &json)
            json.key("valid_until")
            json.int(secret.validUntil)
            json.endObject()
        }
        json.endArray()
    }
}

/// Reading.
extension GrantsJSON {
    static func read(_ text: String, into key: inout KeyRecord) throws(FieldFault) {
        key = try withMembers(
            of: text,
            [
                "team", "user", "parameter_policy", "scopes", "tags", "rules", "customer_rules", "metadata",
                "model_aliases", "blocked", "takes_user_as_customer", "retired_secrets",
            ]
        ) { members throws(FieldFault) in try filled(key, members) }
    }

    static func read(_ text: String, into subject: inout SubjectRecord) throws(FieldFault) {
        let known = ["rules", "customer_rules", "allowed_models", "metadata", "blocked"]
        subject = try withMembers(of: text, known) { members throws(FieldFault) in try filled(subject, members) }
    }

    private static func filled(_ key: KeyRecord, _ members: JSONMemberReader) throws(FieldFault) -> KeyRecord {
        var key = key
        key.team = try members.text("team")
        key.user = try members.text("user")
        key.parameterPolicy = try members.choice("parameter_policy", as: ParameterPolicy.self)
        for name in try members.texts("scopes") {
            guard let scope = KeyScope(rawValue: name) else { throw FieldFault("scopes", expected: "known scopes") }
            key.scopes.append(scope)
        }
        key.tags = try members.texts("tags")
        key.rules = try rules("rules", members)
        key.customerRules = try rules("customer_rules", members)
        key.metadata = try pairs("metadata", members)
        for alias in try pairs("model_aliases", members) { key.modelAliases[alias.key] = alias.value }
        key.isBlocked = members.value("blocked")?.bool ?? false
        key.takesUserAsCustomer = members.value("takes_user_as_customer")?.bool ?? false
        key.retiredSecrets = try secrets(members)
        return key
    }

    private static func filled(
        _ subject: SubjectRecord, _ members: JSONMemberReader
    ) throws(FieldFault) -> SubjectRecord {
        var subject = subject
        subject.rules = try rules("rules", members)
        subject.customerRules = try rules("customer_rules", members)
        subject.allowedModels = try members.texts("allowed_models")
        subject.metadata = try pairs("metadata", members)
        subject.isBlocked = members.value("blocked")?.bool ?? false
        return subject
    }

    private static func rules(_ name: String, _ members: JSONMemberReader) throws(FieldFault) -> SpendingRules {
        guard let view = members.value(name) else { return .none }
        return try SpendingRulesJSON.read(view, place: name)
    }

    private static func pairs(_ name: String, _ members: JSONMemberReader) throws(FieldFault) -> [MetadataPair] {
        var pairs: [MetadataPair] = []
        guard let view = members.value(name) else { return [] }
        for (key, value) in view.members {
            guard let text = value.string else { throw FieldFault(name, expected: "an object of strings") }
            pairs.append(MetadataPair(key: key.string, value: text))
        }
        return pairs
    }

    private static func secrets(_ members: JSONMemberReader) throws(FieldFault) -> [RetiredSecret] {
        var secrets: [RetiredSecret] = []
        guard let view = members.value("retired_secrets") else { return [] }
        for element in view.elements {
            let inner = try JSONMemberReader(
                element, place: "retired_secrets", known: ["hash", "hint", "valid_until"])
            guard let hash = try inner.text("hash").flatMap({ Base64.decode($0) }),
                let until = try inner.integer("valid_until")
            else { throw FieldFault("retired_secrets", expected: "a hash and a time") }
            secrets.append(RetiredSecret(hash: hash, hint: try inner.text("hint") ?? "", validUntil: until))
        }
        return secrets
    }

    private static func withMembers<Value>(
        of text: String, _ known: [String], _ body: (JSONMemberReader) throws(FieldFault) -> Value
    ) throws(FieldFault) -> Value {
        let result: Result<Value, FieldFault> = Array(text.utf8).withUnsafeBytes { bytes in
            guard let view = try? JSONView.parse(bytes) else {
                return .failure(FieldFault("grants", expected: "JSON"))
            }
            return Result { () throws(FieldFault) in
                try body(try JSONMemberReader(view, place: "", known: known))
            }
        }
        return try result.get()
    }
}
