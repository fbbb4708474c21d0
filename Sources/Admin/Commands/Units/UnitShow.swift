import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien unit show`.
struct UnitShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Phrases.unitShowAbstract,
            discussion: Phrases.unitShowDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.unitArgumentHelp, valueName: Phrases.unitValue))
    var unit: String

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.text(unit, "UNIT", atMost: AdminLimits.unitNameBytes)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.getUnit(.with { $0.unit = unit })
            try context.renderer(global).show(UnitDocument(answer, asked: unit).document)
        }
    }
}
