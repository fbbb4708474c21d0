import Shared

/// `khien-agent catalog check`: whether a text is a catalog, and what is in it.
public struct CatalogCheckCommand: Sendable {
    /// The file with the text.
    public var path: String

    /// A command with all its parts.
    public init(path: String) { self.path = path }

    /// Prints what is in the catalog, or what is wrong with it and in which line.
    ///
    /// - Returns: `failure` for a text that is no catalog.
    /// - Throws: `AgentError` of code `usage` when the file cannot be read.
    public func run(console: Console) throws(AgentError) -> ExitStatus {
        let text = try GivenFile.read(path, limit: CatalogLimits.textBytes)
        do {
            let catalog = try Catalog(text: text)
            for line in CatalogSummary(catalog).lines { console.print(line) }
            return .success
        } catch {
            let place = error.line > 0 ? "\(path):\(error.line)" : path
            console.log("\(PrintableText.escape(place)): \(PrintableText.escape(error.message))")
            return .failure
        }
    }
}
