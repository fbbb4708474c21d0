import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien unit close`.
struct UnitClose: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "close", abstract: Phrases.unitCloseAbstract)
    }

    @Argument(help: ArgumentHelp(Phrases.unitArgumentHelp, valueName: Phrases.unitValue))
    var unit: String

    @OptionGroup var decision: DecisionOptions
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.text(unit, "UNIT", atMost: AdminLimits.unitNameBytes)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            try await confirmation.confirm(in: context) {
                let seen = try await client.getUnit(.with { $0.unit = unit }).unit
                return Phrases.unitWillClose(seen.name, seats: seen.allocatedSeats)
            }
            let answer = try await client.closeUnit(
                .with {
                    $0.unit = unit
                    $0.decision = decision.unitDecision
                }
            )
            try UnitChangeList.write(answer, context.renderer(global))
        }
    }
}
