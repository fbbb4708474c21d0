internal import Shared

/// A unit's request for more seats.
struct SeatRequestRecord: Sendable, Hashable {
    /// Raw values are the numbers of `khien.v1.SeatRequestState` on the wire, and what the database keeps.
    enum State: Int, Sendable, Hashable, CaseIterable {
        case open = 1
        /// In whole or in part.
        case approved = 2
        case refused = 3
        case withdrawn = 4
    }

    var id: Int64
    var term: Int64
    var unit: String
    var unitName: String
    var seats: Int
    var reason: String
    var filedBy: String
    var filedAt: Milliseconds
    var state: State
    var granted: Int
    /// `reserve`, or the code of the unit that gave; empty before.
    var source: String
    var document: String
    var answer: String
    var decidedBy: String
    var decidedAt: Milliseconds?
    var revision: Int64
    /// How its unit stands now in that term.
    var cap: Int
    var used: Int
    /// Devices of the unit that wait for a seat.
    var waiting: Int
}

/// How a request is answered.
struct SeatRequestDecision: Sendable, Hashable {
    var state: SeatRequestRecord.State
    var granted = 0
    var source = ""
    var document = ""
    var answer = ""
    var officer: String
}

/// SQL of the table `seat_request`.
struct RequestStore {
    let sql: SQLTransaction

    private static let columns = """
        SELECT seat_request.request_id, seat_request.term_id, seat_request.unit_code, unit.name, seat_request.seats,
            seat_request.reason, seat_request.filed_by, seat_request.filed_at_ms, seat_request.state,
            seat_request.granted_seats, seat_request.source, seat_request.document, seat_request.answer,
            seat_request.decided_by, seat_request.decided_at_ms, seat_request.revision,
            coalesce(seat_account.cap, 0), coalesce(seat_account.used, 0), unit_figure.waiting
        FROM seat_request
        JOIN unit ON unit.code = seat_request.unit_code
        JOIN unit_figure ON unit_figure.unit_code = seat_request.unit_code
        LEFT JOIN seat_account ON seat_account.term_id = seat_request.term_id
            AND seat_account.unit_code = seat_request.unit_code
        """

    private static func record(_ row: SQLRow) throws -> SeatRequestRecord {
        guard let state = SeatRequestRecord.State(rawValue: row.int(8)) else {
            throw CollectorError(.internal, "The database holds a request in a state that is none.")
        }
        return SeatRequestRecord(
            id: row.integer(0),
            term: row.integer(1),
            unit: row.text(2),
            unitName: row.text(3),
            seats: row.int(4),
            reason: row.text(5),
            filedBy: row.text(6),
            filedAt: Milliseconds(row.integer(7)),
            state: state,
            granted: row.int(9),
            source: row.text(10),
            document: row.text(11),
            answer: row.text(12),
            decidedBy: row.text(13),
            decidedAt: row.optionalInteger(14).map { Milliseconds($0) },
            revision: row.integer(15),
            cap: row.int(16),
            used: row.int(17),
            waiting: row.int(18)
        )
    }

    /// A unit's own requests, and those of the units that went into it.
    private static let ofUnit = """
        seat_request.unit_code IN (\(UnitStore.lineage) SELECT code FROM lineage)
        """

    /// Adds a request under a number that is not taken.
    func insert(
        _ id: Int64,
        term: Int64,
        unit: String,
        seats: Int,
        reason: String,
        officer: String,
        now: Milliseconds
    ) throws {
        try sql.execute(
            """
            INSERT INTO seat_request (request_id, term_id, unit_code, seats, reason, filed_by, filed_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            .integer(id),
            .integer(term),
            .text(unit),
            .integer(seats),
            .text(reason),
            .text(officer),
            .integer(now.value)
        )
    }

    func isTaken(_ id: Int64) throws -> Bool {
        try sql.first("SELECT 1 FROM seat_request WHERE request_id = $1", .integer(id)) { $0.int(0) } != nil
    }

    /// The request of that number; with a unit, only if it is that unit's.
    func request(_ id: Int64, unit: String?) throws -> SeatRequestRecord? {
        guard let unit else {
            return try sql.first(
                "\(Self.columns) WHERE seat_request.request_id = $1",
                .integer(id),
                read: Self.record
            )
        }
        return try sql.first(
            "\(Self.columns) WHERE \(Self.ofUnit) AND seat_request.request_id = $2",
            .text(unit),
            .integer(id),
            read: Self.record
        )
    }

    /// Open requests, the oldest first, after a moment and a number.
    func open(unit: String?, after key: (at: Int64, id: Int64), limit: Int) throws -> [SeatRequestRecord] {
        let scope = unit == nil ? "$1 IS NULL" : Self.ofUnit
        return try sql.rows(
            """
            \(Self.columns) WHERE \(scope) AND seat_request.state = 1
                AND (seat_request.filed_at_ms, seat_request.request_id) > ($2, $3)
            ORDER BY seat_request.filed_at_ms, seat_request.request_id LIMIT $4
            """,
            .optional(unit),
            .integer(key.at),
            .integer(key.id),
            .integer(limit),
            read: Self.record
        )
    }

    /// Requests that are decided, the last decided first, after a moment and a number; of one state where one is given.
    func decided(
        unit: String?,
        state: SeatRequestRecord.State?,
        after key: (at: Int64, id: Int64),
        limit: Int
    ) throws -> [SeatRequestRecord] {
        let scope = unit == nil ? "$1 IS NULL" : Self.ofUnit
        return try sql.rows(
            """
            \(Self.columns) WHERE \(scope) AND seat_request.state > 1 AND ($2 IS NULL OR seat_request.state = $2)
                AND (seat_request.decided_at_ms, seat_request.request_id) < ($3, $4)
            ORDER BY seat_request.decided_at_ms DESC, seat_request.request_id DESC LIMIT $5
            """,
            .optional(unit),
            .optional(state?.rawValue),
            .integer(key.at),
            .integer(key.id),
            .integer(limit),
            read: Self.record
        )
    }

    /// Requests in a state, or all.
    func count(unit: String?, state: SeatRequestRecord.State?) throws -> Int {
        let scope = unit == nil ? "$1 IS NULL" : Self.ofUnit
        return try sql.first(
            "SELECT count(*) FROM seat_request WHERE \(scope) AND ($2 IS NULL OR seat_request.state = $2)",
            .optional(unit),
            .optional(state?.rawValue)
        ) { $0.int(0) } ?? 0
    }

    /// Answers an open request.
    func decide(_ id: Int64, _ decision: SeatRequestDecision, now: Milliseconds) throws {
        try sql.execute(
            """
            UPDATE seat_request SET state = $1, granted_seats = $2, source = $3, document = $4, answer = $5,
                decided_by = $6, decided_at_ms = $7, revision = revision + 1
            WHERE request_id = $8 AND state = 1
            """,
            .integer(decision.state.rawValue),
            .integer(decision.granted),
            .text(decision.source),
            .text(decision.document),
            .text(decision.answer),
            .text(decision.officer),
            .integer(now.value),
            .integer(id)
        )
    }

    /// Withdraws the open requests of a unit that is no more.
    func withdrawAll(of unit: String, answer: String, by officer: String, now: Milliseconds) throws {
        try sql.execute(
            """
            UPDATE seat_request SET state = 4, answer = $1, decided_by = $2, decided_at_ms = $3, revision = revision + 1
            WHERE unit_code = $4 AND state = 1
            """,
            .text(answer),
            .text(officer),
            .integer(now.value),
            .text(unit)
        )
    }
}
