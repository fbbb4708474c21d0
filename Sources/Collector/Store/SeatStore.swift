/// A license contract.
struct TermRecord: Sendable, Hashable {
    var id: Int64
    var productFamily: String
    var totalSeats: Int
    /// ISO 8601 days.
    var startsOn: String
    var endsOn: String
}

/// SQL of terms, the seat ledger, and the seats.
struct SeatStore {
    let sql: SQLTransaction

    /// The contract in force: the one that began last.
    ///
    /// An expired one goes on counting until a new one begins, so that
    /// nobody's protection depends on a date in a list.
    func currentTerm() throws -> TermRecord? {
        try sql.first(
            """
            SELECT term_id, product_family, total_seats, starts_on, ends_on
            FROM term ORDER BY starts_on DESC, term_id DESC LIMIT 1
            """
        ) { row in
            TermRecord(
                id: row.integer(0),
                productFamily: row.text(1),
                totalSeats: row.int(2),
                startsOn: row.text(3),
                endsOn: row.text(4)
            )
        }
    }

    func addTerm(_ term: TermRecord) throws {
        try sql.execute(
            "INSERT INTO term (term_id, product_family, total_seats, starts_on, ends_on) VALUES ($1, $2, $3, $4, $5)",
            .integer(term.id),
            .text(term.productFamily),
            .integer(term.totalSeats),
            .text(term.startsOn),
            .text(term.endsOn)
        )
    }

    func addLedgerEntry(
        term: Int64,
        from: String,
        to: String,
        seats: Int,
        document: String,
        officer: String,
        now: Milliseconds
    ) throws {
        try sql.execute(
            """
            INSERT INTO ledger (term_id, from_account, to_account, seats, document, officer, at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            .integer(term),
            .text(from),
            .text(to),
            .integer(seats),
            .text(document),
            .text(officer),
            .integer(now.value)
        )
    }

    func setCap(term: Int64, unit: String, cap: Int) throws {
        try sql.execute(
            """
            INSERT INTO seat_account (term_id, unit_code, cap) VALUES ($1, $2, $3)
            ON CONFLICT (term_id, unit_code) DO UPDATE SET cap = excluded.cap
            """,
            .integer(term),
            .text(unit),
            .integer(cap)
        )
    }

    /// Seats that the ledger holds in one account.
    func balance(term: Int64, account: String) throws -> Int {
        try sql.first(
            """
            SELECT coalesce(sum(CASE WHEN to_account = $1 THEN seats ELSE 0 END), 0)
                - coalesce(sum(CASE WHEN from_account = $1 THEN seats ELSE 0 END), 0)
            FROM ledger WHERE term_id = $2
            """,
            .text(account),
            .integer(term)
        ) { $0.int(0) } ?? 0
    }

    /// Takes a seat where one is free.
    ///
    /// One conditional update: counting first and inserting then sells seats twice.
    func takeFree(term: Int64, unit: String) throws -> Bool {
        try sql.execute(
            "UPDATE seat_account SET used = used + 1 WHERE term_id = $1 AND unit_code = $2 AND used < cap",
            .integer(term),
            .text(unit)
        ) == 1
    }

    func giveBack(term: Int64, unit: String) throws {
        try sql.execute(
            "UPDATE seat_account SET used = used - 1 WHERE term_id = $1 AND unit_code = $2 AND used > 0",
            .integer(term),
            .text(unit)
        )
    }

    func seat(of deviceID: String) throws -> (term: Int64, unit: String, isHeld: Bool, since: Milliseconds)? {
        try sql.first(
            "SELECT term_id, unit_code, is_held, since_ms FROM seat WHERE device_id = $1",
            .text(deviceID)
        ) { ($0.integer(0), $0.text(1), $0.bool(2), Milliseconds($0.integer(3))) }
    }

    func put(_ deviceID: String, term: Int64, unit: String, isHeld: Bool, since: Milliseconds) throws {
        try sql.execute(
            """
            INSERT INTO seat (device_id, term_id, unit_code, is_held, since_ms) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (device_id) DO UPDATE SET is_held = excluded.is_held, since_ms = excluded.since_ms
            """,
            .text(deviceID),
            .integer(term),
            .text(unit),
            .boolean(isHeld),
            .integer(since.value)
        )
    }

    func remove(_ deviceID: String) throws {
        try sql.execute("DELETE FROM seat WHERE device_id = $1", .text(deviceID))
    }

    /// The device of a unit that has waited longest.
    func longestWaiting(unit: String) throws -> String? {
        try sql.first(
            """
            SELECT device_id FROM seat WHERE unit_code = $1 AND is_held = 0 ORDER BY since_ms, device_id LIMIT 1
            """,
            .text(unit)
        ) { $0.text(0) }
    }

    func addEvent(_ deviceID: String, term: Int64, unit: String, event: String, now: Milliseconds) throws {
        try sql.execute(
            "INSERT INTO seat_event (device_id, term_id, unit_code, event, at_ms) VALUES ($1, $2, $3, $4, $5)",
            .text(deviceID),
            .integer(term),
            .text(unit),
            .text(event),
            .integer(now.value)
        )
    }
}
