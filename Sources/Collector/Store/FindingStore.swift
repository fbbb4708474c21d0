internal import Shared

/// One broken rule on one device, with its life.
struct FindingRecord: Sendable, Hashable {
    var id: Int64
    var kind: FindingKind
    var openedAt: Milliseconds
    var closedAt: Milliseconds?
    /// Names of the products it is about.
    var products: [String]
}

/// A row of the list of conflicts.
struct ConflictRecord: Sendable, Hashable {
    var findingID: Int64
    var deviceID: String
    var hostName: String
    var unitCode: String
    var unitName: String
    var openedAt: Milliseconds
    var lastReportAt: Milliseconds
    var products: [String]
}

/// SQL of the table `finding`.
struct FindingStore {
    let sql: SQLTransaction

    /// Product names stand one a line: names never hold a line break (see `ReportDecoder`).
    private static func split(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }

    func open(of deviceID: String) throws -> [FindingRecord] {
        try sql.rows(
            """
            SELECT finding_id, kind, opened_at_ms, products FROM finding
            WHERE device_id = $1 AND closed_at_ms IS NULL ORDER BY opened_at_ms, finding_id
            """,
            .text(deviceID)
        ) { row -> FindingRecord? in
            FindingKind(word: row.text(1)).map { kind in
                FindingRecord(
                    id: row.integer(0),
                    kind: kind,
                    openedAt: Milliseconds(row.integer(2)),
                    products: Self.split(row.text(3))
                )
            }
        }.compactMap(\.self)
    }

    /// Open and closed, newest first.
    func all(of deviceID: String, limit: Int) throws -> [FindingRecord] {
        try sql.rows(
            """
            SELECT finding_id, kind, opened_at_ms, closed_at_ms, products FROM finding
            WHERE device_id = $1 ORDER BY opened_at_ms DESC, finding_id DESC LIMIT $2
            """,
            .text(deviceID),
            .integer(limit)
        ) { row -> FindingRecord? in
            FindingKind(word: row.text(1)).map { kind in
                FindingRecord(
                    id: row.integer(0),
                    kind: kind,
                    openedAt: Milliseconds(row.integer(2)),
                    closedAt: row.optionalInteger(3).map { Milliseconds($0) },
                    products: Self.split(row.text(4))
                )
            }
        }.compactMap(\.self)
    }

    func insert(_ kind: FindingKind, products: [String], by report: ReportPlace, now: Milliseconds) throws {
        try sql.execute(
            """
            INSERT INTO finding (device_id, kind, products, opened_at_ms, opened_by_epoch, opened_by_sequence)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            .text(report.deviceID),
            .text(kind.word),
            .text(products.joined(separator: "\n")),
            .integer(now.value),
            .integer(Int64(clamping: report.epoch)),
            .integer(Int64(clamping: report.sequence))
        )
    }

    func setProducts(_ id: Int64, _ products: [String]) throws {
        try sql.execute(
            "UPDATE finding SET products = $1 WHERE finding_id = $2",
            .text(products.joined(separator: "\n")),
            .integer(id)
        )
    }

    func close(_ id: Int64, by report: ReportPlace, now: Milliseconds) throws {
        try sql.execute(
            """
            UPDATE finding SET closed_at_ms = $1, closed_by_epoch = $2, closed_by_sequence = $3
            WHERE finding_id = $4 AND closed_at_ms IS NULL
            """,
            .integer(now.value),
            .integer(Int64(clamping: report.epoch)),
            .integer(Int64(clamping: report.sequence)),
            .integer(id)
        )
    }

    /// One page of open conflicts, the oldest first, of devices that are not revoked.
    func conflicts(
        unit: String?,
        after: (openedAt: Milliseconds, id: Int64)?,
        limit: Int
    ) throws -> [ConflictRecord] {
        try sql.rows(
            """
            SELECT finding.finding_id, device.device_id, device.host_name, unit.code, unit.name, finding.opened_at_ms,
                coalesce(device.last_report_at_ms, finding.opened_at_ms), finding.products
            FROM finding
            JOIN device ON device.device_id = finding.device_id
            JOIN unit ON unit.code = device.unit_code
            WHERE finding.kind = 'multiple-antivirus' AND finding.closed_at_ms IS NULL
                AND device.revoked_at_ms IS NULL
                AND (finding.opened_at_ms, finding.finding_id) > ($1, $2)
                AND ($3 IS NULL OR device.unit_code = $3)
            ORDER BY finding.opened_at_ms, finding.finding_id LIMIT $4
            """,
            .integer(after?.openedAt.value ?? Int64.min),
            .integer(after?.id ?? 0),
            .optional(unit),
            .integer(limit)
        ) { row in
            ConflictRecord(
                findingID: row.integer(0),
                deviceID: row.text(1),
                hostName: row.text(2),
                unitCode: row.text(3),
                unitName: row.text(4),
                openedAt: Milliseconds(row.integer(5)),
                lastReportAt: Milliseconds(row.integer(6)),
                products: Self.split(row.text(7))
            )
        }
    }

    func conflictCount(unit: String?) throws -> Int {
        try sql.first(
            """
            SELECT count(*) FROM finding JOIN device ON device.device_id = finding.device_id
            WHERE finding.kind = 'multiple-antivirus' AND finding.closed_at_ms IS NULL
                AND device.revoked_at_ms IS NULL AND ($1 IS NULL OR device.unit_code = $1)
            """,
            .optional(unit)
        ) { $0.int(0) } ?? 0
    }
}
