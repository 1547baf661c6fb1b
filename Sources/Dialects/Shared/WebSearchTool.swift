/// The one tool that nearly every provider runs itself, under names of its own.
enum WebSearchTool {
    /// True for any provider's type of it.
    static func isMeant(by type: String) -> Bool {
        ["web_search", "googleSearch", "google_search"].contains(where: type.hasPrefix)
    }
}
