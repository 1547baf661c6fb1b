import Bytes
import Vocabulary

/// Writes the members of a route.
func write(_ route: RouteListing, to json: inout JSONWriter) {
    json.member("name", route.name)
    json.member("aliases", route.aliases)
    json.member("source", route.source.rawValue)
    json.member("version", route.version)
    json.member("overrides_file", route.overridesFile)
    json.member("problem", route.problem)
    json.key("definition")
    json.raw(route.definition)
    writeTargets(route.targets, to: &json)
}

/// Writes a version as an object.
func write(_ version: RouteVersion, to json: inout JSONWriter) {
    json.beginObject()
    json.member("version", version.number)
    json.member("hash", version.hash)
    json.member("parent", version.parent)
    json.member("author", version.author)
    json.member("message", version.message)
    json.member("created_at", time: version.createdAt)
    json.member("active", version.isActive)
    json.key("definition")
    json.raw(version.definition)
    json.endObject()
}

/// Writes what a dry run found, in words too.
func write(_ result: RouteTrialResult, to json: inout JSONWriter) {
    let trail = DecisionTrail(Array(#"{"routing":"#.utf8) + result.routing + Array("}".utf8))
    json.member("route", result.route)
    json.member("model", result.model)
    json.member("input_tokens", result.inputTokens)
    json.member("needs", result.needs)
    json.member("summary", trail.routing.map(RoutingSentences.of) ?? [])
    json.key("routing")
    if let routing = trail.routing { writeRouting(routing, to: &json) } else { json.null() }
    writeTargets(result.targets, to: &json)
    json.list("notes", result.notes) { json, change in
        json.member("name", change.name)
        json.member("action", change.action.rawValue)
        json.member("detail", change.detail)
    }
}

private func writeTargets(_ targets: [RouteTargetListing], to json: inout JSONWriter) {
    json.list("targets", targets) { json, target in
        json.member("label", target.label)
        json.member("provider", target.provider)
        json.member("model", target.model)
        json.key("health")
        if let health = target.health {
            json.beginObject()
            writeHealth(health, to: &json)
            json.endObject()
        } else {
            json.null()
        }
    }
}
