import ArgumentParser
import SignalboxClient

/// `signalbox models`.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List the models that the server serves, with their prices.")

    @OptionGroup var server: ServerOptions

    func run() async throws {
        let answer = try await server.client().bytes(SignalboxClient.modelsCall)
        let output = Console.standardOutput
        if server.wantsJSON { return try output.write(try JSONOutput.lines(ofList: answer)) }
        let page = try SignalboxClient.decode(Page<ModelInfo>.self, from: answer)
        try output.writeLine(ModelTable.render(page.data, width: output.width))
    }
}
