import Routing
import Testing
import Vocabulary

@Suite struct ConditionsHold {
    private var request: RouteRequest {
        var request = RouteRequest(model: "gpt-4o", path: "/v1/chat/completions", streams: true, inputTokens: 1200)
        request.metadata = [MetadataPair(key: "plan", value: "pro"), MetadataPair(key: "age", value: "7")]
        request.user = "ann"
        request.tags = ["eu", "batch"]
        return request
    }

    @Test(arguments: [
        (#"{"metadata.plan": "pro"}"#, true),
        (#"{"metadata.plan": {"$eq": "free"}}"#, false),
        (#"{"metadata.plan": {"ne": "free"}}"#, true),
        (#"{"metadata.missing": {"ne": "free"}}"#, false),
        (#"{"metadata.missing": {"nin": ["free"]}}"#, false),
        (#"{"metadata.missing": {"exists": false}}"#, true),
        (#"{"metadata.age": {"$gt": 6, "$lt": 8}}"#, true),
        (#"{"metadata.age": {"$gte": "8"}}"#, false),
        (#"{"metadata.plan": {"gt": 1}}"#, false),
        (#"{"metadata.plan": ["free", "pro"]}"#, true),
        (#"{"metadata.plan": {"$nin": ["free", "pro"]}}"#, false),
        (#"{"metadata.plan": {"$regex": "^p.o$"}}"#, true),
        (#"{"tag": "eu"}"#, true),
        (#"{"tag": {"ne": "eu"}}"#, false),
        (#"{"tag": {"contains": "batch"}}"#, true),
        (#"{"model": {"prefix": "gpt-"}}"#, true),
        (#"{"streams": true, "operation": "chat"}"#, true),
        (#"{"$or": [{"user": "bob"}, {"user": "ann"}]}"#, true),
        (#"{"$and": [{"user": "bob"}, {"user": "ann"}]}"#, false),
        (#"{"not": {"user": "bob"}}"#, true),
        (#"{"input_tokens": {"gt": 1000}}"#, true),
        (#"{"url.pathname": "/v1/chat/completions"}"#, true),
        (#"{"params.temperature": {"$lt": 0.5}}"#, true),
        (#"{"parameters.response_format.type": "json_schema"}"#, true),
        (#"{"parameters.stop.1": "b"}"#, true),
        (#"{"parameters.stop": "a"}"#, true),
        (#"{"parameters.nothing.at.all": "a"}"#, false),
        (#"{"target.provider": "openai"}"#, false),
        (#"{}"#, true), ("false", false),
    ])
    func overCallAndBody(text: String, expected: Bool) throws {
        let condition = try condition(text)
        let body = #"{"temperature":0.2,"response_format":{"type":"json_schema"},"stop":["a","b"]}"#
        try withJSON(body) { #expect(condition.holds(for: CallFacts(request, body: $0)) == expected) }
    }

    @Test(arguments: [
        (#"{"metadata.plan": "pro", "input_tokens": {"gte": 5, "lt": 9}}"#),
        (#"{"any": [{"tag": {"nin": ["a"]}}, {"not": {"user": {"regex": "x+"}}}, true, false]}"#),
        (#"{"session": {"exists": true}, "target.input_price": {"lte": 1.5}, "metadata.x": {"eq": null}}"#),
    ])
    func andAreReadBackAsWritten(text: String) throws {
        let original = try condition(text)
        let again = try condition(written { original.write(to: &$0) })
        #expect(again == original)
    }

    @Test(arguments: [
        (#"{"metdata.plan": 1}"#, "metdata.plan"), (#"{"user": {"equal": 1}}"#, "user.equal"),
        (#"{"user": {"in": "a"}}"#, "user.in"), (#"{"user": {"eq": {}}}"#, "user.eq"), (#"{"user": {}}"#, "user"),
        (#"{"any": {}}"#, "any"), (#"{"user": {"regex": "(a"}}"#, "user.regex"), ("[]", ""),
    ])
    func orNameTheMistake(text: String, place: String) {
        #expect(fault { _ = try condition(text) }?.path == place)
    }

    @Test func nestingIsBounded() {
        let text = String(repeating: #"{"not":"#, count: 40) + "true" + String(repeating: "}", count: 40)
        #expect(fault { _ = try condition(text) }?.message.contains("nest deeper") == true)
    }
}
