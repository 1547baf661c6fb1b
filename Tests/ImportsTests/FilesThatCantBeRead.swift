import Imports
import Testing

@Suite struct FilesThatCantBeRead {
    @Test(arguments: [
        ("a = 1\nb = [1,\n", "line 3"), ("a = 1\na = 2\n", "line 2"), ("[t]\nx = oops\n", "line 2"),
        ("x = \"no end\n", "line 1"), ("x = 1 y = 2\n", "line 1"), ("x = \"\\q\"\n", "line 1"),
    ])
    func sayTheLine(_ toml: String, _ place: String) {
        #expect {
            try Importer.run(.tensorzero, Array(toml.utf8))
        } throws: {
            "\($0)".hasPrefix(place)
        }
    }

    @Test func areNoYAML() {
        #expect(throws: ImportError.self) { try Importer.run(.litellm, Array("a: [1, 2\nb: }".utf8)) }
        #expect(throws: ImportError.self) { try Importer.run(.litellm, Array("- a\n- b\n".utf8)) }
        #expect(throws: ImportError.self) { try Importer.run(.litellm, [0xFF, 0xFE]) }
    }

    @Test func dontShowTheLineThatMayHoldASecret() {
        #expect {
            try Importer.run(.litellm, Array("key: [sk-secret\n".utf8))
        } throws: {
            !"\($0)".contains("sk-secret")
        }
    }
}

@Suite struct WhatIsNotTakenOver {
    @Test func hasANoteForEveryUnknownMember() throws {
        let result = try Importer.run(
            .litellm, Array("model_list: []\nrouter_settings: {brand_new: 1}\nstrange: {a: 1}\n".utf8))
        #expect(result.notes.map(\.place) == ["router_settings.brand_new", "strange"])
        #expect(result.report.hasPrefix("2 left out, 0 changed"))
    }

    @Test func keepsPricesExact() throws {
        let file = """
            model_list:
              - {model_name: m, litellm_params: {model: openai/m}, model_info: {input_cost_per_token: 1.5e-07}}
              - {model_name: n, litellm_params: {model: openai/n}, model_info: {input_cost_per_token: 1.234e-16}}
            """
        let result = try Importer.run(.litellm, Array(file.utf8))
        #expect(result.yaml.contains("{provider: openai, model: m, input: 0.15}"))
        #expect(result.notes.map(\.place) == ["model_list[1].input_cost_per_token"])
    }

    @Test func escapesWhatWouldBeAReference() throws {
        let file = "model_list: [{model_name: 'a${HOME}', litellm_params: {model: openai/x}}]"
        let result = try Importer.run(.litellm, Array(file.utf8))
        #expect(result.yaml.contains(#""a$${HOME}""#))
        #expect(result.variables == ["OPENAI_API_KEY"])
    }
}
