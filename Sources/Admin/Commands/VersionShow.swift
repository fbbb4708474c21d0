import ArgumentParser
import Shared

/// `khien version`.
struct VersionShow: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "The version of this program. Asks nobody."
    )

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try context.renderer(global).show(khienVersion, Self.table)
    }

    static let table = Table<String>([Column("version", "khien") { .text($0) }])
}
