/// What an officer may do.
///
/// Raw values are the numbers of `khien.v1.OfficerRole` on the wire.
public enum OfficerRole: Int, Sendable, Hashable, CaseIterable {
    /// Everything, for every unit.
    case center = 1
    /// What concerns the officer's own unit.
    case unit = 2
    /// Looks at everything and changes nothing.
    case reader = 3

    /// The word that profiles and the command line use.
    public var word: String {
        switch self {
        case .center: "center"
        case .unit: "unit"
        case .reader: "reader"
        }
    }
}

/// An administrator.
struct OfficerRecord: Sendable, Hashable {
    var name: String
    var role: OfficerRole
    var unitCode: String?
    /// Of the certificate that counts.
    var certificateSerial: String
    var createdAt: Milliseconds
    var certificateExpiresAt: Milliseconds
    var revokedAt: Milliseconds?
    /// Whether the officer ever called: who never did may not have received the profile.
    var isSeen = false
    /// SHA-256 over the key, as SubjectPublicKeyInfo; `nil` when it is not known yet.
    var keyDigest: [UInt8]?
    /// One that was signed after it; it counts from its first use on.
    var pending: PendingCertificate?

    /// A renewed certificate that nobody has used yet.
    struct PendingCertificate: Sendable, Hashable {
        var serial: String
        var expiresAt: Milliseconds
    }
}

/// SQL of the table `officer`.
struct OfficerStore {
    let sql: SQLTransaction

    private static let columns = """
        name, role, unit_code, certificate_serial, created_at_ms, certificate_expires_at_ms, revoked_at_ms,
        is_seen, pending_serial, pending_expires_at_ms, key_digest
        """

    private static func record(_ row: SQLRow) -> OfficerRecord? {
        guard let role = OfficerRole(rawValue: row.int(1)) else { return nil }
        var officer = OfficerRecord(
            name: row.text(0),
            role: role,
            unitCode: row.optionalText(2),
            certificateSerial: row.text(3),
            createdAt: Milliseconds(row.integer(4)),
            certificateExpiresAt: Milliseconds(row.integer(5)),
            revokedAt: row.optionalInteger(6).map { Milliseconds($0) },
            isSeen: row.bool(7),
            keyDigest: row.optionalBlob(10)
        )
        if let serial = row.optionalText(8), let end = row.optionalInteger(9) {
            officer.pending = OfficerRecord.PendingCertificate(serial: serial, expiresAt: Milliseconds(end))
        }
        return officer
    }

    func officer(_ name: String) throws -> OfficerRecord? {
        try sql.first("SELECT \(Self.columns) FROM officer WHERE name = $1", .text(name), read: Self.record) ?? nil
    }

    /// By name; of one unit where one is given, of which no other's are read.
    func list(unit: String?) throws -> [OfficerRecord] {
        try sql.rows(Self.listStatement(isOfOneUnit: unit != nil), .text(unit ?? ""), read: Self.record)
            .compactMap(\.self)
    }

    static func listStatement(isOfOneUnit: Bool) -> String {
        "SELECT \(columns) FROM officer WHERE \(isOfOneUnit ? "unit_code" : "''") = $1 ORDER BY name"
    }

    /// - Returns: whether the name was free.
    func insert(_ officer: OfficerRecord) throws -> Bool {
        try sql.execute(
            """
            INSERT INTO officer (name, role, unit_code, certificate_serial, created_at_ms, certificate_expires_at_ms,
                key_digest)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (name) DO NOTHING
            """,
            .text(officer.name),
            .integer(officer.role.rawValue),
            .optional(officer.unitCode),
            .text(officer.certificateSerial),
            .integer(officer.createdAt.value),
            .integer(officer.certificateExpiresAt.value),
            .optional(officer.keyDigest)
        ) == 1
    }

    /// Gives an officer that is not revoked another certificate, if role, unit and key are the same.
    ///
    /// It is pending until it is first used, instead of one that is pending already: what was signed may never arrive, and
    /// until it does the officer works with the former one.
    /// - Returns: whether there was such an officer.
    func renew(_ officer: OfficerRecord) throws -> Bool {
        try certify(
            officer,
            """
            UPDATE officer SET pending_serial = $1, pending_expires_at_ms = $2, key_digest = coalesce(key_digest, $3)
            WHERE name = $4 AND role = $5 AND coalesce(unit_code, '') = $6 AND revoked_at_ms IS NULL
                AND coalesce(key_digest, $3) = $3
            """
        )
    }

    /// The same at once and with another key, for whoever has lost the former profile.
    /// - Returns: whether there was such an officer.
    func replace(_ officer: OfficerRecord) throws -> Bool {
        try certify(
            officer,
            """
            UPDATE officer SET certificate_serial = $1, certificate_expires_at_ms = $2, key_digest = $3, is_seen = 0,
                pending_serial = NULL, pending_expires_at_ms = NULL
            WHERE name = $4 AND role = $5 AND coalesce(unit_code, '') = $6 AND revoked_at_ms IS NULL
            """
        )
    }

    /// Runs a statement that takes a certificate, its end and the key's digest, and finds the officer by name, role and unit.
    private func certify(_ officer: OfficerRecord, _ statement: String) throws -> Bool {
        try sql.execute(
            statement,
            .text(officer.certificateSerial),
            .integer(officer.certificateExpiresAt.value),
            .optional(officer.keyDigest),
            .text(officer.name),
            .integer(officer.role.rawValue),
            .text(officer.unitCode ?? "")
        ) == 1
    }

    /// Writes down that an officer has called with the certificate that counts, and with which key where that is not known.
    func noteUse(of serial: String, keyDigest: [UInt8], by name: String) throws {
        try sql.execute(
            """
            UPDATE officer SET is_seen = 1, key_digest = coalesce(key_digest, $1)
            WHERE name = $2 AND certificate_serial = $3 AND (is_seen = 0 OR key_digest IS NULL)
            """,
            .blob(keyDigest),
            .text(name),
            .text(serial)
        )
    }

    /// Lets a pending certificate count, and the former one no more.
    /// - Returns: whether it was pending.
    func beginUse(of serial: String, by name: String) throws -> Bool {
        try sql.execute(
            """
            UPDATE officer SET certificate_serial = pending_serial, certificate_expires_at_ms = pending_expires_at_ms,
                is_seen = 1, pending_serial = NULL, pending_expires_at_ms = NULL
            WHERE name = $1 AND pending_serial = $2 AND revoked_at_ms IS NULL
            """,
            .text(name),
            .text(serial)
        ) == 1
    }

    /// - Returns: whether there was such an officer, not revoked yet.
    func revoke(_ name: String, now: Milliseconds) throws -> Bool {
        try sql.execute(
            "UPDATE officer SET revoked_at_ms = $1 WHERE name = $2 AND revoked_at_ms IS NULL",
            .integer(now.value),
            .text(name)
        ) == 1
    }

    /// Center officers that can act: not revoked, with a certificate that was used and has not expired.
    func centerCount(now: Milliseconds) throws -> Int {
        try sql.first(
            """
            SELECT count(*) FROM officer
            WHERE role = 1 AND revoked_at_ms IS NULL AND is_seen = 1 AND certificate_expires_at_ms > $1
            """,
            .integer(now.value)
        ) { $0.int(0) } ?? 0
    }
}
