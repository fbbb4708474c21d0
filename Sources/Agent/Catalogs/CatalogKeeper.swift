import Shared

/// Keeps the catalog in use for as long as a process works on a state.
///
/// It reads the stored one, and takes newer ones of the collector. Whoever uses it holds the state's lock.
///
/// Nothing about a catalog ever keeps a report back: what goes wrong is logged, and the catalog in use stays.
final class CatalogKeeper {
    private let store: CatalogStore
    private let authority: Certificate
    private let platforms: Set<HostDescription.Platform>?
    private let now: @Sendable () -> Int64
    private let console: Console
    private var refused: (version: Int, atMilliseconds: Int64)?

    /// The catalog in use.
    private(set) var inUse: CatalogInUse

    /// Reads the stored catalog; one that must not be used is put aside.
    ///
    /// - Throws: `AgentError` of code `library` when the program's own catalog is broken.
    init(
        state: StateDirectory,
        authority: Certificate,
        platforms: Set<HostDescription.Platform>?,
        now: @escaping @Sendable () -> Int64,
        console: Console
    ) throws(AgentError) {
        store = CatalogStore(state: state)
        self.authority = authority
        self.platforms = platforms
        self.now = now
        self.console = console
        inUse = try Self.load(store, authority, platforms, console)
    }

    /// Reads the stored catalog again: somebody changed the file.
    ///
    /// - Throws: `AgentError` of code `library`.
    func reload() throws(AgentError) { inUse = try Self.load(store, authority, platforms, console) }

    /// Takes the collector's catalog when it is newer than the one in use.
    ///
    /// - Parameters:
    ///   - version: The version that the collector says it has.
    ///   - connection: To the collector.
    /// - Returns: whether another catalog is in use now.
    func update(to version: Int, over connection: some GRPCCalling) -> Bool {
        guard version > inUse.catalog.version, !isRefused(version) else { return false }
        do throws(CatalogClient.Failure) {
            let signed = try CatalogClient.fetch(
                above: inUse.catalog.version,
                over: connection,
                authority: authority,
                atMilliseconds: now()
            )
            return try take(signed)
        } catch {
            switch error {
            case .transport(let error):
                console.log("The collector's catalog, version \(version), could not be fetched: \(error.message)")
            case .refused(let refusal):
                refused = (version, now())
                console.log(
                    "The collector's catalog, version \(version), is refused: \(refusal.message). "
                        + "Version \(inUse.catalog.version) stays in use; tell your officer."
                )
            }
            return false
        }
    }

    private func take(_ signed: SignedCatalog) throws(CatalogClient.Failure) -> Bool {
        do {
            let catalog = try signed.catalog(for: platforms)
            guard catalog.version > inUse.catalog.version else {
                throw CatalogRefusal.notNewer(catalog.version, than: inUse.catalog.version)
            }
            let seen = CatalogStore.Seen(
                version: catalog.version,
                digest: signed.digest,
                authority: authority.fingerprint
            )
            try CatalogStore.refuseOlder(seen, than: try store.seen(of: authority))
            try store.keep(signed, as: seen)
            inUse = CatalogInUse(catalog: catalog, origin: .collector)
            console.log("The collector's catalog, version \(catalog.version), is in use from now on.")
            return true
        } catch let refusal as CatalogRefusal {
            throw .refused(refusal)
        } catch {
            // Used without being kept, it would come and go with each start, and findings with it.
            let reason = (error as? AgentError)?.message ?? "the state cannot be used"
            console.log("The collector's catalog could not be kept, and is fetched again later: \(reason)")
            return false
        }
    }

    /// Whether this version was refused a short time ago: a wrong catalog is not loaded anew with each report.
    private func isRefused(_ version: Int) -> Bool {
        guard let refused, refused.version == version else { return false }
        let (age, overflow) = now().subtractingReportingOverflow(refused.atMilliseconds)
        return !overflow && (0..<AgentLimits.refusedCatalogMilliseconds).contains(age)
    }

    private static func load(
        _ store: CatalogStore,
        _ authority: Certificate,
        _ platforms: Set<HostDescription.Platform>?,
        _ console: Console
    ) throws(AgentError) -> CatalogInUse {
        switch store.load(platforms: platforms) {
        case .usable(let catalog, let seen):
            // Not yet remembered where the power failed between the two files.
            do { try store.remember(seen) } catch { console.log(error.message) }
            return CatalogInUse(catalog: catalog, origin: .collector)
        case .unusable(let reason):
            console.log(store.remark(reason))
            do { try store.putAside() } catch { console.log(error.message) }
        case .none:
            break
        }
        let builtIn = try CatalogInUse.builtIn(for: platforms)
        if let seen = try? store.seen(of: authority), seen.version > builtIn.catalog.version {
            console.log(
                "Version \(seen.version) of the collector's catalog, which this device has had, is not there; version "
                    + "\(builtIn.catalog.version), which is built in, is used until it has been fetched again."
            )
        }
        return builtIn
    }
}
