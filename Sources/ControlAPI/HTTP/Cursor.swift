import Bytes
import HTTPTypes

/// Where a list goes on: opaque to clients, bound to the list and the order that it came from.
struct Cursor: Sendable, Equatable {
    /// Which list in which order. Raw values are part of cursors that clients hold.
    enum List: UInt8, Sendable {
        case requestsDescending = 0x64
        case requestsAscending = 0x61
        case keys = 0x6B
        case models = 0x6D
        case subjects = 0x73
        case budgets = 0x62
        case budgetHistory = 0x68
        case providers = 0x70
        case routes = 0x72
        case routeVersions = 0x76
    }

    var list: List
    /// What identifies the last item of the previous page.
    var position: [UInt8]

    /// The text that clients send back.
    var text: String { Base64.encode([list.rawValue] + position, .urlSafe) }

    init(_ list: List, _ position: [UInt8]) {
        self.list = list
        self.position = position
    }

    /// Reads the parameter `cursor`. An empty one is the first page: clients that loop begin with it.
    ///
    /// - Throws: for a damaged cursor, and one of another list or order.
    init?(_ query: QueryItems, for list: List) throws(APIError) {
        guard let text = query.values["cursor"], !text.isEmpty else { return nil }
        guard text.utf8.count <= 2_000, let bytes = Base64.decode(text), bytes.count > 1, bytes[0] == list.rawValue
        else {
            throw Self.invalid
        }
        self.init(list, Array(bytes[1...]))
    }

    static let invalid = APIError(
        status: .badRequest, code: "invalid_cursor",
        message: "`cursor` must be the `next_cursor` of the same list in the same order, unchanged. "
            + "Leave it out to begin at the first page."
    )
}
