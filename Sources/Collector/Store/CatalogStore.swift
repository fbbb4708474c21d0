/// A catalog that was published here.
struct CatalogRecord: Sendable, Hashable {
    var version: Int
    /// UTF-8.
    var text: [UInt8]
    /// SHA-256 over the text.
    var digest: [UInt8]
    var signed: CatalogSignature
    var publishedAt: Milliseconds
    var publishedBy: String
    /// The version that was current before.
    var formerVersion: Int
}

/// Who vouches for a catalog's text.
struct CatalogSignature: Sendable, Hashable {
    /// Over the text with its payload type: r then s.
    var signature: [UInt8]
    /// Of the key that signed: X.509 in DER.
    var certificate: [UInt8]
    var certificateExpiresAt: Milliseconds
}

/// What judging devices again by a catalog has done.
struct CatalogTally: Sendable, Hashable {
    var devices = 0
    var findingsOpened = 0
    var findingsClosed = 0
    var unknownsResolved = 0
}

/// SQL of the table `catalog`.
struct CatalogStore {
    /// Catalogs that are kept, the newest ones; each is at most 768 KiB.
    static let kept = 16

    let sql: SQLTransaction

    func newest() throws -> CatalogRecord? {
        try sql.first(
            """
            SELECT version, text, digest, signature, certificate, certificate_expires_at_ms, published_at_ms,
                published_by, former_version
            FROM catalog ORDER BY version DESC LIMIT 1
            """
        ) { row in
            CatalogRecord(
                version: row.int(0),
                text: row.blob(1),
                digest: row.blob(2),
                signed: CatalogSignature(
                    signature: row.blob(3),
                    certificate: row.blob(4),
                    certificateExpiresAt: Milliseconds(row.integer(5))
                ),
                publishedAt: Milliseconds(row.integer(6)),
                publishedBy: row.text(7),
                formerVersion: row.int(8)
            )
        }
    }

    /// Adds a catalog that is newer than all others, and drops the oldest ones.
    func insert(_ catalog: CatalogRecord) throws {
        try sql.execute(
            """
            INSERT INTO catalog (version, text, digest, signature, certificate, certificate_expires_at_ms,
                                 published_at_ms, published_by, former_version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            .integer(catalog.version),
            .blob(catalog.text),
            .blob(catalog.digest),
            .blob(catalog.signed.signature),
            .blob(catalog.signed.certificate),
            .integer(catalog.signed.certificateExpiresAt.value),
            .integer(catalog.publishedAt.value),
            .text(catalog.publishedBy),
            .integer(catalog.formerVersion)
        )
        try sql.execute(
            """
            DELETE FROM catalog
            WHERE version NOT IN (SELECT version FROM catalog ORDER BY version DESC LIMIT $1)
            """,
            .integer(Self.kept)
        )
    }

    func setSignature(_ version: Int, _ signed: CatalogSignature) throws {
        try sql.execute(
            """
            UPDATE catalog SET signature = $1, certificate = $2, certificate_expires_at_ms = $3 WHERE version = $4
            """,
            .blob(signed.signature),
            .blob(signed.certificate),
            .integer(signed.certificateExpiresAt.value),
            .integer(version)
        )
    }

    /// Counts what was done by a catalog; nothing happens where it was not published here.
    func add(_ tally: CatalogTally, to version: Int) throws {
        try sql.execute(
            """
            UPDATE catalog SET devices = devices + $1, findings_opened = findings_opened + $2,
                findings_closed = findings_closed + $3, unknowns_resolved = unknowns_resolved + $4
            WHERE version = $5
            """,
            .integer(tally.devices),
            .integer(tally.findingsOpened),
            .integer(tally.findingsClosed),
            .integer(tally.unknownsResolved),
            .integer(version)
        )
    }

    func tally(of version: Int) throws -> CatalogTally? {
        try sql.first(
            """
            SELECT devices, findings_opened, findings_closed, unknowns_resolved FROM catalog WHERE version = $1
            """,
            .integer(version)
        ) { row in
            CatalogTally(
                devices: row.int(0),
                findingsOpened: row.int(1),
                findingsClosed: row.int(2),
                unknownsResolved: row.int(3)
            )
        }
    }
}
