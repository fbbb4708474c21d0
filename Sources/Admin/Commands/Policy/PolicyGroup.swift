import ArgumentParser

extension KhienCommand {
    /// The commands below `khien policy`.
    struct Policy: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "policy",
                abstract: Phrases.policyGroup,
                subcommands: [PolicyShow.self, PolicySet.self]
            )
        }
    }
}
