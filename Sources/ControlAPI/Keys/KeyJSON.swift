import Bytes
import Storage
import Vocabulary

/// Writes the members of a key, in the order of the documentation.
func write(_ key: KeyRecord, to json: inout JSONWriter) {
    json.member("id", key.id)
    json.member("name", key.name)
    json.member("hint", key.hint)
    json.member("project", key.project)
    json.member("environment", key.environment)
    json.member("role", key.role.rawValue)
    json.member("scopes", key.scopes.map(\.rawValue))
    json.member("team", key.team)
    json.member("user", key.user)
    json.member("created_at", time: key.createdAt)
    json.member("expires_at", time: key.expiresAt)
    json.member("revoked_at", time: key.revokedAt)
    json.member("blocked", key.isBlocked)
    json.member("allowed_models", key.allowedModels)
    writeGrants(key, to: &json)
    writeSecrets(key.retiredSecrets, to: &json)
}

private func writeGrants(_ key: KeyRecord, to json: inout JSONWriter) {
    let aliases = key.modelAliases.sorted { $0.key < $1.key }.map { MetadataPair(key: $0.key, value: $0.value) }
    write(aliases, as: "model_aliases", to: &json)
    json.key("rules")
    SpendingRulesJSON.write(key.rules, to: &json)
    json.key("customer_rules")
    SpendingRulesJSON.write(key.customerRules, to: &json)
    json.member("takes_user_as_customer", key.takesUserAsCustomer)
    json.member("parameter_policy", key.parameterPolicy?.rawValue)
    json.member("tags", key.tags)
    write(key.metadata, as: "metadata", to: &json)
}

/// Old secrets, by what is shown of them.
private func writeSecrets(_ secrets: [RetiredSecret], to json: inout JSONWriter) {
    json.key("retired_secrets")
    json.beginArray()
    for secret in secrets {
        json.beginObject()
        json.member("hint", secret.hint)
        json.member("valid_until", time: secret.validUntil)
        json.endObject()
    }
    json.endArray()
}

/// Pairs whose keys are unique, as an object.
func write(_ pairs: [MetadataPair], as name: StaticString, to json: inout JSONWriter) {
    json.key(name)
    json.beginObject()
    for pair in pairs {
        json.key(pair.key)
        json.string(pair.value)
    }
    json.endObject()
}
