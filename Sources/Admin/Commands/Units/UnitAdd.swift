import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien unit add`.
struct UnitAdd: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: Phrases.unitAddAbstract,
            discussion: Phrases.unitAddDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.newUnitCodeHelp, valueName: Phrases.codeValue))
    var code: String

    @Option(help: ArgumentHelp(Phrases.newUnitNameHelp, valueName: Phrases.nameValue))
    var name: String

    @Option(help: ArgumentHelp(Phrases.unitGroupHelp, valueName: Phrases.groupValue))
    var group: UnitGroupOption

    @OptionGroup var decision: DecisionOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try Self.check(code: code)
        try OptionCheck.text(name, "--name", atMost: AdminLimits.unitNameBytes)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.addUnit(
                .with {
                    $0.code = code
                    $0.name = name
                    $0.group = group.rawValue
                    $0.decision = decision.unitDecision
                }
            )
            try UnitChangeList.write(answer, context.renderer(global))
        }
    }

    /// Refuses what can be no unit's code.
    static func check(code: String) throws {
        let isCode =
            AdminLimits.unitCodeBytes.contains(code.utf8.count)
            && code.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        guard isCode else { throw ValidationError(Phrases.badUnitCode(code)) }
    }
}
