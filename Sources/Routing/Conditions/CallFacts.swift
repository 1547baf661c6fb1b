package import Bytes
import Vocabulary

/// The facts of one call, and of its body where there is one. What the caller said by a routing dialect (a session, a
/// user, tags, metadata) counts like what the call says itself.
package struct CallFacts: ConditionFacts {
    private let request: RouteRequest
    private let body: JSONView?

    /// - Parameter body: The request's body; `nil` makes every `parameters.` comparison false.
    package init(_ request: RouteRequest, body: JSONView? = nil) {
        self.request = request
        self.body = body
    }

    /// What the call says about `field`; `nil` for what belongs to targets.
    package func value(of field: ConditionField) -> ConditionValue? {
        switch field {
        case .metadata(let key): metadata(key)
        case .parameter(let path): body.flatMap { Self.find(path, in: $0) }
        case .path: .string(request.path)
        case .model: .string(request.model)
        case .user: (request.preferences.user ?? request.user).map { .string($0) }
        case .team: request.team.map { .string($0) }
        case .customer: (request.preferences.customer ?? request.customer).map { .string($0) }
        case .key: .string(request.keyID)
        case .tag: .list((request.tags + request.preferences.tags).map { .string($0) })
        case .feature: request.feature.map { .string($0) }
        case .environment: .string(request.environment)
        case .inputTokens: .number(Double(request.inputTokens))
        case .session: (request.preferences.session ?? request.session).map { .string($0) }
        case .streams: .bool(request.streams)
        case .operation: .string(request.operation.rawValue)
        case .target: nil
        }
    }

    private func metadata(_ key: String) -> ConditionValue? {
        let pair = request.metadata.first { $0.key == key } ?? request.preferences.metadata.first { $0.key == key }
        return pair.map { .string($0.value) }
    }

    /// The member at a dotted path: each step is a member's name, or a place in an array.
    private static func find(_ path: String, in body: JSONView) -> ConditionValue? {
        var view = body
        for step in path.split(separator: ".") {
            guard let next = child(String(step), of: view) else { return nil }
            view = next
        }
        return ConditionValue(json: view)
    }

    private static func child(_ step: String, of view: JSONView) -> JSONView? {
        if view.kind == .array, let place = Int(step) {
            var elements = view.elements
            for _ in 0..<max(0, place) { _ = elements.next() }
            return place < 0 ? nil : elements.next()
        }
        return view.members.first { $0.key.string == step }?.value
    }
}

extension ConditionValue {
    /// A scalar or a list of scalars; `nil` for an object, or for a list with anything else in it.
    package init?(json view: JSONView) {
        switch view.kind {
        case .null: self = .null
        case .bool: self = .bool(view.bool ?? false)
        case .number:
            guard let number = view.double else { return nil }
            self = .number(number)
        case .string: self = .string(view.string ?? "")
        case .array:
            let values = view.elements.map { ConditionValue(json: $0) }
            guard !values.contains(nil) else { return nil }
            self = .list(values.compactMap(\.self))
        case .object: return nil
        }
    }
}
