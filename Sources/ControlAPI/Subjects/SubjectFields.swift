import Access
import Bytes
import Storage
import Vocabulary

/// Subjects in bodies and answers. What stands above one is named by its kind: `organisation` or `team`.
enum SubjectFields {
    /// The members that can be changed.
    static func changeable(_ kind: SubjectKind) -> [String] {
        let common = ["name", "rules", "customer_rules", "allowed_models", "metadata", "blocked"]
        return common + (parent(of: kind).map { [$0] } ?? [])
    }

    static func changes(_ fields: BodyFields, of kind: SubjectKind) throws(APIError) -> SubjectChanges {
        var changes = SubjectChanges(name: try fields.text("name"))
        if let parent = parent(of: kind) { changes.parent = try fields.removableText(parent) }
        changes.rules = try fields.rules("rules")
        changes.customerRules = try fields.rules("customer_rules")
        changes.allowedModels = try fields.texts("allowed_models")
        changes.metadata = try fields.pairs("metadata")
        changes.isBlocked = try fields.flag("blocked")
        return changes
    }

    /// What the record's `parent` is called.
    private static func parent(of kind: SubjectKind) -> String? {
        switch kind {
        case .project: "organisation"
        case .user: "team"
        case .organisation, .team, .customer, .key: nil
        }
    }
}

/// Writes the members of a subject, in the order of the documentation.
func write(_ subject: SubjectRecord, to json: inout JSONWriter) {
    json.member("id", subject.id)
    json.member("name", subject.name)
    if subject.kind == .project { json.member("organisation", subject.parent ?? Subject.defaultName) }
    if subject.kind == .user { json.member("team", subject.parent) }
    json.member("created_at", time: subject.createdAt)
    json.member("blocked", subject.isBlocked)
    json.member("allowed_models", subject.allowedModels)
    json.key("rules")
    SpendingRulesJSON.write(subject.rules, to: &json)
    json.key("customer_rules")
    SpendingRulesJSON.write(subject.customerRules, to: &json)
    write(subject.metadata, as: "metadata", to: &json)
}

/// Writes the member `subject`: a kind and the id within its project.
func writeSubject(_ subject: Subject, to json: inout JSONWriter) {
    json.key("subject")
    json.beginObject()
    json.member("kind", subject.kind.rawValue)
    json.member("id", subject.local.id)
    json.endObject()
}
