/// A unit with everything that the list of units shows.
struct UnitRecord: Sendable, Hashable {
    var code: String
    var group: String
    var name: String
    var cap: Int
    var used: Int
    /// Devices that wait, and the excess where a cap was lowered below its use.
    var overCap: Int
    var waiting: Int
    /// What was given and is not in use.
    var shortfall: Int
    var devices: Int
    var inOrder: Int
    var inViolation: Int
    var silent: Int
    var conflicts: Int
    var lastReportAt: Milliseconds?
    /// Of one that is closed: since when, and the unit that it went into.
    var closedOn: String?
    var successor: String?
}

/// A unit as it is found and changed.
struct UnitIdentity: Sendable, Hashable {
    var code: String
    var name: String
    var group: String
    /// ISO 8601; `nil` while it stands.
    var closedOn: String?
    /// The unit that it was merged into.
    var successor: String?
    /// Grows with each change.
    var revision: Int64
}

/// SQL of the table `unit`.
struct UnitStore {
    let sql: SQLTransaction

    private static let identityColumns = """
        unit.code, unit.name, unit.unit_group, unit.closed_on, unit.successor, unit.revision
        """

    private static func identity(_ row: SQLRow) -> UnitIdentity {
        UnitIdentity(
            code: row.text(0),
            name: row.text(1),
            group: row.text(2),
            closedOn: row.optionalText(3),
            successor: row.optionalText(4),
            revision: row.integer(5)
        )
    }

    /// A unit and all that went into it, over any number of mergers.
    static let lineage = """
        WITH RECURSIVE lineage (code) AS (
            SELECT unit.code FROM unit WHERE unit.code = $1
            UNION
            SELECT unit.code FROM unit JOIN lineage ON unit.successor = lineage.code
        )
        """

    func identity(_ code: String) throws -> UnitIdentity? {
        try sql.first(
            "SELECT \(Self.identityColumns) FROM unit WHERE code = $1",
            .text(code),
            read: Self.identity
        )
    }

    /// Every unit there is or was, in the appendix's order; with a code, only that one and those that went into it.
    func identities(leadingTo code: String?) throws -> [UnitIdentity] {
        guard let code else {
            return try sql.rows(
                "SELECT \(Self.identityColumns) FROM unit ORDER BY position, code",
                read: Self.identity
            )
        }
        return try sql.rows(
            """
            \(Self.lineage)
            SELECT \(Self.identityColumns) FROM lineage JOIN unit ON unit.code = lineage.code
            ORDER BY unit.position, unit.code
            """,
            .text(code),
            read: Self.identity
        )
    }

    /// Names that units had before; with a code, only those of that unit and of those that went into it.
    func formerNames(leadingTo code: String?) throws -> [(code: String, name: String)] {
        guard let code else {
            return try sql.rows("SELECT unit_code, former_name FROM unit_change WHERE former_name <> ''") {
                ($0.text(0), $0.text(1))
            }
        }
        return try sql.rows(
            """
            \(Self.lineage)
            SELECT unit_change.unit_code, unit_change.former_name FROM lineage
            JOIN unit_change ON unit_change.unit_code = lineage.code WHERE unit_change.former_name <> ''
            """,
            .text(code)
        ) { ($0.text(0), $0.text(1)) }
    }

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

    /// Devices in service.
    func deviceCount(_ code: String) throws -> Int {
        try sql.first("SELECT devices FROM unit_figure WHERE unit_code = $1", .text(code)) { $0.int(0) } ?? 0
    }

    /// Where a new unit stands in lists, and how many there are that stand.
    func nextPlace() throws -> (position: Int, standing: Int) {
        try sql.first("SELECT coalesce(max(position) + 1, 0), count(*) - count(closed_on) FROM unit") {
            ($0.int(0), $0.int(1))
        } ?? (0, 0)
    }

    func codes() throws -> [String] {
        try sql.rows("SELECT code FROM unit ORDER BY position, code") { $0.text(0) }
    }

    /// Every unit that stands or has devices in service, or all, in the appendix's order; or one, of which no other's rows are
    /// read.
    ///
    /// Seats are summed over the terms that count. A device is silent when its last report is of a day before
    /// `silentBefore` (`device.report_day`): only the silent ones are counted here, everything else is kept.
    func summaries(
        unit: String?,
        withClosed: Bool = false,
        terms: [Int64],
        silentBefore: Int64
    ) throws -> [UnitRecord] {
        try sql.rows(
            Self.summaryStatement(terms: terms, isOfOneUnit: unit != nil),
            .integer(silentBefore),
            .text(unit ?? ""),
            .boolean(withClosed)
        ) { row in
            let devices = row.int(7)
            let violating = row.int(8)
            let silent = row.int(12)
            let silentViolating = row.int(13)
            return UnitRecord(
                code: row.text(0),
                group: row.text(1),
                name: row.text(2),
                cap: row.int(3),
                used: row.int(4),
                overCap: row.int(9) + row.int(5),
                waiting: row.int(9),
                shortfall: row.int(6),
                devices: devices,
                inOrder: devices - silent - (violating - silentViolating),
                inViolation: violating - silentViolating,
                silent: silent,
                conflicts: row.int(10),
                lastReportAt: row.optionalInteger(11).map { Milliseconds($0) },
                closedOn: row.optionalText(14),
                successor: row.optionalText(15)
            )
        }
    }

    static func summaryStatement(terms: [Int64], isOfOneUnit: Bool) -> String {
        // At most a handful; numbers of ours, so that nothing can be smuggled into the text.
        let counted = terms.map(String.init).joined(separator: ", ")
        return """
            SELECT unit.code, unit.unit_group, unit.name,
                coalesce(seats.cap, 0), coalesce(seats.used, 0), coalesce(seats.excess, 0), coalesce(seats.shortfall, 0),
                unit_figure.devices, unit_figure.violating, unit_figure.waiting, unit_figure.conflicts,
                unit_figure.last_report_at_ms, coalesce(silent.devices, 0), coalesce(silent.violating, 0),
                unit.closed_on, unit.successor
            FROM unit
            JOIN unit_figure ON unit_figure.unit_code = unit.code
            -- In one walk through an index: after a holiday all devices are among them.
            LEFT JOIN (
                SELECT counted.code, count(*) AS devices,
                    count(*) FILTER (WHERE device.open_violations > 0) AS violating
                FROM unit AS counted CROSS JOIN device
                WHERE device.unit_code = counted.code AND device.report_day < $1 AND device.life = 0
                    AND \(isOfOneUnit ? "counted.code" : "''") = $2
                GROUP BY counted.code
            ) AS silent ON silent.code = unit.code
            LEFT JOIN (
                SELECT unit_code, sum(cap) AS cap, sum(used) AS used, sum(CASE WHEN used > cap THEN used - cap ELSE 0 END) AS excess,
                    sum(CASE WHEN used < cap THEN cap - used ELSE 0 END) AS shortfall
                FROM seat_account
                WHERE term_id IN (\(counted)) AND \(isOfOneUnit ? "unit_code" : "''") = $2 GROUP BY unit_code
            ) AS seats ON seats.unit_code = unit.code
            WHERE \(isOfOneUnit ? "unit.code" : "''") = $2
                AND (unit.closed_on IS NULL OR $3 = 1 OR unit_figure.devices > 0)
            ORDER BY unit.position, unit.code
            """
    }

    /// Keeps the moment of a unit's last report; once for all reports of a transaction.
    func recordReport(_ code: String, at moment: Milliseconds) throws {
        try sql.execute(
            "UPDATE unit_figure SET last_report_at_ms = $1 WHERE unit_code = $2",
            .integer(moment.value),
            .text(code)
        )
    }
}
