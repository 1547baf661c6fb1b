import Settings
import Testing
import Vocabulary

@Suite struct QuantityTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("5s", .seconds(5)), ("2m", .seconds(120)), ("1h", .seconds(3600)),
        ("90 s", .seconds(90)),
    ])
    func durationsHaveUnits(text: String, expected: Duration) throws {
        #expect(try load("timeouts: {idle: \(text)}").settings.timeouts.idle == expected)
    }

    @Test(arguments: ["5", "5 parsecs", "-1s", "1.5s", "s", "0s", "99999999999999999999s", "9000h", "\"5s \"", "٣s"])
    func otherDurationsAreRefused(text: String) {
        let found = problems("timeouts: {idle: \(text)}")
        #expect(found.map(\.code) == [.badValue])
        #expect(found.first?.message.contains("a duration such as 500ms, 5s, 2m or 1h") == true)
    }

    @Test func zeroIsADurationWhereItMeansSomething() throws {
        #expect(try load("limits: {admission_wait: 0}").settings.limits.admissionWait == .zero)
    }

    @Test(arguments: [
        ("65536", 65_536), ("64KiB", 65_536), ("32MiB", 33_554_432), ("1GB", 1_000_000_000), ("64 kib", 65_536),
        ("2000B", 2000), ("1MB", 1_000_000),
    ])
    func sizesHaveUnits(text: String, expected: Int) throws {
        #expect(try load("limits: {body_bytes: \(text)}").settings.limits.bodyBytes == expected)
    }

    @Test(arguments: ["10", "2GiB", "1TiB", "-1", "1.5MiB", "MiB", "9223372036854775807GiB", "0x10000"])
    func otherSizesAreRefused(text: String) {
        let found = problems("limits: {body_bytes: \(text)}")
        #expect(found.map(\.code) == [.badValue])
        #expect(found.first?.message.contains("from 1KiB to 1GiB") == true)
    }

    @Test(arguments: ["1e-6", "-1", "+1", "1.", ".5", "0.0000000001", "free", "99999999999", "1,5"])
    func roundedPricesAreRefused(text: String) {
        let found = problems(withProvider("prices: [{provider: up, model: m, input: \"\(text)\"}]"))
        #expect(found.map(\.key) == ["prices[0].input"])
    }

    @Test(arguments: [
        "8080", ":8080", "host", "host:", "host:65536", "host:x", "http://host:1", "::1:80", "[::1]", "a b:1",
    ])
    func addressesNeedHostAndPort(text: String) {
        #expect(problems("listen: \"\(text)\"").map(\.code) == [.badValue])
    }

    @Test func addressesMayBeIPv6() throws {
        let listen = try load("listen: \"[::1]:0\"").settings.listen
        #expect(listen == ListenAddress(host: "::1", port: 0) && listen.isLoopback)
        #expect(listen.description == "[::1]:0")
    }

    @Test(arguments: [
        "127.0.0.1:9001/v1", "ftp://h/v1", "http://", "http:///v1", "http://h?x=1", "http://h/#a", "http://user@h/v1",
        "http://h:0/", "http://h:99999/", "http://h/a b", "https//h",
    ])
    func baseURLsNeedASchemeAndNoQuery(text: String) {
        let found = problems("providers: [{name: a, dialect: openai, base_url: \"\(text)\"}]")
        #expect(found.map(\.key) == ["providers[0].base_url"])
        #expect(found.first?.message.contains("with its scheme") == true)
    }

    @Test func defaultPortsGoWithoutSaying() {
        #expect(BaseURL("HTTPS://api.example.com/v1/")?.description == "https://api.example.com/v1")
        #expect(BaseURL("http://h:80")?.hostHeader == "h")
        #expect(BaseURL("http://h:443")?.hostHeader == "h:443")
    }
}
