/// A unit with everything that the list of units shows.
struct UnitRecord: Sendable, Hashable {
    var code: String
    var group: String
    var name: String
    var cap: Int
    var used: Int
    var overCap: Int
    var devices: Int
    var inOrder: Int
    var inViolation: Int
    var silent: Int
    var conflicts: Int
    var lastReportAt: Milliseconds?
}

/// SQL of the table `unit`.
struct UnitStore {
    let sql: SQLTransaction

    func insert(code: String, name: String, group: String, position: Int) throws {
        try sql.execute(
            "INSERT INTO unit (code, name, unit_group, position) VALUES ($1, $2, $3, $4)",
            .text(code),
            .text(name),
            .text(group),
            .integer(position)
        )
    }

    func name(of code: String) throws -> String? {
        try sql.first("SELECT name FROM unit WHERE code = $1", .text(code)) { $0.text(0) }
    }

    func codes() throws -> [String] {
        try sql.rows("SELECT code FROM unit ORDER BY position, code") { $0.text(0) }
    }

    /// Every unit, or one, in the appendix's order; a device is silent when it was not heard of since `silentSince`.
    func summaries(unit: String?, term: Int64, silentSince: Milliseconds) throws -> [UnitRecord] {
        try sql.rows(
            """
            SELECT unit.code, unit.unit_group, unit.name, coalesce(seat_account.cap, 0), coalesce(seat_account.used, 0),
                coalesce(counts.over_cap, 0), coalesce(counts.devices, 0), coalesce(counts.in_order, 0),
                coalesce(counts.in_violation, 0), coalesce(counts.silent, 0), coalesce(conflicts.conflicts, 0),
                counts.last_report
            FROM unit
            LEFT JOIN seat_account ON seat_account.term_id = $1 AND seat_account.unit_code = unit.code
            LEFT JOIN (
                SELECT unit_code, count(*) AS devices,
                    count(*) FILTER (WHERE seat_state = 2) AS over_cap,
                    count(*) FILTER (WHERE last_report_at_ms >= $2 AND open_violations = 0) AS in_order,
                    count(*) FILTER (WHERE last_report_at_ms >= $2 AND open_violations > 0) AS in_violation,
                    count(*) FILTER (WHERE last_report_at_ms IS NULL OR last_report_at_ms < $2) AS silent,
                    max(last_report_at_ms) AS last_report
                FROM device WHERE revoked_at_ms IS NULL GROUP BY unit_code
            ) AS counts ON counts.unit_code = unit.code
            LEFT JOIN (
                SELECT device.unit_code, count(*) AS conflicts
                FROM finding JOIN device ON device.device_id = finding.device_id
                WHERE finding.kind = 'multiple-antivirus' AND finding.closed_at_ms IS NULL
                    AND device.revoked_at_ms IS NULL
                GROUP BY device.unit_code
            ) AS conflicts ON conflicts.unit_code = unit.code
            WHERE $3 IS NULL OR unit.code = $3
            ORDER BY unit.position, unit.code
            """,
            .integer(term),
            .integer(silentSince.value),
            .optional(unit)
        ) { row in
            UnitRecord(
                code: row.text(0),
                group: row.text(1),
                name: row.text(2),
                cap: row.int(3),
                used: row.int(4),
                overCap: row.int(5),
                devices: row.int(6),
                inOrder: row.int(7),
                inViolation: row.int(8),
                silent: row.int(9),
                conflicts: row.int(10),
                lastReportAt: row.optionalInteger(11).map { Milliseconds($0) }
            )
        }
    }
}
