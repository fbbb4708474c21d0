import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien unit merge`.
struct UnitMerge: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "merge",
            abstract: Phrases.unitMergeAbstract,
            discussion: Phrases.unitMergeDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.unitMergedHelp, valueName: Phrases.unitValue))
    var units: [String]

    @Option(help: ArgumentHelp(Phrases.unitIntoHelp, valueName: Phrases.unitValue))
    var into: String

    @OptionGroup var decision: DecisionOptions
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard units.count <= AdminLimits.mergedUnits else {
            throw ValidationError(Phrases.tooManyUnits(AdminLimits.mergedUnits))
        }
        try OptionCheck.text(into, "--into", atMost: AdminLimits.unitNameBytes)
        var seen: Set<String> = []
        for unit in units {
            try OptionCheck.text(unit, "UNIT", atMost: AdminLimits.unitNameBytes)
            guard unit != into else { throw ValidationError(Phrases.mergedIntoItself(unit)) }
            guard seen.insert(unit).inserted else { throw ValidationError(Phrases.repeatedUnit(unit)) }
        }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            try await confirmation.confirm(in: context) { try await look(client) }
            let answer = try await client.mergeUnits(
                .with {
                    $0.units = units
                    $0.into = into
                    $0.decision = decision.unitDecision
                }
            )
            try UnitChangeList.write(answer, context.renderer(global))
        }
    }

    private func look(_ client: AdministrationClient) async throws -> Phrase {
        var gone: [Khien_V1_UnitSummary] = []
        for unit in units { gone.append(try await client.getUnit(.with { $0.unit = unit }).unit) }
        let other = try await client.getUnit(.with { $0.unit = into }).unit
        return Phrases.unitsWillGo(
            gone.map(\.name),
            into: other.name,
            seats: gone.reduce(0) { $0 + $1.allocatedSeats },
            devices: gone.reduce(0) { $0 + $1.devices }
        )
    }
}
