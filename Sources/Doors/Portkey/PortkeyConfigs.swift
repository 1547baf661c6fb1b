import Access
import Runtime
package import Vocabulary

/// A saved configuration: what `x-portkey-config: <slug>` stands for.
package struct SavedConfig: Sendable, Equatable {
    package var project: ProjectID
    /// For example `pc-fallback-3f2a`.
    package var slug: String
    /// The configuration as JSON.
    package var json: [UInt8]
}

/// Portkey's saved configurations. Each change is a new version; the latest counts.
struct PortkeyConfigs: Sendable {
    private let services: DoorServices
    private let shelf: DoorShelf

    init(_ services: DoorServices) {
        self.services = services
        shelf = DoorShelf("portkey.configs", services.records)
    }

    func create(_ request: DoorRequest) async throws -> JSONTree {
        guard let name = request.body["name"]?.text, !name.isEmpty, name.utf8.count <= 100 else {
            throw DoorError.invalid("name", "a text of 1 to 100 bytes")
        }
        let slug = Self.slug(name, request.id)
        let version = try await save(slug, name, try Self.config(request.body), request)
        return ["success": true, "data": ["id": .string(slug), "slug": .string(slug), "version_id": .string(version)]]
    }

    func update(_ request: DoorRequest) async throws -> JSONTree {
        let (slug, old) = try await find(request)
        let name = request.body["name"]?.text ?? old["name"]?.text ?? slug
        let config = try request.body["config"] == nil ? old["config"] ?? [:] : Self.config(request.body)
        let version = try await save(slug, name, config, request)
        return ["success": true, "data": ["id": .string(slug), "version_id": .string(version)]]
    }

    func get(_ request: DoorRequest) async throws -> JSONTree {
        let (slug, document) = try await find(request)
        return ["success": true, "data": Self.row(slug, document)]
    }

    func list(_ request: DoorRequest) async throws -> JSONTree {
        let entries = try await shelf.all(request.project)
        let rows = entries.map { Self.row($0.id, $0.document ?? [:]) }
        return ["success": true, "object": "list", "total": .int(Int64(rows.count)), "data": .array(rows)]
    }

    func delete(_ request: DoorRequest) async throws -> JSONTree {
        let (slug, _) = try await find(request)
        try await shelf.put(slug, nil, request.project)
        try await publish(request.project)
        return ["success": true]
    }

    /// The saved configurations of a project, for the data plane.
    func saved(_ project: ProjectID) async throws -> [SavedConfig] {
        try await shelf.all(project).map {
            SavedConfig(project: project, slug: $0.id, json: ($0.document?["config"] ?? [:]).json)
        }
    }

    // MARK: Parts

    private func save(
        _ slug: String, _ name: String, _ config: JSONTree, _ request: DoorRequest
    ) async throws -> String {
        let document: JSONTree = [
            "name": .string(name), "config": config, "version_id": .string(request.id.uuid),
            "last_updated_at": .string(RFC3339.format(services.time.now())),
            "owner_id": .text(request.principal?.keyID),
        ]
        try await shelf.put(slug, document, request.project)
        try await publish(request.project)
        return request.id.uuid
    }

    private func publish(_ project: ProjectID) async throws { await services.savedConfigs(try await saved(project)) }

    private func find(_ request: DoorRequest) async throws -> (slug: String, document: JSONTree) {
        let slug = request.path["slug"] ?? ""
        guard let document = try await shelf.document(slug, request.project) else {
            throw DoorError.notFound("There is no configuration `\(slug.prefix(100))`. GET /configs lists them.")
        }
        return (slug, document)
    }

    /// An object, or one as text: the client sends either.
    private static func config(_ body: JSONTree) throws(DoorError) -> JSONTree {
        var config = body["config"]
        if let text = config?.text { config = JSONTree(json: Array(text.utf8)) }
        guard let config, case .object = config else { throw .invalid("config", "an object") }
        return config
    }

    private static func row(_ slug: String, _ document: JSONTree) -> JSONTree {
        [
            "id": .string(slug), "slug": .string(slug), "name": document["name"] ?? .null,
            "config": .string(String(decoding: (document["config"] ?? [:]).json, as: UTF8.self)),
            "version_id": document["version_id"] ?? .null, "status": "active", "is_default": 0, "format": "json",
            "last_updated_at": document["last_updated_at"] ?? .null, "owner_id": document["owner_id"] ?? .null,
        ]
    }

    /// `pc-` and the name's letters and digits, and four digits that no other request has in the same moment.
    private static func slug(_ name: String, _ id: ID128) -> String {
        let letters = name.lowercased().utf8.filter {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        return "pc-" + String(decoding: letters.prefix(12), as: UTF8.self) + "-" + String(id.hex.suffix(6))
    }
}
