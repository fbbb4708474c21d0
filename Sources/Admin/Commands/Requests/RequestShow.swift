import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien request show`.
struct RequestShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Phrases.requestShowAbstract)
    }

    @OptionGroup var request: RequestIDArgument
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.getSeatRequest(.with { $0.id = request.number })
            try RequestTable.write(answer, context.renderer(global))
        }
    }
}
