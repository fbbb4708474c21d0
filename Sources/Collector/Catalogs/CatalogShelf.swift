internal import Foundation
internal import Logging
internal import Shared
internal import Signatures
internal import Synchronization

/// The catalogs that are in use now.
struct CurrentCatalog: Sendable {
    /// By which devices are judged: the newest of the published and the built-in one.
    var catalog: Catalog
    /// Its text, UTF-8.
    var text: Data
    /// SHA-256 over the text.
    var digest: [UInt8]
    /// What agents are given: only what an officer published.
    var published: PublishedCatalog?

    /// Whether devices are judged by the published one.
    var isPublished: Bool { published?.version == catalog.version }
}

/// A catalog as agents are given it.
struct PublishedCatalog: Sendable, Hashable {
    var version: Int
    var text: Data
    var signature: Data
    var certificate: Data
    var certificateExpiresAt: Milliseconds
    var publishedAt: Milliseconds
    var publishedBy: String

    init(_ record: CatalogRecord) {
        version = record.version
        text = Data(record.text)
        signature = Data(record.signed.signature)
        certificate = Data(record.signed.certificate)
        certificateExpiresAt = record.signed.certificateExpiresAt
        publishedAt = record.publishedAt
        publishedBy = record.publishedBy
    }
}

/// Holds the catalogs in memory, so that no report waits for one to be read.
final class CatalogShelf: Sendable {
    private let contents: Mutex<CurrentCatalog>

    /// What is in use at this moment.
    var current: CurrentCatalog { contents.withLock { $0 } }

    /// A shelf with only the catalog that this program was built with.
    /// - Throws: `CollectorError` (`internal`).
    convenience init() throws(CollectorError) {
        let text: UnsafeRawBufferPointer
        do {
            text = try Catalog.builtInText()
        } catch {
            throw CollectorError(.internal, "The program was built without a catalog. Build it again.", cause: error)
        }
        try self.init(builtIn: Data(text))
    }

    /// A shelf with a text in the place of the built-in one.
    init(builtIn text: Data) throws(CollectorError) {
        do {
            let builtIn = try Catalog(text: text)
            contents = Mutex(
                CurrentCatalog(catalog: builtIn, text: text, digest: SHA256.hash([UInt8](text)), published: nil)
            )
        } catch {
            throw CollectorError(.internal, "The program's own catalog is broken. Build it again.", cause: error)
        }
    }

    /// Takes the newest catalog that was published here, too.
    ///
    /// One that this program refuses is named in the log and left alone: an older catalog is better than no collector.
    func load(from database: Database, logger: Logger) throws(CollectorError) {
        guard let record = try database.writeNow({ try CatalogStore(sql: $0).newest() }) else { return }
        do {
            put(record, try Catalog(text: record.text))
        } catch {
            logger.error(
                "the published catalog is not used: publish a right one",
                metadata: ["version": "\(record.version)", "error": "\(error)"]
            )
        }
    }

    /// Puts a published catalog in the place of the one before.
    ///
    /// A built-in one that is newer goes on judging: it came with a newer program. Of the same version, the one that an
    /// officer published counts.
    func put(_ record: CatalogRecord, _ catalog: Catalog) {
        contents.withLock { contents in
            // Of two officers at once, the slower one must not take the newer catalog away again.
            guard record.version >= contents.published?.version ?? 0 else { return }
            contents.published = PublishedCatalog(record)
            guard catalog.version >= contents.catalog.version else { return }
            contents.catalog = catalog
            contents.text = Data(record.text)
            contents.digest = record.digest
        }
    }

    /// Puts another signature in the place of the one that agents were given.
    func putSignature(_ version: Int, _ signed: CatalogSignature) {
        contents.withLock { contents in
            guard contents.published?.version == version else { return }
            contents.published?.signature = Data(signed.signature)
            contents.published?.certificate = Data(signed.certificate)
            contents.published?.certificateExpiresAt = signed.certificateExpiresAt
        }
    }
}
