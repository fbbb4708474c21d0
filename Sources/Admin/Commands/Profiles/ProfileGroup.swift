import ArgumentParser

extension KhienCommand {
    /// The commands below `khien profile`.
    struct OwnProfile: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "profile",
                abstract: Phrases.profileGroup,
                subcommands: [ProfileRequestMake.self, ProfileInstall.self, ProfileRenew.self, ProfileShow.self]
            )
        }
    }
}
