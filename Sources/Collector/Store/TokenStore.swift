/// An enrollment token as lists show it; the secret is not stored.
struct TokenRecord: Sendable, Hashable {
    var id: String
    var unitCode: String
    var uses: Int
    var usesLeft: Int
    var createdAt: Milliseconds
    var expiresAt: Milliseconds
    var createdBy: String
    var revokedAt: Milliseconds?
}

/// SQL of the table `token`.
struct TokenStore {
    let sql: SQLTransaction

    static func listStatement(isOfOneUnit: Bool) -> String {
        """
        SELECT token_id, unit_code, uses, uses_left, created_at_ms, expires_at_ms, created_by, revoked_at_ms
        FROM token WHERE \(isOfOneUnit ? "unit_code" : "''") = $1
            AND (created_at_ms < $2 OR created_at_ms = $2 AND token_id > $3)
        ORDER BY created_at_ms DESC, token_id LIMIT $4
        """
    }

    static func countStatement(isOfOneUnit: Bool) -> String {
        "SELECT count(*) FROM token WHERE \(isOfOneUnit ? "unit_code" : "''") = $1"
    }

    func count(unit: String?) throws -> Int {
        try sql.first(Self.countStatement(isOfOneUnit: unit != nil), .text(unit ?? "")) { $0.int(0) } ?? 0
    }

    func insert(_ token: TokenRecord, secretDigest: [UInt8]) throws {
        try sql.execute(
            """
            INSERT INTO token (token_id, secret_digest, unit_code, uses, uses_left, created_at_ms, expires_at_ms,
                               created_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            .text(token.id),
            .blob(secretDigest),
            .text(token.unitCode),
            .integer(token.uses),
            .integer(token.usesLeft),
            .integer(token.createdAt.value),
            .integer(token.expiresAt.value),
            .text(token.createdBy)
        )
    }

    /// Uses the token once, in one conditional update, so that parallel enrollments never use it more often than allowed.
    /// - Returns: its id and unit, or `nil` when there is no such token that is still good, and of a unit that stands.
    func redeem(secretDigest: [UInt8], now: Milliseconds) throws -> (id: String, unitCode: String)? {
        let changed = try sql.execute(
            """
            UPDATE token SET uses_left = uses_left - 1
            WHERE secret_digest = $1 AND uses_left > 0 AND expires_at_ms > $2 AND revoked_at_ms IS NULL
                AND EXISTS (SELECT 1 FROM unit WHERE unit.code = token.unit_code AND unit.closed_on IS NULL)
            """,
            .blob(secretDigest),
            .integer(now.value)
        )
        guard changed == 1 else { return nil }
        return try sql.first(
            "SELECT token_id, unit_code FROM token WHERE secret_digest = $1",
            .blob(secretDigest)
        ) { ($0.text(0), $0.text(1)) }
    }

    /// - Returns: whether there is such a token that was not revoked before.
    func revoke(_ id: String, unit: String?, now: Milliseconds) throws -> Bool {
        try sql.execute(
            """
            UPDATE token SET revoked_at_ms = $1
            WHERE token_id = $2 AND ($3 IS NULL OR unit_code = $3) AND revoked_at_ms IS NULL
            """,
            .integer(now.value),
            .text(id),
            .optional(unit)
        ) == 1
    }

    /// The unit that a token enrolls into; `nil` for one that there is not.
    func unit(of id: String) throws -> String? {
        try sql.first("SELECT unit_code FROM token WHERE token_id = $1", .text(id)) { $0.text(0) }
    }

    /// Newest first, after one; of one unit where one is given, of which no other's are read.
    func list(
        unit: String?,
        after last: (createdAt: Int64, id: String)? = nil,
        limit: Int
    ) throws -> [TokenRecord] {
        try sql.rows(
            Self.listStatement(isOfOneUnit: unit != nil),
            .text(unit ?? ""),
            .integer(last?.createdAt ?? .max),
            .text(last?.id ?? ""),
            .integer(limit)
        ) { row in
            TokenRecord(
                id: row.text(0),
                unitCode: row.text(1),
                uses: row.int(2),
                usesLeft: row.int(3),
                createdAt: Milliseconds(row.integer(4)),
                expiresAt: Milliseconds(row.integer(5)),
                createdBy: row.text(6),
                revokedAt: row.optionalInteger(7).map { Milliseconds($0) }
            )
        }
    }
}
