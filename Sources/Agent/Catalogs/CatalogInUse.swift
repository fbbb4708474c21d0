public import Shared

/// A catalog, and where it is from.
public struct CatalogInUse: Sendable {
    /// Where a catalog is from.
    public enum Origin: Sendable, Hashable {
        /// The program was built with it.
        case builtIn
        /// The collector signed it, and it lies in the state.
        case collector
        /// Somebody tries this file out.
        case file(String)
    }

    /// The catalog.
    public let catalog: Catalog
    /// Where it is from.
    public let origin: Origin

    /// For people.
    var line: String {
        switch origin {
        case .builtIn: "version \(catalog.version), built in"
        case .collector: "version \(catalog.version), signed by the collector"
        case .file(let path): "version \(catalog.version), from \(PrintableText.escape(path))"
        }
    }

    /// The catalog that the program was built with.
    ///
    /// - Throws: `AgentError` of code `library`.
    static func builtIn(for platforms: Set<HostDescription.Platform>?) throws(AgentError) -> CatalogInUse {
        do {
            return CatalogInUse(catalog: try Catalog.builtIn(for: platforms), origin: .builtIn)
        } catch {
            throw AgentError(code: .library, message: "The program's own \(error)", cause: error)
        }
    }

    /// The catalog to look at a device with, for a look that changes nothing.
    ///
    /// - Parameters:
    ///   - statePath: A state that may hold a catalog of the collector.
    ///   - isRequired: Whether that state must be there; where it need not, what cannot be opened is passed over.
    ///   - platforms: Those whose names are wanted; `nil` for all.
    ///   - log: Takes one line about a stored catalog that is not used.
    /// - Returns: the collector's where there is one that may be used, otherwise the one that is built in.
    /// - Throws: `AgentError` of code `library`; with `isRequired` also what opening the state throws.
    public static func find(
        statePath: String,
        isRequired: Bool,
        platforms: Set<HostDescription.Platform>?,
        log: (String) -> Void
    ) throws(AgentError) -> CatalogInUse {
        let state: StateDirectory
        do {
            state = try StateDirectory.open(statePath, creating: false)
        } catch {
            guard !isRequired else { throw error }
            return try builtIn(for: platforms)
        }
        let store = CatalogStore(state: state)
        switch store.load(platforms: platforms) {
        case .usable(let catalog, _): return CatalogInUse(catalog: catalog, origin: .collector)
        case .none: break
        case .unusable(let reason): log(store.remark(reason))
        }
        return try builtIn(for: platforms)
    }

    /// A catalog of somebody who tries it out; not signed, and never kept.
    ///
    /// - Throws: `AgentError` of code `usage`.
    public static func file(
        _ path: String,
        platforms: Set<HostDescription.Platform>?
    ) throws(AgentError) -> CatalogInUse {
        let text = try GivenFile.read(path, limit: CatalogLimits.textBytes)
        do {
            return CatalogInUse(catalog: try Catalog(text: text, for: platforms), origin: .file(path))
        } catch {
            throw AgentError(
                code: .usage,
                message: "\(PrintableText.escape(path)): \(PrintableText.escape(error.description))",
                cause: error
            )
        }
    }
}
