import ArgumentParser

extension KhienCommand {
    /// The commands below `khien finding`.
    struct Finding: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "finding",
                abstract: Phrases.findingGroup,
                subcommands: [
                    FindingShow.self, FindingAcknowledge.self, FindingWaive.self, FindingUnwaive.self,
                ]
            )
        }
    }
}
