import Shared

/// `khien-agent catalog show`: which catalog a look at this device would use, and what is in it.
///
/// Reads only.
public struct CatalogShowCommand: Sendable {
    /// A state that may hold a catalog of the collector.
    public var statePath: String
    /// Whether that state must be there.
    public var isStateRequired: Bool

    /// A command with all its parts.
    public init(statePath: String, isStateRequired: Bool) {
        self.statePath = statePath
        self.isStateRequired = isStateRequired
    }

    /// Prints the catalog's version, where it is from, and its sizes.
    ///
    /// - Throws: `AgentError`.
    public func run(console: Console) throws(AgentError) {
        let inUse = try CatalogInUse.find(
            statePath: statePath,
            isRequired: isStateRequired,
            platforms: nil,
            log: console.log
        )
        let builtIn = try CatalogInUse.builtIn(for: [])
        let origin =
            switch inUse.origin {
            case .builtIn: "built in"
            case .collector: "signed by the collector, in \(PrintableText.escape(statePath))/\(CatalogStore.file)"
            case .file(let path): PrintableText.escape(path)
            }
        let summary = CatalogSummary(inUse.catalog)
        console.print(summary.lines[0])
        console.print(CatalogSummary.line("Origin", origin))
        if inUse.origin != .builtIn {
            console.print(CatalogSummary.line("Built in", "version \(builtIn.catalog.version)"))
        }
        for line in summary.lines.dropFirst() { console.print(line) }
    }
}
