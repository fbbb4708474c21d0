/// What happened to a device's seat.
struct SeatEvent: Sendable, Hashable {
    var at: Milliseconds
    /// A word such as `taken`.
    var event: String
    /// The unit whose seat it was.
    var unitCode: String
    var term: Int64
}

/// SQL that reads the table `seat_event`.
struct SeatEventStore {
    let sql: SQLTransaction

    /// Of one device, the last first.
    func events(of deviceID: String, limit: Int) throws -> [SeatEvent] {
        try sql.rows(
            """
            SELECT at_ms, event, unit_code, term_id FROM seat_event WHERE device_id = $1
            ORDER BY event_id DESC LIMIT $2
            """,
            .text(deviceID),
            .integer(limit)
        ) { row in
            SeatEvent(at: Milliseconds(row.integer(0)), event: row.text(1), unitCode: row.text(2), term: row.integer(3))
        }
    }

    /// The number of the last event; 0 where there is none.
    func last() throws -> Int64 {
        try sql.first("SELECT coalesce(max(event_id), 0) FROM seat_event") { $0.integer(0) } ?? 0
    }

    /// Other devices that got a seat after an event and hold it, in the order in which they got it; of one unit where one is
    /// given.
    func seated(after event: Int64, but deviceID: String, unit: String?) throws -> [String] {
        try sql.rows(Self.seatedStatement, .integer(event), .text(deviceID), .optional(unit)) { $0.text(0) }
    }

    /// SQLite keeps the order of tables in a cross join: the few events first, not every seat.
    static let seatedStatement = """
        SELECT seat.device_id FROM seat_event CROSS JOIN seat
        WHERE seat_event.event_id > $1 AND seat_event.event = 'taken' AND seat.device_id = seat_event.device_id
            AND seat.state = 1 AND seat.device_id <> $2 AND ($3 IS NULL OR seat.unit_code = $3)
        GROUP BY seat.device_id ORDER BY max(seat_event.event_id)
        """
}
