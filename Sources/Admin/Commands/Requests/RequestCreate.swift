import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien request create`.
struct RequestCreate: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: Phrases.requestCreateAbstract,
            discussion: Phrases.requestCreateDiscussion
        )
    }

    @Option(help: ArgumentHelp(Phrases.requestUnitHelp, valueName: Phrases.unitValue))
    var unit: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(Phrases.requestSeatsHelp, valueName: Phrases.countValue),
        transform: NumberArgument.reader(AdminLimits.requestSeats)
    )
    var seats: Int

    @Option(help: ArgumentHelp(Phrases.requestReasonHelp, valueName: Phrases.textValue))
    var reason: String

    @OptionGroup var term: TermOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.text(unit, "--unit", atMost: AdminLimits.unitNameBytes)
        try OptionCheck.number(seats, "--seats", AdminLimits.requestSeats)
        try OptionCheck.text(reason, "--reason", atMost: AdminLimits.decisionTextBytes)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.createSeatRequest(
                .with {
                    // Empty: the own one.
                    $0.unit = unit ?? ""
                    $0.seats = UInt32(clamping: seats)
                    $0.reason = reason
                    $0.termID = term.number
                }
            )
            let note = [Phrases.requestFiled(answer.request.id)]
            try RequestTable.write(answer, context.renderer(global), note: note)
        }
    }
}
