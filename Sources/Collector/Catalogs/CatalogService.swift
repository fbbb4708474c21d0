internal import Foundation
internal import Logging
internal import Shared
internal import Signatures

/// Publishes, shows and gives out catalogs.
struct CatalogService: Sendable {
    /// Devices that a dry run looks at in one transaction.
    private static let previewDevices = 500

    let database: Database
    let clock: WallClock
    let shelf: CatalogShelf
    let signer: CatalogSigner
    let sweep: CatalogSweep
    let logger: Logger
    /// How long a publication waits for the devices to be judged again; below the shortest usual deadline of a caller.
    var answerTime: Duration = .seconds(5)

    /// What a publication did so far, or would do.
    struct Publication: Sendable, Hashable {
        var version: Int
        var families: Int
        var signals: Int
        var formerVersion: Int
        var tally: CatalogTally
    }

    /// Checks, signs and keeps a catalog, and has every device judged again by it.
    ///
    /// The answer comes when all are judged, or with the figures so far after `answerTime`. The same text again gets the
    /// same answer, with the figures of then.
    /// - Throws: `CollectorError`: `invalidArgument` for a text that is no catalog, `failedPrecondition` for a version that
    ///   is not above the current one.
    func publish(_ text: Data, dryRun: Bool, by caller: Caller) async throws(CollectorError) -> Publication {
        try caller.requireCenter()
        let catalog: Catalog
        do {
            catalog = try Catalog(text: text)
        } catch {
            throw CollectorError(.invalidArgument, error.phrase)
        }
        let digest = SHA256.hash([UInt8](text))
        let current = shelf.current
        try Self.requireNewer(catalog, digest, than: current)
        var publication = Publication(
            version: catalog.version,
            families: catalog.families.count,
            signals: catalog.signals.count,
            formerVersion: current.catalog.version,
            tally: CatalogTally()
        )
        if dryRun {
            publication.tally = try await preview(catalog)
            return publication
        }
        let record = CatalogRecord(
            version: catalog.version,
            text: [UInt8](text),
            digest: digest,
            signed: try signer.sign(text, now: clock.now()),
            publishedAt: clock.now(),
            publishedBy: caller.name,
            formerVersion: current.catalog.version
        )
        let kept = try await keep(record)
        // Whatever is judged from here on is judged by it.
        shelf.put(kept, catalog)
        await sweep.pass(waitingAtMost: answerTime)
        publication.formerVersion = kept.formerVersion
        publication.tally =
            try await database.read { try CatalogStore(sql: $0).tally(of: record.version) } ?? CatalogTally()
        return publication
    }

    /// The catalog by which devices are judged.
    var current: CurrentCatalog { shelf.current }

    /// What a device is given.
    /// - Throws: `CollectorError`: `notFound` when nothing was published, `permissionDenied` for a device that is not
    ///   enrolled, or revoked.
    func signed(for deviceID: String) async throws(CollectorError) -> PublishedCatalog {
        let state = try await database.read { try DeviceStore(sql: $0).state(deviceID) }
        guard let state, !state.isRevoked else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    "This device is not enrolled here, or was revoked.",
                    vi: "Thiết bị này chưa ghi danh tại đây, hoặc đã bị thu hồi."
                )
            )
        }
        guard let published = shelf.current.published else {
            throw CollectorError(
                .notFound,
                Phrase(
                    "No catalog was published here. Use the one that the agent was built with.",
                    vi: "Tại đây chưa ban hành danh mục nào. Hãy dùng danh mục có sẵn trong tác tử."
                )
            )
        }
        let now = clock.now()
        guard now.adding(seconds: CatalogSigner.renewalSeconds) >= published.certificateExpiresAt else {
            return published
        }
        let signed = try signer.sign(published.text, now: now)
        try await database.write { try CatalogStore(sql: $0).setSignature(published.version, signed) }
        shelf.putSignature(published.version, signed)
        logger.info("the catalog was signed again", metadata: ["version": "\(published.version)"])
        return shelf.current.published ?? published
    }

    /// Writes a catalog down, unless another officer was faster.
    /// - Returns: what is written down now: this one, or the same text from before.
    private func keep(_ record: CatalogRecord) async throws(CollectorError) -> CatalogRecord {
        try await database.write { sql in
            let catalogs = CatalogStore(sql: sql)
            if let newest = try catalogs.newest(), newest.version >= record.version {
                guard newest.digest == record.digest else { throw Self.notNewer(record.version, than: newest.version) }
                return newest
            }
            try catalogs.insert(record)
            try AuditStore(sql: sql).add(
                actor: "officer:\(record.publishedBy)",
                action: "catalog-published",
                target: "catalog:\(record.version)",
                detail: "before: \(record.formerVersion), sha256 \(Hexadecimal.encode(record.digest))",
                now: record.publishedAt
            )
            return record
        }
    }

    /// What judging every device again would change; as far as it gets in `answerTime`.
    private func preview(_ catalog: Catalog) async throws(CollectorError) -> CatalogTally {
        let now = clock.now()
        let end = ContinuousClock.now + answerTime
        var tally = CatalogTally()
        var resolved: Set<String> = []
        var last = ""
        repeat {
            let after = last
            let (ids, changes) = try await database.read { sql in
                let ids = try DeviceStore(sql: sql)
                    .judgedBefore(catalog: catalog.version, after: after, limit: Self.previewDevices)
                let rejudgement = Rejudgement(
                    sql: sql,
                    policy: try PolicyStore(sql: sql).policy(now: now),
                    catalog: catalog,
                    now: now
                )
                return (ids, try ids.compactMap { try rejudgement.preview($0) })
            }
            guard let id = ids.last else { break }
            for change in changes {
                tally += CatalogTally(change)
                resolved.formUnion(change.resolved)
            }
            last = id
        } while ContinuousClock.now < end
        tally.unknownsResolved = resolved.count
        return tally
    }

    /// A newer version, or the very text that is in use: an officer may give agents the catalog that came with this
    /// program.
    private static func requireNewer(
        _ catalog: Catalog,
        _ digest: [UInt8],
        than current: CurrentCatalog
    ) throws(CollectorError) {
        let isSame = catalog.version == current.catalog.version && digest == current.digest
        guard catalog.version > current.catalog.version || isSame else {
            throw notNewer(catalog.version, than: current.catalog.version)
        }
    }

    private static func notNewer(_ version: Int, than current: Int) -> CollectorError {
        CollectorError(
            .failedPrecondition,
            Phrase(
                """
                Version \(version) is not above the current one, \(current). Take what is in use \
                (khien catalog show --text), change it, and give it a higher version.
                """,
                vi: """
                    Phiên bản \(version) không cao hơn bản đang dùng là \(current). Hãy lấy danh mục đang dùng \
                    (khien catalog show --text), sửa, và ghi phiên bản cao hơn.
                    """
            )
        )
    }
}
