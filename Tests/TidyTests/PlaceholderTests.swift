import Testing

@Suite struct Names {
    /// One concept, one file, one name: no file stays a placeholder.
    @Test(arguments: SourceTree.files)
    func noPlaceholderIsLeft(file: SourceFile) {
        #expect(!file.lines.contains { $0 == "// placeholder" }, "\(file.path) is a placeholder")
        #expect(file.lines.contains { !$0.isEmpty }, "\(file.path) is empty")
    }
}
