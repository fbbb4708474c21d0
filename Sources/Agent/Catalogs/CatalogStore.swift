import Shared

/// The collector's catalog as files of the state: `catalog` as it was signed, and `catalog-seen`, which remembers the
/// highest version apart from it, so that an older catalog in its place is noticed, signed as it may be.
struct CatalogStore {
    /// What the state holds.
    enum Contents {
        /// No catalog.
        case none
        /// One that was verified now, and is to be used.
        case usable(Catalog, Seen)
        /// One that must not be used, for this reason.
        case unusable(String)
    }

    /// The highest version that was ever taken.
    struct Seen: Equatable {
        var version: Int
        /// SHA-256 over its text, as hexadecimal.
        var digest: String
        /// Fingerprint of the authority whose catalogs are counted: another collector counts anew.
        var authority: String
    }

    let state: StateDirectory

    static let file = "catalog"
    static let seenFile = "catalog-seen"
    static let refusedFile = "catalog-refused"
    private static let recordName = "khien-catalog-seen"
    private static let recordVersion = 1

    /// Reads and verifies what is stored; changes nothing.
    func load(platforms: Set<HostDescription.Platform>?) -> Contents {
        do throws(AgentError) {
            guard let bytes = try state.read(Self.file, limit: SignedCatalog.maximumBytes) else { return .none }
            guard let authority = try IdentityFiles(state: state).authority() else {
                return .unusable("there is no authority to verify it with")
            }
            return try load(bytes, authority: authority, platforms: platforms)
        } catch {
            return .unusable(error.message)
        }
    }

    private func load(
        _ bytes: [UInt8],
        authority: Certificate,
        platforms: Set<HostDescription.Platform>?
    ) throws(AgentError) -> Contents {
        let highest = try seen(of: authority)
        do throws(CatalogRefusal) {
            guard let signed = SignedCatalog(bytes) else { throw .malformed }
            try signed.verify(by: authority, atMilliseconds: nil)
            let catalog = try signed.catalog(for: platforms)
            let seen = Seen(version: catalog.version, digest: signed.digest, authority: authority.fingerprint)
            try Self.refuseOlder(seen, than: highest)
            let builtIn = try Self.builtInVersion()
            guard catalog.version > builtIn else { throw .notNewer(catalog.version, than: builtIn) }
            return .usable(catalog, seen)
        } catch {
            return .unusable(error.message)
        }
    }

    /// Keeps a catalog that was verified.
    ///
    /// The catalog comes first: one whose version is not remembered yet is newer than what is, and taken all the same.
    func keep(_ signed: SignedCatalog, as seen: Seen) throws(AgentError) {
        try state.replace(Self.file, with: signed.encoded)
        try remember(seen)
    }

    /// Remembers a version that was taken, unless it is remembered.
    func remember(_ seen: Seen) throws(AgentError) {
        guard try record() != seen else { return }
        var record = TextRecord()
        record.add("authority", seen.authority)
        record.add("version", String(seen.version))
        record.add("digest", seen.digest)
        try state.replace(Self.seenFile, with: record.encoded(name: Self.recordName, version: Self.recordVersion))
    }

    /// The highest version that was taken from this authority; `nil` where none was, or where the memory of it is damaged.
    func seen(of authority: Certificate) throws(AgentError) -> Seen? {
        guard let seen = try record(), seen.authority == authority.fingerprint else { return nil }
        return seen
    }

    private func record() throws(AgentError) -> Seen? {
        let bytes: [UInt8]?
        do {
            bytes = try state.read(Self.seenFile, limit: AgentLimits.stateFileBytes)
        } catch let error where error.code == .stateDamaged {
            bytes = nil
        }
        guard let bytes, let record = TextRecord(bytes, name: Self.recordName, version: Self.recordVersion),
            let version = record.number("version").flatMap(Int.init(exactly:)), let digest = record["digest"],
            let authority = record["authority"]
        else { return nil }
        return Seen(version: version, digest: digest, authority: authority)
    }

    /// Moves the catalog to `catalog-refused`, for a look at it.
    func putAside() throws(AgentError) { try state.rename(Self.file, to: Self.refusedFile) }

    /// For people.
    func remark(_ reason: String) -> String {
        "The catalog in \(state.path)/\(Self.file) is not used, but the one that is built in: \(reason)."
    }

    /// Refuses what this device has had a later version of, and another text under a version that it has had.
    static func refuseOlder(_ seen: Seen, than highest: Seen?) throws(CatalogRefusal) {
        guard let highest else { return }
        guard seen.version > highest.version || seen == highest else {
            throw .rolledBack(seen.version, seen: highest.version)
        }
    }

    /// The version of the catalog that the program was built with; 0 when it has none.
    private static func builtInVersion() throws(CatalogRefusal) -> Int {
        do {
            return try Catalog.builtIn(for: []).version
        } catch {
            throw .unreadable(error)
        }
    }
}
