import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien request refuse`.
struct RequestRefuse: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "refuse", abstract: Phrases.requestRefuseAbstract)
    }

    @OptionGroup var request: RequestIDArgument

    @Option(help: ArgumentHelp(Phrases.refusalReasonHelp, valueName: Phrases.textValue))
    var reason: String

    @OptionGroup var revision: DecisionRevisionOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.text(reason, "--reason", atMost: AdminLimits.decisionTextBytes)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let expected = try await confirmation.revision(of: request, revision, client, in: context)
            let answer = try await client.refuseSeatRequest(
                .with {
                    $0.id = request.number
                    $0.answer = reason
                    $0.expectedRevision = expected
                }
            )
            try RequestTable.write(answer, context.renderer(global))
        }
    }
}
