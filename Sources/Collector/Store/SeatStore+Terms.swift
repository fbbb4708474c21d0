internal import Shared

/// SQL of the tables `term` and `term_notice`.
extension SeatStore {
    private static let termColumns = """
        term_id, product_family, total_seats, reserve_seats, starts_on, ends_on, silence_days, document, renews_term_id,
        added_by, added_at_ms, EXISTS (
            SELECT 1 FROM ledger WHERE ledger.term_id = term.term_id AND ledger.to_account > 'reserve'
        )
        """

    /// Every term.
    /// - Throws: `CollectorError` (`internal`) when a day in the database is none.
    func terms() throws -> [TermRecord] {
        try sql.rows("SELECT \(Self.termColumns) FROM term ORDER BY term_id") { row in
            guard let startsOn = Day(row.text(4)), let endsOn = Day(row.text(5)) else {
                throw CollectorError(.internal, "The database holds a term with a day that is none.")
            }
            return TermRecord(
                id: row.integer(0),
                productFamily: row.text(1),
                totalSeats: row.int(2),
                reserveSeats: row.int(3),
                givesSeats: row.bool(11),
                startsOn: startsOn,
                endsOn: endsOn,
                silenceDays: row.int(6),
                document: row.text(7),
                renews: row.optionalInteger(8),
                addedBy: row.text(9),
                addedAt: Milliseconds(row.integer(10))
            )
        }
    }

    /// Adds a term without seats: those come by the ledger.
    func addTerm(_ term: TermRecord) throws {
        try sql.execute(
            """
            INSERT INTO term (term_id, product_family, total_seats, starts_on, ends_on, silence_days, document,
                renews_term_id, added_by, added_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            .integer(term.id),
            .text(term.productFamily),
            .integer(term.totalSeats),
            .text(term.startsOn.description),
            .text(term.endsOn.description),
            .integer(term.silenceDays),
            .text(term.document),
            .optional(term.renews),
            .text(term.addedBy),
            .integer(term.addedAt.value)
        )
    }

    /// Whether the end of a term was announced so many days ahead.
    func hasNotice(term: Int64, days: Int) throws -> Bool {
        try sql.first("SELECT 1 FROM term_notice WHERE term_id = $1 AND days = $2", .integer(term), .integer(days)) {
            $0.int(0)
        } != nil
    }

    /// Notes an announcement; for the end itself also the last device whose finding is opened, `nil` when all are.
    func putNotice(term: Int64, days: Int, reached: String?, now: Milliseconds) throws {
        try sql.execute(
            """
            INSERT INTO term_notice (term_id, days, at_ms, reached) VALUES ($1, $2, $3, $4)
            ON CONFLICT (term_id, days) DO UPDATE SET reached = excluded.reached
            """,
            .integer(term),
            .integer(days),
            .integer(now.value),
            .optional(reached)
        )
    }

    /// How far the findings of a term's end are opened; `nil` when they all are, or when it was not announced.
    func reached(term: Int64) throws -> String? {
        try sql.first("SELECT reached FROM term_notice WHERE term_id = $1 AND days = 0", .integer(term)) {
            $0.optionalText(0)
        } ?? nil
    }

    /// Seats in use in one term.
    func used(term: Int64) throws -> Int {
        try sql.first("SELECT coalesce(sum(used), 0) FROM seat_account WHERE term_id = $1", .integer(term)) {
            $0.int(0)
        } ?? 0
    }
}
