import ArgumentParser

extension KhienCommand {
    /// The commands below `khien token`.
    struct Token: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "token",
                abstract: Phrases.tokenGroupAbstract,
                subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self]
            )
        }
    }
}
