/// What upkeep looks for. Each question is answered by a few index entries for each unit, however many devices there are.
extension SeatStore {
    /// Devices that hold a seat of a term and were last heard of before a day, as `device.report_day` counts.
    func silentHolders(term: Int64, before day: Int64, limit: Int) throws -> [String] {
        try sql.rows(
            """
            SELECT device.device_id FROM unit CROSS JOIN device CROSS JOIN seat
            WHERE device.unit_code = unit.code AND device.life = 0 AND device.report_day < $1
                AND device.seat_state = 1 AND seat.device_id = device.device_id AND seat.term_id = $2
            LIMIT $3
            """,
            .integer(day),
            .integer(term),
            .integer(limit)
        ) { $0.text(0) }
    }

    /// Devices that wait for a seat of a product and were last heard of before a day, as `device.report_day` counts.
    func silentWaiting(family: String, before day: Int64, limit: Int) throws -> [String] {
        try sql.rows(
            """
            SELECT device.device_id FROM unit CROSS JOIN device CROSS JOIN seat
            WHERE device.unit_code = unit.code AND device.life = 0 AND device.report_day < $1
                AND device.seat_state = 2 AND seat.device_id = device.device_id AND seat.product_family = $2
            LIMIT $3
            """,
            .integer(day),
            .text(family),
            .integer(limit)
        ) { $0.text(0) }
    }

    /// Days on which any device was heard of, as `device.report_day` counts, the last first; none that lies ahead.
    func heardDays(upTo today: Int64, limit: Int) throws -> [Int64] {
        try sql.rows(
            "SELECT day FROM heard_day WHERE day <= $1 ORDER BY day DESC LIMIT $2",
            .integer(today),
            .integer(limit)
        ) { $0.integer(0) }
    }

    /// Devices that wait for a seat of a product.
    func waiting(family: String, limit: Int) throws -> [String] {
        try sql.rows(
            """
            SELECT seat.device_id FROM unit CROSS JOIN seat
            WHERE seat.unit_code = unit.code AND seat.product_family = $1 AND seat.state = 0 LIMIT $2
            """,
            .text(family),
            .integer(limit)
        ) { $0.text(0) }
    }

    /// Units whose devices hold seats of a term.
    func unitsWithSeats(term: Int64, limit: Int) throws -> [String] {
        try sql.rows(
            "SELECT unit_code FROM seat_account WHERE term_id = $1 AND used > 0 ORDER BY unit_code LIMIT $2",
            .integer(term),
            .integer(limit)
        ) { $0.text(0) }
    }

    /// Seats that a unit's devices hold of a term, the longest queued first.
    func held(term: Int64, unit: String, limit: Int) throws -> [SeatRecord] {
        try sql.rows(
            """
            SELECT \(Self.columns) FROM seat WHERE term_id = $1 AND unit_code = $2 AND state = 1
            ORDER BY queued_at_ms, device_id LIMIT $3
            """,
            .integer(term),
            .text(unit),
            .integer(limit),
            read: Self.record
        )
    }

    /// Units with a free seat of a term, and a device that waits for one.
    func unitsToServe(term: Int64, family: String, limit: Int) throws -> [String] {
        try sql.rows(
            """
            SELECT unit_code FROM seat_account WHERE term_id = $1 AND used < cap AND EXISTS (
                SELECT 1 FROM seat
                WHERE seat.unit_code = seat_account.unit_code AND seat.product_family = $2 AND seat.state = 0
            )
            LIMIT $3
            """,
            .integer(term),
            .text(family),
            .integer(limit)
        ) { $0.text(0) }
    }

    /// Units that hold more of one term than they were given, and less of another one.
    func unitsToLevel(from term: Int64, to other: Int64, limit: Int) throws -> [String] {
        try sql.rows(
            """
            SELECT above.unit_code FROM seat_account AS above
            JOIN seat_account AS below ON below.unit_code = above.unit_code
            WHERE above.term_id = $1 AND above.used > above.cap AND below.term_id = $2 AND below.used < below.cap LIMIT $3
            """,
            .integer(term),
            .integer(other),
            .integer(limit)
        ) { $0.text(0) }
    }

    /// Devices that hold a seat of a term that has ended and do not have the finding yet, in the order of their ids, after one.
    func holdersToTell(term: Int64, after id: String, limit: Int) throws -> [String] {
        // The sign keeps SQLite on the order of the ids.
        try sql.rows(
            """
            SELECT device_id FROM seat WHERE device_id > $1 AND +term_id = $2 AND state = 1 AND NOT EXISTS (
                SELECT 1 FROM finding
                WHERE finding.device_id = seat.device_id AND kind = 'term-expired' AND closed_at_ms IS NULL
            )
            ORDER BY device_id LIMIT $3
            """,
            .text(id),
            .integer(term),
            .integer(limit)
        ) { $0.text(0) }
    }
}
