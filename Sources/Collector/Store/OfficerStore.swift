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
    var certificateSerial: String
    var createdAt: Milliseconds
    var certificateExpiresAt: Milliseconds
    var revokedAt: Milliseconds?
}

/// SQL of the table `officer`.
struct OfficerStore {
    let sql: SQLTransaction

    private static let columns = """
        name, role, unit_code, certificate_serial, created_at_ms, certificate_expires_at_ms, revoked_at_ms
        """

    private static func record(_ row: SQLRow) -> OfficerRecord? {
        guard let role = OfficerRole(rawValue: row.int(1)) else { return nil }
        return OfficerRecord(
            name: row.text(0),
            role: role,
            unitCode: row.optionalText(2),
            certificateSerial: row.text(3),
            createdAt: Milliseconds(row.integer(4)),
            certificateExpiresAt: Milliseconds(row.integer(5)),
            revokedAt: row.optionalInteger(6).map { Milliseconds($0) }
        )
    }

    func officer(_ name: String) throws -> OfficerRecord? {
        try sql.first("SELECT \(Self.columns) FROM officer WHERE name = $1", .text(name), read: Self.record) ?? nil
    }

    func list() throws -> [OfficerRecord] {
        try sql.rows("SELECT \(Self.columns) FROM officer ORDER BY name", read: Self.record).compactMap(\.self)
    }

    /// - Returns: whether the name was free.
    func insert(_ officer: OfficerRecord) throws -> Bool {
        try sql.execute(
            """
            INSERT INTO officer (name, role, unit_code, certificate_serial, created_at_ms, certificate_expires_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (name) DO NOTHING
            """,
            .text(officer.name),
            .integer(officer.role.rawValue),
            .optional(officer.unitCode),
            .text(officer.certificateSerial),
            .integer(officer.createdAt.value),
            .integer(officer.certificateExpiresAt.value)
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

    /// Center officers that are not revoked.
    func centerCount() throws -> Int {
        try sql.first("SELECT count(*) FROM officer WHERE role = 1 AND revoked_at_ms IS NULL") { $0.int(0) } ?? 0
    }
}
