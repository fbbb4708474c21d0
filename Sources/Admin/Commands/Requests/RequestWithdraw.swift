import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien request withdraw`.
struct RequestWithdraw: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "withdraw", abstract: Phrases.requestWithdrawAbstract)
    }

    @OptionGroup var request: RequestIDArgument
    @OptionGroup var revision: DecisionRevisionOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let expected = try await confirmation.revision(of: request, revision, client, in: context)
            let answer = try await client.withdrawSeatRequest(
                .with {
                    $0.id = request.number
                    $0.expectedRevision = expected
                }
            )
            try RequestTable.write(answer, context.renderer(global))
        }
    }
}
