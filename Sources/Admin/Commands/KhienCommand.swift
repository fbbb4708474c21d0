import ArgumentParser
import Shared

/// The root of all commands.
struct KhienCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "khien",
            abstract: Phrases.khienAbstract,
            discussion: Phrases.khienDiscussion,
            version: khienVersion,
            subcommands: [
                UnitList.self,
                Unit.self,
                Term.self,
                Allocation.self,
                LedgerShow.self,
                SeatList.self,
                Request.self,

                FindingList.self,
                Finding.self,
                ConflictList.self,
                Policy.self,

                DeviceList.self,
                Device.self,

                Officer.self,
                OwnProfile.self,

                Token.self,

                Catalog.self,
                UnknownList.self,

                ReportWrite.self,
                CompletionsPrint.self,
                VersionShow.self,
            ]
        )
    }
}
