/// Changes to a request's body that a route or a target asks for.
package struct ParameterEdits: Sendable, Hashable {
    /// A member and its value.
    package struct Member: Sendable, Hashable {
        /// A top-level member's name.
        package var name: String
        /// The value as JSON text.
        package var json: String

        package init(_ name: String, json: String) {
            self.name = name
            self.json = json
        }
    }

    /// Set where the caller did not.
    package var defaults: [Member]
    /// Set whatever the caller did.
    package var overrides: [Member]
    /// Paths that are left out, for example `logit_bias` or `messages[*].name`.
    package var drops: [String]

    package init(defaults: [Member] = [], overrides: [Member] = [], drops: [String] = []) {
        self.defaults = defaults
        self.overrides = overrides
        self.drops = drops
    }

    /// True where nothing is changed.
    package var isEmpty: Bool { defaults.isEmpty && overrides.isEmpty && drops.isEmpty }

    /// Both edits, these ones stronger: what both set is taken from here.
    package func over(_ other: ParameterEdits) -> ParameterEdits {
        if other.isEmpty { return self }
        if isEmpty { return other }
        return ParameterEdits(
            defaults: Self.merged(defaults, other.defaults), overrides: Self.merged(overrides, other.overrides),
            drops: drops + other.drops.filter { !drops.contains($0) }
        )
    }

    private static func merged(_ strong: [Member], _ weak: [Member]) -> [Member] {
        strong + weak.filter { member in !strong.contains { $0.name == member.name } }
    }
}
