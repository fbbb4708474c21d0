import ArgumentParser

extension KhienCommand {
    /// The commands below `khien allocation`.
    struct Allocation: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "allocation",
                abstract: Phrases.allocationAbstract,
                subcommands: [AllocationList.self, AllocationSet.self, AllocationImport.self]
            )
        }
    }
}
