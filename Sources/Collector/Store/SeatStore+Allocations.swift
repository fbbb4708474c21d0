internal import Shared

/// What a unit holds in one term.
struct AllocationRecord: Sendable, Hashable {
    var unit: String
    var unitName: String
    var group: String
    /// By decisions: cap and floor at once.
    var seats: Int
    var used: Int
    /// Devices that wait for a seat of the term's product.
    var waiting: Int
    /// The last decision; `nil` when there was none.
    var decision: LastDecision?

    /// What a unit's account was changed by last.
    struct LastDecision: Sendable, Hashable {
        var document: String
        var effectiveOn: String
        var officer: String
    }
}

/// SQL of what units hold: caps, and the decisions behind them.
extension SeatStore {
    /// What the units that stand hold in a term, and those of before that still hold something, in the units' order; or what
    /// one unit holds, of which no other's are read.
    func allocations(of term: TermRecord, unit: String?) throws -> [AllocationRecord] {
        try sql.rows(
            Self.allocationStatement(isOfOneUnit: unit != nil),
            .text(term.productFamily),
            .integer(term.id),
            .text(unit ?? "")
        ) { row in
            AllocationRecord(
                unit: row.text(0),
                unitName: row.text(1),
                group: row.text(2),
                seats: row.int(3),
                used: row.int(4),
                waiting: row.int(5),
                decision: row.optionalText(6).map {
                    AllocationRecord.LastDecision(document: $0, effectiveOn: row.text(7), officer: row.text(8))
                }
            )
        }
    }

    static func allocationStatement(isOfOneUnit: Bool) -> String {
        """
        SELECT unit.code, unit.name, unit.unit_group, coalesce(seat_account.cap, 0), coalesce(seat_account.used, 0),
            (SELECT count(*) FROM seat
                WHERE seat.unit_code = unit.code AND seat.product_family = $1 AND seat.state = 0),
            ledger.document, ledger.effective_on, ledger.officer
        FROM unit
        LEFT JOIN seat_account ON seat_account.term_id = $2 AND seat_account.unit_code = unit.code
        LEFT JOIN ledger ON ledger.entry_id = (
            SELECT max(last_id) FROM (
                SELECT max(entry_id) AS last_id FROM ledger
                WHERE term_id = $2 AND from_account = 'unit:' || unit.code
                UNION ALL
                SELECT max(entry_id) AS last_id FROM ledger
                WHERE term_id = $2 AND to_account = 'unit:' || unit.code
            ) AS entries
        )
        WHERE (unit.closed_on IS NULL OR seat_account.cap > 0) AND \(isOfOneUnit ? "unit.code" : "''") = $3
        ORDER BY unit.position, unit.code
        """
    }

    /// What the units that stand hold in a term, where it is something.
    func caps(term: Int64) throws -> [(unit: String, seats: Int)] {
        try sql.rows(
            """
            SELECT unit.code, seat_account.cap FROM seat_account JOIN unit ON unit.code = seat_account.unit_code
            WHERE seat_account.term_id = $1 AND seat_account.cap > 0 AND unit.closed_on IS NULL
            ORDER BY unit.position, unit.code
            """,
            .integer(term)
        ) { ($0.text(0), $0.int(1)) }
    }

    /// The last day of an entry of an account; `nil` when there is none.
    func lastDay(term: Int64, account: LedgerAccount) throws -> Day? {
        let days = try sql.rows(
            """
            SELECT max(effective_on) FROM ledger WHERE term_id = $1 AND from_account = $2
            UNION ALL
            SELECT max(effective_on) FROM ledger WHERE term_id = $1 AND to_account = $2
            """,
            .integer(term),
            .text(account.text)
        ) { $0.optionalText(0) }
        return days.compactMap { $0.flatMap { Day($0) } }.max()
    }

    /// Who wrote the last entry of a term's ledger, and when.
    func lastEntry(term: Int64) throws -> (officer: String, at: Milliseconds)? {
        try sql.first(
            "SELECT officer, at_ms FROM ledger WHERE term_id = $1 ORDER BY entry_id DESC LIMIT 1",
            .integer(term)
        ) { ($0.text(0), Milliseconds($0.integer(1))) }
    }
}
