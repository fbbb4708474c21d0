import ArgumentParser
import Shared

extension KhienCommand {
    /// The commands below `khien catalog`.
    struct Catalog: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "catalog",
                abstract: Phrases.catalogGroupAbstract,
                subcommands: [CatalogPublish.self, CatalogShow.self]
            )
        }
    }
}
