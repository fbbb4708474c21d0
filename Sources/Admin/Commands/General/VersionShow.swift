import ArgumentParser
import Shared

/// `khien version`.
struct VersionShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "version", abstract: Phrases.versionAbstract)
    }

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try context.renderer(global).show(khienVersion, Self.table)
    }

    static let table = Table<String>([Column("version", Phrase(verbatim: "khien")) { .text($0) }])
}
