@testable import Collector

/// What must hold of the database by itself, whatever was done; each is one condition over whole tables.
enum Invariants {
    /// Checked after every step: what is true when it is broken.
    private static let always: [(name: String, broken: String)] = [
        (
            "used seats are the held ones",
            """
            SELECT 1 FROM seat_account AS a WHERE used <> (
                SELECT count(*) FROM seat WHERE seat.term_id = a.term_id AND seat.unit_code = a.unit_code AND state = 1)
            """
        ),
        (
            "a held seat has an account",
            """
            SELECT 1 FROM seat WHERE state = 1 AND NOT EXISTS (
                SELECT 1 FROM seat_account AS a WHERE a.term_id = seat.term_id AND a.unit_code = seat.unit_code)
            """
        ),
        (
            "allocations and reserve are the total",
            """
            SELECT 1 FROM term WHERE total_seats <> reserve_seats + (
                SELECT coalesce(sum(cap), 0) FROM seat_account AS a WHERE a.term_id = term.term_id)
            """
        ),
        (
            "a seat is where its device is, and its device is in service",
            """
            SELECT 1 FROM seat JOIN device ON device.device_id = seat.device_id
            WHERE device.unit_code <> seat.unit_code OR device.life <> 0
            """
        ),
        (
            "a closed unit has no seats and nobody waits there",
            "SELECT 1 FROM seat JOIN unit ON unit.code = seat.unit_code WHERE unit.closed_on IS NOT NULL"
        ),
        (
            "a device's row says what its seat is",
            """
            SELECT 1 FROM device LEFT JOIN seat ON seat.device_id = device.device_id
            WHERE seat_state <> CASE seat.state WHEN 0 THEN 2 WHEN 1 THEN 1 WHEN 2 THEN 3 ELSE 0 END
            """
        ),
        (
            "the figures of units are what counting gives",
            """
            SELECT 1 FROM unit LEFT JOIN unit_figure AS f ON f.unit_code = unit.code LEFT JOIN (
                SELECT unit_code, count(*) AS devices, sum(open_violations > 0) AS violating,
                    sum(seat_state = 2) AS waiting, sum(open_conflicts > 0) AS conflicts
                FROM device WHERE life = 0 GROUP BY unit_code) AS d ON d.unit_code = unit.code
            WHERE f.devices IS NOT coalesce(d.devices, 0) OR f.violating IS NOT coalesce(d.violating, 0)
                OR f.waiting IS NOT coalesce(d.waiting, 0) OR f.conflicts IS NOT coalesce(d.conflicts, 0)
            """
        ),
        (
            "an open finding is where its device is",
            """
            SELECT 1 FROM device JOIN finding AS f ON f.device_id = device.device_id AND f.closed_at_ms IS NULL
            WHERE f.unit_code <> device.unit_code OR f.is_listed <> (device.life = 0)
            """
        ),
    ]

    /// What depends on the day and the policy: written with numbers of the model.
    private static func dependent(_ province: Province) -> [(name: String, broken: String)] {
        let violations = province.violations.compactMap { FindingName.words[$0] }.map { "'\($0)'" }
            .joined(separator: ", ")
        var rules = [
            (
                "a device's figures are its open findings",
                """
                SELECT 1 FROM device LEFT JOIN (
                    SELECT device_id, count(*) AS open, sum(is_waived = 0 AND kind IN (\(violations))) AS violations,
                        sum(is_waived = 0 AND kind = 'multiple-antivirus') AS conflicts
                    FROM finding WHERE closed_at_ms IS NULL GROUP BY device_id) AS f ON f.device_id = device.device_id
                WHERE device.open_findings <> coalesce(f.open, 0)
                    OR (device.open_violations > 0) <> (coalesce(f.violations, 0) > 0)
                    OR device.open_conflicts <> coalesce(f.conflicts, 0)
                """
            )
        ]
        guard province.isKept else { return rules }
        let granting = [0, 1].flatMap { province.granting($0) }.map(String.init).joined(separator: ", ")
        rules.append(
            (
                "nobody waits while the unit has a free seat",
                """
                SELECT 1 FROM seat JOIN term ON term.product_family = seat.product_family AND term.term_id IN (\(granting))
                JOIN seat_account AS a ON a.term_id = term.term_id AND a.unit_code = seat.unit_code
                WHERE seat.state = 0 AND a.used < a.cap
                """
            )
        )
        return rules
    }

    /// Over tables that only grow: checked now and then.
    private static let seldom: [(name: String, broken: String)] = [
        (
            "caps are what the ledger says",
            """
            SELECT 1 FROM seat_account AS a WHERE cap <> (
                SELECT coalesce(sum(CASE WHEN to_account = 'unit:' || a.unit_code THEN seats ELSE -seats END), 0)
                FROM ledger WHERE ledger.term_id = a.term_id
                    AND 'unit:' || a.unit_code IN (from_account, to_account))
            """
        ),
        (
            "what was bought is the total",
            """
            SELECT 1 FROM term WHERE total_seats <> (
                SELECT coalesce(sum(seats), 0) FROM ledger
                WHERE ledger.term_id = term.term_id AND from_account = 'contract')
            """
        ),
        ("every reference leads somewhere", "SELECT 1 FROM pragma_foreign_key_check"),
    ]

    /// The part of the statement that never changes.
    private static let fixed = [always, always + seldom].map { statement($0, from: 0) }

    private static func statement(_ rules: [(name: String, broken: String)], from first: Int) -> String {
        rules.enumerated()
            .map { "SELECT \(first + $0.offset) WHERE EXISTS (\($0.element.broken))" }.joined(separator: " UNION ALL ")
    }

    /// The names of those that are broken.
    static func broken(in sql: SQLTransaction, by province: Province, all: Bool) throws -> [String] {
        let rules = (all ? always + seldom : always) + dependent(province)
        let count = all ? always.count + seldom.count : always.count
        let rest = statement(Array(rules[count...]), from: count)
        return try sql.rows("\(fixed[all ? 1 : 0]) UNION ALL \(rest)") { rules[$0.int(0)].name }
    }
}
