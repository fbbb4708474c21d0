internal import GRDB
internal import Logging
internal import Shared

/// The embedded database: one connection that writes and checkpoints, several that only read.
///
/// Debian 12's SQLite 3.40.1 can corrupt a database when two connections reset its write-ahead log at once. Here only
/// the writer ever may: readers are opened read-only with automatic checkpoints off, and the data directory's lock keeps
/// other collectors out.
public struct Database: Sendable {
    private let pool: DatabasePool
    private let interruption: SQLTransaction.Interruption?

    /// The newest schema that this program knows.
    static let schemaVersion = Migration.all.count

    /// Opens the database file, creating it when there is none, and brings its schema up to date.
    /// - Throws: `CollectorError` (`dataDirectory`) when the file cannot be used or is from a newer version.
    public init(path: String) throws(CollectorError) {
        try self.init(path: path, flushesCommits: true, interruption: nil)
    }

    /// The same, for tests: commits need not outlive the power, and `interruption` is called before every statement and every
    /// commit; what it throws undoes the transaction.
    init(path: String, flushesCommits: Bool, interruption: SQLTransaction.Interruption?) throws(CollectorError) {
        self.interruption = interruption
        do {
            var configuration = Configuration()
            configuration.maximumReaderCount = 4
            configuration.prepareDatabase { database in
                let isReader = database.configuration.readonly
                if isReader { try database.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
                try database.execute(sql: "PRAGMA foreign_keys = ON")
                // In KiB; the operating system's cache stands behind both.
                try database.execute(sql: "PRAGMA cache_size = -\(isReader ? 2048 : 65536)")
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL when it turns the write-ahead log on, which flushes at checkpoints only: an acknowledged
            // report could then be lost with the power. It has to be said after that, and only the writer commits.
            let synchronous = flushesCommits ? "FULL" : "OFF"
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = \(synchronous)") }
            self.pool = pool
        } catch {
            throw CollectorError(
                .dataDirectory,
                "The database cannot be opened. Check that the data directory is on a local disk and writable.",
                cause: error
            )
        }
        try migrate()
    }

    /// Runs a transaction that may change things; all of it is flushed to disk when this returns, or none of it happened.
    func write<Result: Sendable>(
        _ body: @Sendable (SQLTransaction) throws -> Result
    ) async throws(CollectorError) -> Result {
        do {
            return try await pool.write { try perform(body, in: $0) }
        } catch {
            throw Self.map(error)
        }
    }

    /// Runs a transaction that only reads, beside the writer.
    func read<Result: Sendable>(
        _ body: @Sendable (SQLTransaction) throws -> Result
    ) async throws(CollectorError) -> Result {
        do {
            return try await pool.read { try perform(body, in: $0) }
        } catch {
            throw Self.map(error)
        }
    }

    /// The same as `write`, from code that cannot wait: start-up and tests.
    @discardableResult
    func writeNow<Result>(_ body: (SQLTransaction) throws -> Result) throws(CollectorError) -> Result {
        do {
            return try pool.write { try perform(body, in: $0) }
        } catch {
            throw Self.map(error)
        }
    }

    /// What SQLite says of its own safety settings on the writing connection, for tests and the log.
    func durability() throws -> (journal: String, synchronous: Int, version: String) {
        try pool.writeWithoutTransaction { database in
            (
                try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? "",
                try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1,
                try String.fetchOne(database, sql: "SELECT sqlite_version()") ?? ""
            )
        }
    }

    /// Whether reading connections can write or checkpoint, for tests.
    func readerShape() throws -> (isReadOnly: Bool, automaticCheckpointPages: Int) {
        try pool.read { database in
            (database.configuration.readonly, try Int.fetchOne(database, sql: "PRAGMA wal_autocheckpoint") ?? -1)
        }
    }

    /// Folds the write-ahead log into the database and closes it.
    public func close() throws {
        _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try pool.close()
    }

    private func perform<Result>(
        _ body: (SQLTransaction) throws -> Result,
        in database: GRDB.Database
    ) throws -> Result {
        let result = try body(SQLTransaction(database, interruption: interruption))
        try interruption?()
        return result
    }

    private func migrate() throws(CollectorError) {
        try writeNow { transaction in
            try transaction.script("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
            let current =
                try transaction.first("SELECT max(version) FROM schema_version") { $0.optionalInteger(0) } ?? nil
            let version = Int(current ?? 0)
            guard version <= Self.schemaVersion else {
                throw CollectorError(
                    .dataDirectory,
                    "The database has schema \(version), this program knows up to \(Self.schemaVersion). "
                        + "Start the newer khien-collector that wrote it."
                )
            }
            for (index, migration) in Migration.all.enumerated().dropFirst(version) {
                try transaction.script(migration.sql)
                try transaction.execute("INSERT INTO schema_version (version) VALUES ($1)", .integer(index + 1))
            }
        }
    }

    private static func map(_ error: any Error) -> CollectorError {
        if let error = error as? CollectorError { return error }
        return CollectorError(
            .unavailable,
            Phrase(
                "The collector could not store or read this now. Nothing was changed; try again later.",
                vi: "Máy chủ thu thập hiện không ghi hoặc đọc được dữ liệu. Không có gì thay đổi; hãy thử lại sau."
            ),
            cause: error
        )
    }
}
