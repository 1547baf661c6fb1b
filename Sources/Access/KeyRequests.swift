package import Storage
package import Vocabulary

/// A key to be made.
package struct NewKey: Sendable, Equatable {
    /// For people, 1 to 100 characters.
    package var name: String
    package var project: ProjectID
    /// 1 to 32 of a-z, 0-9, `_` and `-`.
    package var environment: EnvironmentName
    package var role: KeyRole
    /// Must lie in the future; `nil` for never.
    package var expiresAt: UnixMicroseconds?
    /// Empty for all models.
    package var allowedModels: [String]
    /// Everything else that is given to it.
    package var grants: KeyChanges

    package init(
        name: String, project: ProjectID, environment: EnvironmentName, role: KeyRole = .member,
        expiresAt: UnixMicroseconds? = nil, allowedModels: [String] = [], grants: KeyChanges = KeyChanges()
    ) {
        self.name = name
        self.project = project
        self.environment = environment
        self.role = role
        self.expiresAt = expiresAt
        self.allowedModels = allowedModels
        self.grants = grants
    }
}

/// The rules for what people may write into a key.
enum KeyRules {
    /// A key that lists more models than this means "all of them"; keeps a snapshot small.
    static let maximumModels = 1000

    static func check(name: String) throws(KeyError) {
        let isBlank = name.allSatisfy(\.isWhitespace)
        guard (1...100).contains(name.count), !isBlank, !hasControlCharacter(name) else {
            throw .invalid(field: "name", expected: "1 to 100 characters, not all blank, without control characters")
        }
    }

    static func check(scopes: [KeyScope], role: KeyRole) throws(KeyError) {
        let possible = role.scopes
        guard scopes.allSatisfy({ possible.contains($0) }) else {
            let list = possible.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            throw .invalid(field: "scopes", expected: "some of \(list), which is what a \(role.rawValue) key may do")
        }
    }

    static func check(tags: [String]) throws(KeyError) {
        guard tags.count <= 50, tags.allSatisfy({ SubjectRules.isName($0, longest: 200) }) else {
            throw .invalid(field: "tags", expected: "at most 50 texts of 1 to 200 bytes without control characters")
        }
    }

    static func check(modelAliases: [String: String]) throws(KeyError) {
        let areNames = modelAliases.allSatisfy {
            SubjectRules.isName($0.key, longest: 200) && SubjectRules.isName($0.value, longest: 200)
        }
        guard modelAliases.count <= 100, areNames else {
            throw .invalid(field: "model_aliases", expected: "at most 100 pairs of model names of 1 to 200 bytes")
        }
    }

    static func check(environment: EnvironmentName) throws(KeyError) {
        guard (1...32).contains(environment.utf8.count), environment.utf8.allSatisfy(isEnvironmentByte) else {
            throw .invalid(field: "environment", expected: "1 to 32 of the characters a-z, 0-9, `_` and `-`")
        }
    }

    static func check(allowedModels: [String]) throws(KeyError) {
        let areNames = allowedModels.allSatisfy { (1...200).contains($0.count) && !hasControlCharacter($0) }
        let stars = allowedModels.allSatisfy { !$0.dropLast().contains("*") }
        guard allowedModels.count <= maximumModels, areNames, stars else {
            throw .invalid(
                field: "allowed_models",
                expected: "at most \(maximumModels) model names of 1 to 200 characters, each with at most one `*` at "
                    + "its end; leave it empty for all models"
            )
        }
    }

    static func check(expiresAt: UnixMicroseconds?, now: UnixMicroseconds) throws(KeyError) {
        guard let expiresAt, expiresAt <= now else { return }
        throw .invalid(field: "expires_at", expected: "a time in the future, or null for never")
    }

    private static func isEnvironmentByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }

    static func hasControlCharacter(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

extension Array where Element: Hashable {
    /// The elements without repetitions, in the order they first came.
    func withoutRepetitions() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
