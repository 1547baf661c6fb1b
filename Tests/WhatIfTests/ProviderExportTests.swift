import Testing
import Vocabulary
import WhatIf

@Suite struct ProviderExportTests {
    private static let day = RFC3339.parse("2026-11-01T00:00:00Z") ?? 0

    private func read(_ text: String) throws -> ProviderExport { try ProviderExport.read(Array(text.utf8)) }

    private func fault(_ text: String) -> String {
        do {
            _ = try read(text)
            return ""
        } catch {
            return (error as? ExportFault)?.message ?? "\(error)"
        }
    }

    @Test func openAIUsageJSONCountsCachedTokensApart() throws {
        let export = try read(
            """
            {"object":"page","has_more":false,"data":[{"object":"bucket","start_time":1793491200,"end_time":1793577600,
            "results":[{"object":"organization.usage.completions.result","input_tokens":1000,"output_tokens":500,
            "input_cached_tokens":800,"num_model_requests":5,"model":"gpt-4o-mini-2024-07-18"},
            {"object":"organization.usage.completions.result","input_tokens":10,"output_tokens":5,
            "input_cached_tokens":0,"num_model_requests":1,"model":"gpt-4o-mini-2024-07-18"}]}]}
            """)
        let key = BillKey(day: Self.day, model: "gpt-4o-mini-2024-07-18")
        #expect(export.rows == [key: BillFigures(requests: 6, input: 210, cacheRead: 800, output: 505)])
        #expect(export.form == "OpenAI usage, JSON" && export.notes.isEmpty)
    }

    @Test func openAICostsJSONAddsUpTheLinesOfAModel() throws {
        let export = try read(
            """
            [{"object":"page","has_more":true,"data":[{"start_time":1793491200,"results":[
            {"amount":{"value":0.0600000000000000001,"currency":"usd"},"line_item":"gpt-4o-mini, input"},
            {"amount":{"value":"2e-05","currency":"usd"},"line_item":"gpt-4o-mini, output"},
            {"amount":{"value":1.5,"currency":"usd"},"line_item":null}]}]}]
            """)
        #expect(
            export.rows == [
                BillKey(day: Self.day, model: "gpt-4o-mini"): BillFigures(cost: Money(nanodollars: 60_020_000)),
                BillKey(day: Self.day, model: nil): BillFigures(cost: Money(nanodollars: 1_500_000_000)),
            ])
        #expect(export.notes.count == 1)
    }

    @Test func anthropicUsageJSONHasBothKindsOfCacheWrites() throws {
        let export = try read(
            """
            {"data":[{"starting_at":"2026-11-01T00:00:00Z","ending_at":"2026-11-02T00:00:00Z","results":[
            {"uncached_input_tokens":1500,"cache_creation":{"ephemeral_1h_input_tokens":1000,
            "ephemeral_5m_input_tokens":500},"cache_read_input_tokens":200,"output_tokens":700,
            "model":"claude-3-5-haiku-20241022"}]}],"has_more":false}
            """)
        let figures = BillFigures(input: 1_500, cacheRead: 200, cacheWrite: 1_500, output: 700)
        #expect(export.rows == [BillKey(day: Self.day, model: "claude-3-5-haiku-20241022"): figures])
    }

    @Test func anthropicCostsAreCents() throws {
        let export = try read(
            #"{"data":[{"starting_at":"2026-11-01T00:00:00Z","results":[{"currency":"USD","amount":"123.78912","#
                + #""model":"claude-3-5-haiku-20241022"}]}]}"#)
        #expect(export.rows.values.first?.cost == Money(nanodollars: 1_237_891_200))
    }

    @Test func openAIUsageCSVIsReadByItsColumns() throws {
        let export = try read(
            "start_time,start_time_iso,model,num_model_requests,input_tokens,output_tokens,input_cached_tokens\r\n"
                + "1793491200,2026-11-01T00:00:00+00:00,gpt-4o,3,100,50,40\r\n")
        #expect(
            export.rows == [
                BillKey(day: Self.day, model: "gpt-4o"):
                    BillFigures(requests: 3, input: 60, cacheRead: 40, output: 50)
            ])
    }

    @Test func anthropicCSVsAreReadWithQuotesAndAByteOrderMark() throws {
        let usage = try read(
            "\u{FEFF}usage_date_utc,model_version,workspace,usage_input_tokens_no_cache,"
                + "usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,"
                + "usage_output_tokens\n2026-11-01,claude-x,\"a, \"\"b\"\"\",10,1,2,3,4\n\n")
        #expect(
            usage.rows.values.first == BillFigures(input: 10, cacheRead: 3, cacheWrite: 3, output: 4))
        let costs = try read(
            "usage_date_utc,model,cost_usd\n2026-11-01,claude-x,0.001234\n2026-11-01,claude-x,-0.000234")
        #expect(costs.rows.values.first?.cost == Money(nanodollars: 1_000_000))
        #expect(costs.form == "Anthropic costs, CSV")
    }

    @Test func whatCannotBeReadIsSaidWithItsPlace() {
        #expect(fault("  ").contains("empty"))
        #expect(fault("a,b\n1,2").contains("columns are not known: a, b"))
        #expect(fault("date,cost_usd\n2026-11-01,abc").contains("Line 2: \"abc\""))
        #expect(fault("date,cost_usd\nyesterday,1").contains("Line 2: the day"))
        #expect(fault("date,cost_usd\n\"2026-11-01,1").contains("a quote is never closed"))
        #expect(fault(#"{"data":[{"results":[]}]}"#).contains("data[0] has neither"))
        #expect(fault(#"{"data":[]}"#).contains("no report that is known"))
        #expect(fault(#"{"data":"#).contains("no JSON"))
        #expect(
            fault(#"{"data":[{"start_time":1,"results":[{"amount":{"value":1,"currency":"eur"}}]}]}"#)
                .contains("Only dollars"))
    }

    @Test func noBytesAreTooOdd() {
        var state: UInt64 = 42
        for _ in 0..<2_000 {
            var bytes = Array("date,cost_usd,input_tokens\n2026-11-01,1.5,9\n".utf8)
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            let export = try? ProviderExport.read(bytes)
            #expect((export?.rows.count ?? 0) <= 1)
        }
    }
}
