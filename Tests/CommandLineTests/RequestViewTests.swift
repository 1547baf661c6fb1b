import CommandLine
import Foundation
import SignalboxClient
import Testing

@Suite struct RequestViewTests {
    private static let summary = """
        "id":"0198c1f2-0000-7000-8000-000000000001","started_at":"2026-11-01T09:30:00.000000Z",
        "environment":"production","operation":"chat","dialect":"openai","endpoint":"/v1/chat/completions",
        "provider":"up","model":"gpt-4o-mini","upstream_model":"gpt-4o-mini","response_model":"gpt-4o-mini-2024",
        "streamed":true,"status":"ok","http_status":200,"error_code":null,"error_message":null,"finish_reason":"stop",
        "attempts":1,"user":"ada","session":null,"feature":null,"tags":["a"],"metadata":{"k":"v"},"key_id":"k1",
        "trace_id":null,"span_id":"00f067aa0ba902b7","parent_span_id":null,"duration_ms":1234.5,
        "time_to_first_token_ms":123.4,"usage":{"input":9,"cache_read":1,"cache_write_5m":0,"cache_write_1h":0,
        "audio_input":0,"image_input":0,"output":5,"reasoning":0,"audio_output":0,"server_tool_calls":0,
        "total_input":10,"total_output":5,"total":15,"source":"reported"},"cost_nanodollars":123456,
        "input_preview":"Hello\\u001b[2J","output_preview":"Hi"
        """

    private static let detail = """
        {\(summary),"timing":{"admitted_ms":0.2,"connected_ms":0.3,"first_byte_ms":100,"first_token_ms":123.4,
        "ended_ms":1234.5},"receipt":{"price_version":"up/m@2026-01-01","source":"override","total_nanodollars":123456,
        "lines":[{"bucket":"input","quantity":9,"nanodollars_per_million":150000000,"amount_nanodollars":1350}]},
        "truncated":false,"request":{"messages":[{"role":"user","content":"Hello\\nthere\\u001b[2J"},
        {"role":"user","content":[{"type":"text","text":"part"},{"type":"image_url"}]}],"body":{"model":"m"}},
        "response":{"messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c1"}]}],"body":null}}
        """

    @Test func listShowsWhatFits() throws {
        let page = Data("{\"data\":[{\(Self.summary)}],\"next_cursor\":\"n1\"}".utf8)
        let decoded = try JSONDecoder().decode(Page<RequestSummary>.self, from: page)
        let wide = RequestTable.render(decoded, width: 200)
        for text in ["2026-11-01 09:30:00", "10>5", "$0.000123", "1.23s", "123ms", "Hello\\u{1B}[2J", "--cursor n1"] {
            #expect(wide.contains(text))
        }
        let narrow = RequestTable.render(decoded, width: 80)
        #expect(narrow.contains("0198c1f2-0000-7000-8000-000000000001") && narrow.contains("gpt-4o-mini"))
        #expect(narrow.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(RequestTable.render(Page(data: []), width: 80) == "No recorded call matches.")
    }

    @Test func oneCallShowsConversationAndReceipt() throws {
        let detail = try JSONDecoder().decode(RequestDetail.self, from: Data(Self.detail.utf8))
        let shown = RequestView.render(detail, width: 100)
        for text in [
            "model        gpt-4o-mini -> gpt-4o-mini-2024", "tokens       10 in, 1 from cache, 5 out (reported)",
            "first token  123ms", "input          9        $0.15  $0.000001", "price up/m@2026-01-01 (override)",
            "user:\n  Hello\n  there\\u{1B}[2J\n", "  part\n  [part] {\"type\":\"image_url\"}",
            "assistant:\n  [tool_calls] [{\"id\":\"c1\"}]",
        ] {
            #expect(shown.contains(text), "\(text) is missing in\n\(shown)")
        }
        #expect(!shown.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func detailsSurviveARoundTrip() throws {
        let detail = try JSONDecoder().decode(RequestDetail.self, from: Data(Self.detail.utf8))
        let again = try JSONDecoder().decode(RequestDetail.self, from: try JSONEncoder().encode(detail))
        #expect(again == detail)
        #expect(detail.request.messages[0]["content"]?.string == "Hello\nthere\u{1B}[2J")
    }
}
