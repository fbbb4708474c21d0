internal import Shared

/// One broken rule on one device, with its life.
struct FindingRecord: Sendable, Hashable {
    var id: Int64
    var kind: FindingKind
    var openedAt: Milliseconds
    var closedAt: Milliseconds?
    /// Names of the products it is about, as they were called when they were written down.
    var products: [String]
    /// Their families; `nil` for a finding from before they were written down.
    var families: [String]?
    /// Tolerated for now: it counts as no violation.
    var isWaived = false
    /// Families that the waiver is for; `nil` without a waiver, or where that is not known.
    var waivedFamilies: [String]?
    /// Somebody is at it.
    var isAcknowledged = false
    /// Families that the acknowledgement is about; `nil` without one, or where that is not known.
    var acknowledgedFamilies: [String]?
}

/// Why a finding is tolerated.
struct Waiver: Sendable, Hashable {
    /// The first moment after its last day.
    var until: Milliseconds
    /// The officer.
    var by: String
    var reason: String
    /// What is tolerated; `nil`: what the finding is about.
    var families: [String]?
}

/// What a device's row keeps of its open findings.
struct FindingFigures: Sendable, Hashable {
    var open: Int
    /// Those that put the device into violation.
    var violations: Int
    /// Conflicts among these: 0 or 1.
    var conflicts: Int

    init(open: Int, violations: Int, conflicts: Int) {
        self.open = open
        self.violations = violations
        self.conflicts = conflicts
    }

    init(_ findings: [FindingRecord], policy: Policy) {
        let counted = findings.filter { !$0.isWaived }
        open = findings.count
        violations = counted.count { policy.isViolation($0.kind) }
        conflicts = counted.contains { $0.kind == .multipleAntivirus } ? 1 : 0
    }
}

/// SQL of the table `finding`.
struct FindingStore {
    let sql: SQLTransaction

    /// Names and families of products stand one a line: they never hold a line break (see `ReportDecoder`).
    static func split(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }

    static func join(_ names: [String]) -> String { names.joined(separator: "\n") }

    // Every kind is a word. Naming it, and the sign, keep SQLite with the few that are open: it would read the device's
    // whole history for the order.
    static let openStatement = """
        SELECT finding_id, kind, opened_at_ms, products, is_waived, families, waived_families, is_acknowledged,
            acknowledged_families
        FROM finding WHERE device_id = $1 AND kind > '' AND closed_at_ms IS NULL
        ORDER BY +opened_at_ms, finding_id
        """

    func open(of deviceID: String) throws -> [FindingRecord] {
        try sql.rows(
            Self.openStatement,
            .text(deviceID)
        ) { row -> FindingRecord? in
            FindingKind(word: row.text(1)).map { kind in
                FindingRecord(
                    id: row.integer(0),
                    kind: kind,
                    openedAt: Milliseconds(row.integer(2)),
                    products: Self.split(row.text(3)),
                    families: row.optionalText(5).map(Self.split),
                    isWaived: row.bool(4),
                    waivedFamilies: row.optionalText(6).map(Self.split),
                    isAcknowledged: row.bool(7),
                    acknowledgedFamilies: row.optionalText(8).map(Self.split)
                )
            }
        }.compactMap(\.self)
    }

    func isTaken(_ number: Int64) throws -> Bool {
        try sql.first("SELECT 1 FROM finding WHERE finding_id = $1", .integer(number)) { $0.int(0) } != nil
    }

    /// Opens a finding; the device's unit is written down with it.
    /// - Returns: its number; `nil` when there is no such device.
    func insert(
        _ number: Int64,
        _ kind: FindingKind,
        products: [String],
        families: [String],
        by report: ReportPlace,
        deadline: Milliseconds,
        now: Milliseconds
    ) throws -> Int64? {
        try sql.rows(
            """
            INSERT INTO finding (finding_id, device_id, kind, products, opened_at_ms, opened_by_epoch,
                opened_by_sequence, deadline_ms, families, unit_code, is_listed)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, unit_code, life = 0 FROM device WHERE device_id = $2
            RETURNING finding_id
            """,
            .integer(number),
            .text(report.deviceID),
            .text(kind.word),
            .text(Self.join(products)),
            .integer(now.value),
            .integer(Int64(clamping: report.epoch)),
            .integer(Int64(clamping: report.sequence)),
            .integer(deadline.value),
            .text(Self.join(families))
        ) { $0.integer(0) }.first
    }

    // Made so that SQLite stays with the device's few: by the kind it would walk through everybody's.
    static let formerStatement = """
        SELECT finding_id, is_waived, waived_until_ms, waived_by, waiver_reason, products,
            coalesce(waived_families, families) FROM finding
        WHERE device_id = $1 AND kind || '' = $2 AND closed_at_ms IS NOT NULL
        ORDER BY closed_at_ms DESC, opened_at_ms DESC, opened_by_epoch DESC, opened_by_sequence DESC, finding_id
        LIMIT 1
        """

    /// The last closed finding of a kind on a device, and its waiver if it had one when it was closed.
    func former(
        _ kind: FindingKind,
        of deviceID: String
    ) throws -> (id: Int64, products: [String], waiver: Waiver?)? {
        try sql.first(
            Self.formerStatement,
            .text(deviceID),
            .text(kind.word)
        ) { row in
            let waiver = row.optionalInteger(2).map {
                Waiver(
                    until: Milliseconds($0),
                    by: row.text(3),
                    reason: row.text(4),
                    families: row.optionalText(6).map(Self.split)
                )
            }
            return (row.integer(0), Self.split(row.text(5)), row.bool(1) ? waiver : nil)
        }
    }

    func acknowledge(_ id: Int64, by officer: String, now: Milliseconds) throws {
        try sql.execute(
            """
            UPDATE finding SET is_acknowledged = 1, acknowledged_at_ms = $1, acknowledged_by = $2,
                acknowledged_families = families, revision = revision + 1
            WHERE finding_id = $3
            """,
            .integer(now.value),
            .text(officer),
            .integer(id)
        )
    }

    /// Takes an acknowledgement back; what it was stands in the finding's events.
    func takeBackAcknowledgement(_ id: Int64) throws {
        try sql.execute(
            """
            UPDATE finding SET is_acknowledged = 0, acknowledged_at_ms = NULL, acknowledged_by = '',
                acknowledged_families = NULL, revision = revision + 1
            WHERE finding_id = $1
            """,
            .integer(id)
        )
    }

    func waive(_ id: Int64, _ waiver: Waiver) throws {
        try sql.execute(
            """
            UPDATE finding SET is_waived = 1, waived_until_ms = $1, waived_by = $2, waiver_reason = $3,
                waived_families = coalesce($4, families), revision = revision + 1
            WHERE finding_id = $5
            """,
            .integer(waiver.until.value),
            .text(waiver.by),
            .text(waiver.reason),
            .optional(waiver.families.map(Self.join)),
            .integer(id)
        )
    }

    /// Takes a waiver back; what it was stands in the finding's events.
    /// - Returns: the finding's device; `nil` when there is no such finding.
    @discardableResult
    func unwaive(_ id: Int64) throws -> String? {
        try sql.rows(
            """
            UPDATE finding SET is_waived = 0, waived_until_ms = NULL, waived_by = '', waiver_reason = '',
                waived_families = NULL, revision = revision + 1
            WHERE finding_id = $1 RETURNING device_id
            """,
            .integer(id)
        ) { $0.text(0) }.first
    }

    /// Open findings whose waiver is over, the one that ended first in front.
    func withEndedWaivers(now: Milliseconds, limit: Int) throws -> [Int64] {
        try sql.rows(
            """
            SELECT finding_id FROM finding
            WHERE is_waived = 1 AND closed_at_ms IS NULL AND waived_until_ms <= $1
            ORDER BY waived_until_ms LIMIT $2
            """,
            .integer(now.value),
            .integer(limit)
        ) { $0.integer(0) }
    }

    /// Gives the open findings of a kind the deadline that follows from these days.
    func redate(_ kind: FindingKind, days: Int) throws {
        for statement in Self.redateStatements {
            try sql.execute(statement, .integer(Int64(days) * 86_400_000), .text(kind.word))
        }
    }

    /// Listed ones by their kind, others by their devices: either way without reading the open findings of other kinds.
    static let redateStatements = [
        """
        UPDATE finding SET deadline_ms = opened_at_ms + $1
        WHERE kind = $2 AND closed_at_ms IS NULL AND is_listed = 1
        """,
        """
        UPDATE finding SET deadline_ms = opened_at_ms + $1
        WHERE kind = $2 AND closed_at_ms IS NULL AND device_id IN (SELECT device_id FROM device WHERE life <> 0)
        """,
    ]

    /// Writes down what a finding is about now; what it was about at its opening stays.
    ///
    /// `isOther`: it is about other products than before, and who looked at it then is told so; otherwise they are only
    /// called otherwise. `former`: their families, for a waiver or an acknowledgement from before families were written down.
    func setProducts(
        _ id: Int64,
        _ products: [String],
        families: [String],
        former: Set<String>,
        isOther: Bool
    ) throws {
        try sql.execute(
            """
            UPDATE finding SET products = $1, families = $2, revision = revision + $3,
                opened_products = coalesce(opened_products, products),
                waived_families = CASE is_waived WHEN 1 THEN coalesce(waived_families, $4) END,
                acknowledged_families = CASE is_acknowledged WHEN 1 THEN coalesce(acknowledged_families, $4) END
            WHERE finding_id = $5
            """,
            .text(Self.join(products)),
            .text(Self.join(families)),
            .boolean(isOther),
            .text(Self.join(former.sorted())),
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
}
