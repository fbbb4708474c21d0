import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien unit rename`.
struct UnitRename: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "rename", abstract: Phrases.unitRenameAbstract)
    }

    @Argument(help: ArgumentHelp(Phrases.unitArgumentHelp, valueName: Phrases.unitValue))
    var unit: String

    @Option(help: ArgumentHelp(Phrases.newUnitNameHelp, valueName: Phrases.nameValue))
    var name: String

    @Option(help: ArgumentHelp(Phrases.unitRegroupHelp, valueName: Phrases.groupValue))
    var group: UnitGroupOption?

    @OptionGroup var decision: DecisionOptions
    @OptionGroup var revision: DecisionRevisionOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.text(unit, "UNIT", atMost: AdminLimits.unitNameBytes)
        try OptionCheck.text(name, "--name", atMost: AdminLimits.unitNameBytes)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let expected = try await confirmation.expected(revision.number, in: context) {
                let seen = try await client.getUnit(.with { $0.unit = unit })
                return .init(revision: seen.revision, change: change(of: seen.unit))
            }
            let answer = try await client.renameUnit(
                .with {
                    $0.unit = unit
                    $0.name = name
                    $0.group = group?.rawValue ?? ""
                    $0.decision = decision.unitDecision
                    $0.expectedRevision = expected
                }
            )
            try UnitChangeList.write(answer, context.renderer(global))
        }
    }

    /// What becomes of the name, and of the group where another one is given.
    private func change(of unit: Khien_V1_UnitSummary) -> Phrase {
        let renamed = Phrases.unitWillBeRenamed(unit.name, to: name)
        guard let group, group.rawValue != unit.group else { return renamed }
        let former = UnitGroupOption(rawValue: unit.group)?.phrase ?? Phrase(verbatim: unit.group)
        return Phrases.joined(renamed, Phrases.unitWillBeRegrouped(from: former, to: group.phrase))
    }
}
