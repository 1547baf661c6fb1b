import Telemetry
import Testing
import Vocabulary

@Suite struct HashTests {
    /// `printf 'p\0abc' | sha256sum | cut -c1-32`
    @Test func aPublishedHash() {
        let hash = Array("abc".utf8).withUnsafeBytes { ContentHasher(project: "p").hash($0) }
        #expect(hash.hex == "dcdfda0e530c7b2a2ed67b25f0c55f44")
    }
}
