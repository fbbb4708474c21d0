import ArgumentParser

extension KhienCommand {
    /// The commands below `khien unit`.
    struct Unit: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "unit",
                abstract: Phrases.unitAbstract,
                subcommands: [
                    UnitShow.self, UnitAdd.self, UnitRename.self, UnitMerge.self, UnitSplit.self, UnitClose.self,
                ]
            )
        }
    }
}
