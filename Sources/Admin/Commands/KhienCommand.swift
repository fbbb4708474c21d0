import ArgumentParser
import Shared

/// The root of all commands.
struct KhienCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "khien",
        abstract: "Which devices have the licensed antivirus, which have several, and which units need seats.",
        discussion: """
            Asks the collector that the officer's profile names. Exit status: 0 done, 1 the collector refused, 2 the \
            command line or the profile is wrong, 3 the collector cannot be reached.
            """,
        version: khienVersion,
        subcommands: [
            UnitList.self, ConflictList.self, DeviceList.self, UnknownList.self, Device.self, Catalog.self, Token.self,
            Officer.self, VersionShow.self,
        ]
    )

    /// The commands below `khien device`.
    struct Device: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "device",
            abstract: "One device: show it, or revoke it.",
            subcommands: [DeviceShow.self, DeviceRevoke.self]
        )
    }

    /// The commands below `khien catalog`.
    struct Catalog: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "catalog",
            abstract: "What is a sign of which product: publish a new catalog, show the one in use.",
            subcommands: [CatalogPublish.self, CatalogShow.self]
        )
    }

    /// The commands below `khien token`.
    struct Token: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "token",
            abstract: "What devices enroll with: create, list, revoke.",
            subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self]
        )
    }

    /// The commands below `khien officer`.
    struct Officer: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "officer",
            abstract: "Who may use this command line: add, list, revoke.",
            subcommands: [OfficerAdd.self, OfficerList.self, OfficerRevoke.self]
        )
    }
}
