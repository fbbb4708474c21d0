import ArgumentParser

extension KhienCommand {
    /// The commands below `khien officer`.
    struct Officer: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "officer",
                abstract: Phrases.officerGroup,
                subcommands: [
                    OfficerAdd.self, OfficerSign.self, OfficerSet.self, OfficerList.self, OfficerRevoke.self,
                ]
            )
        }
    }
}
