import ArgumentParser

extension KhienCommand {
    /// The commands below `khien term`.
    struct Term: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "term",
                abstract: Phrases.termAbstract,
                subcommands: [TermAdd.self, TermList.self, TermShow.self]
            )
        }
    }
}
