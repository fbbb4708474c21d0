/// A seat, or a place in the queue, as lists show it.
struct SeatListing: Sendable, Hashable {
    var seat: SeatRecord
    var hostName: String
    var unitName: String
    var lastReportAt: Milliseconds?
    /// Of `device.report_day`.
    var reportDay: Int64
    /// In the queue: 1 is next; `nil` for who does not wait.
    var place: Int?
    /// Held above a cap that was lowered.
    var isExcess = false
}

/// SQL of the lists of seats.
///
/// Each page is found by an index from where the last one ended; nothing is sorted or counted that is not shown, but for the
/// totals, which are sums of kept figures or counts over an index.
extension SeatStore {
    private static let listing = """
        seat.device_id, seat.term_id, seat.unit_code, seat.product_family, seat.state, seat.since_ms, seat.queued_at_ms,
        seat.priority, device.host_name, unit.name, device.last_report_at_ms, device.report_day
        """

    private static func listing(_ row: SQLRow) -> SeatListing {
        SeatListing(
            seat: record(row),
            hostName: row.text(8),
            unitName: row.text(9),
            lastReportAt: row.optionalInteger(10).map { Milliseconds($0) },
            reportDay: row.integer(11)
        )
    }

    /// Every seat and everyone who waits, by unit: those that wait, those that hold, those that are idle; the longest queued
    /// first.
    func all(unit: String?, after last: SeatRecord?, limit: Int) throws -> [SeatListing] {
        try sql.rows(
            """
            SELECT \(Self.listing) FROM seat
            JOIN device ON device.device_id = seat.device_id JOIN unit ON unit.code = seat.unit_code
            WHERE (seat.unit_code, seat.state, seat.queued_at_ms, seat.device_id) > ($1, $2, $3, $4)
                AND seat.unit_code <= $5
            ORDER BY seat.unit_code, seat.state, seat.queued_at_ms, seat.device_id LIMIT $6
            """,
            .text(last?.unit ?? unit ?? ""),
            .integer(last?.state.stored ?? -1),
            .integer(last?.queuedAt.value ?? .min),
            .text(last?.deviceID ?? ""),
            .text(unit ?? Self.afterEveryCode),
            .integer(limit),
            read: Self.listing
        )
    }

    /// Codes are lower-case letters, digits and hyphens.
    private static let afterEveryCode = "~"

    /// Those that wait, by unit and product, in the order in which they get a seat.
    func waiting(unit: String?, after last: SeatRecord?, limit: Int) throws -> [SeatListing] {
        try sql.rows(
            """
            SELECT \(Self.listing) FROM seat
            JOIN device ON device.device_id = seat.device_id JOIN unit ON unit.code = seat.unit_code
            WHERE seat.state = 0
                AND (seat.unit_code, seat.product_family, seat.priority, seat.queued_at_ms, seat.device_id)
                    > ($1, $2, $3, $4, $5)
                AND seat.unit_code <= $6
            ORDER BY seat.unit_code, seat.product_family, seat.priority, seat.queued_at_ms, seat.device_id LIMIT $7
            """,
            .text(last?.unit ?? unit ?? ""),
            .text(last?.family ?? ""),
            .integer(last?.priority ?? -1),
            .integer(last?.queuedAt.value ?? .min),
            .text(last?.deviceID ?? ""),
            .text(unit ?? Self.afterEveryCode),
            .integer(limit),
            read: Self.listing
        )
    }

    /// How many wait ahead of a device for the same seats.
    func countAhead(of seat: SeatRecord) throws -> Int {
        try sql.first(
            """
            SELECT count(*) FROM seat WHERE unit_code = $1 AND product_family = $2 AND state = 0
                AND (priority, queued_at_ms, device_id) < ($3, $4, $5)
            """,
            .text(seat.unit),
            .text(seat.family),
            .integer(seat.priority),
            .integer(seat.queuedAt.value),
            .text(seat.deviceID)
        ) { $0.int(0) } ?? 0
    }

    /// Seats of devices that were last heard of before a day: held ones, and those that were released for it; by unit, the
    /// longest silent first.
    func idle(
        unit: String?,
        before day: Int64,
        after last: (unit: String, day: Int64, device: String)?,
        limit: Int
    ) throws -> [SeatListing] {
        try sql.rows(
            """
            SELECT \(Self.listing) FROM unit CROSS JOIN device CROSS JOIN seat
            WHERE unit.code >= $1 AND unit.code <= $2 AND device.unit_code = unit.code AND device.life = 0
                AND device.report_day < $3 AND device.seat_state IN (1, 3) AND seat.device_id = device.device_id
                AND (unit.code, device.report_day, device.device_id) > ($4, $5, $6)
            ORDER BY unit.code, device.report_day, device.device_id LIMIT $7
            """,
            .text(last?.unit ?? unit ?? ""),
            .text(unit ?? Self.afterEveryCode),
            .integer(day),
            .text(last?.unit ?? ""),
            .integer(last?.day ?? -1),
            .text(last?.device ?? ""),
            .integer(limit),
            read: Self.listing
        )
    }

    func idleCount(unit: String?, before day: Int64) throws -> Int {
        try sql.first(
            Self.idleCountStatement(isOfOneUnit: unit != nil),
            .text(unit ?? ""),
            .integer(day)
        ) { $0.int(0) } ?? 0
    }

    static func idleCountStatement(isOfOneUnit: Bool) -> String {
        """
        SELECT count(*) FROM unit CROSS JOIN device
        WHERE \(isOfOneUnit ? "unit.code" : "''") = $1 AND device.unit_code = unit.code AND device.life = 0
            AND device.report_day < $2 AND device.seat_state IN (1, 3)
        """
    }

    /// Accounts with more seats in use than their cap, by unit and term, from one on.
    func excessive(unit: String?, from last: (unit: String, term: Int64)?, limit: Int) throws -> [(String, SeatAccount)]
    {
        try sql.rows(
            """
            SELECT unit_code, term_id, cap, used FROM seat_account
            WHERE used > cap AND unit_code >= $1 AND unit_code <= $2 AND (unit_code, term_id) >= ($3, $4)
            ORDER BY unit_code, term_id LIMIT $5
            """,
            .text(last?.unit ?? unit ?? ""),
            .text(unit ?? Self.afterEveryCode),
            .text(last?.unit ?? ""),
            .integer(last?.term ?? 0),
            .integer(limit)
        ) { ($0.text(0), SeatAccount(term: $0.integer(1), cap: $0.int(2), used: $0.int(3))) }
    }

    /// Holders of a term's seats in a unit, those that came last first, from after one on.
    func lastCome(term: Int64, unit: String, after last: SeatRecord?, limit: Int) throws -> [SeatListing] {
        try sql.rows(
            """
            SELECT \(Self.listing) FROM seat
            JOIN device ON device.device_id = seat.device_id JOIN unit ON unit.code = seat.unit_code
            WHERE seat.term_id = $1 AND seat.unit_code = $2 AND seat.state = 1
                AND (seat.queued_at_ms, seat.device_id) < ($3, $4)
            ORDER BY seat.queued_at_ms DESC, seat.device_id DESC LIMIT $5
            """,
            .integer(term),
            .text(unit),
            .integer(last?.queuedAt.value ?? .max),
            .text(last?.deviceID ?? ""),
            .integer(limit),
            read: Self.listing
        )
    }

    /// The first of those that hold a seat above the cap: it and all that came later do.
    func firstExcess(term: Int64, unit: String, excess: Int) throws -> SeatRecord? {
        try sql.first(
            """
            SELECT \(Self.columns) FROM seat WHERE term_id = $1 AND unit_code = $2 AND state = 1
            ORDER BY queued_at_ms DESC, device_id DESC LIMIT 1 OFFSET $3
            """,
            .integer(term),
            .text(unit),
            .integer(max(excess - 1, 0)),
            read: Self.record
        )
    }

    /// What the lists count, from kept figures.
    func totals(unit: String?) throws -> (held: Int, waiting: Int, idle: Int, excess: Int) {
        try sql.first(
            Self.totalsStatement(isOfOneUnit: unit != nil),
            .text(unit ?? "")
        ) { ($0.int(0), $0.int(1), $0.int(2), $0.int(3)) } ?? (0, 0, 0, 0)
    }

    static func totalsStatement(isOfOneUnit: Bool) -> String {
        func isMeant(_ column: String) -> String { "\(isOfOneUnit ? column : "''") = $1" }
        return """
            SELECT
                (SELECT coalesce(sum(used), 0) FROM seat_account WHERE \(isMeant("unit_code"))),
                (SELECT coalesce(sum(waiting), 0) FROM unit_figure WHERE \(isMeant("unit_code"))),
                (SELECT count(*) FROM unit CROSS JOIN seat
                    WHERE \(isMeant("unit.code")) AND seat.unit_code = unit.code AND seat.state = 2),
                (SELECT coalesce(sum(used - cap), 0) FROM seat_account WHERE used > cap AND \(isMeant("unit_code")))
            """
    }
}
