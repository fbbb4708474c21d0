import Agent
import ArgumentParser

/// `khien-agent catalog`.
struct CatalogCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Check a catalog, or show which one is in use.",
        subcommands: [CatalogCheck.self, CatalogShow.self]
    )
}

/// `khien-agent catalog check`.
struct CatalogCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say whether a text is a catalog: what is in it, or what is wrong in which line.",
        discussion: "Exit status: 0 it is one, 1 it is none, 2 the file cannot be read."
    )

    @Argument(help: "The text of a catalog.", completion: .file())
    var file: String

    func run() throws {
        let status = try CatalogCheckCommand(path: file).run(console: .standard)
        guard status == .success else { throw ExitCode(status.rawValue) }
    }
}

/// `khien-agent catalog show`.
struct CatalogShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show which catalog a look at this device would use."
    )

    @OptionGroup var state: OptionalStateOption

    func run() throws {
        try CatalogShowCommand(statePath: state.path, isStateRequired: state.isRequired).run(console: .standard)
    }
}
