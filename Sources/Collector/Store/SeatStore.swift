internal import Shared

/// A device's seat, or its place in the queue.
struct SeatRecord: Sendable, Hashable {
    var deviceID: String
    /// The term that it is held in; of who waits, the one that is asked first.
    var term: Int64
    var unit: String
    /// The licensed product.
    var family: String
    var state: SeatState
    /// Since when it holds, waits or is idle.
    var since: Milliseconds
    /// Since when the device has had the product; moves, merges and new terms keep it.
    var queuedAt: Milliseconds
    /// Who goes first in the queue: 0 for who returns, 1 for the others.
    var priority: Int

    /// The order of the queue: the lower one goes first.
    var rank: (Int, Milliseconds, String) { (priority, queuedAt, deviceID) }
}

/// What a unit holds in one term.
struct SeatAccount: Sendable, Hashable {
    var term: Int64
    var cap: Int
    var used: Int
}

extension SeatState {
    /// What the column `seat.state` holds.
    var stored: Int {
        switch self {
        case .none, .overCap: 0
        case .held: 1
        case .idle: 2
        }
    }

    init(stored: Int) {
        switch stored {
        case 1: self = .held
        case 2: self = .idle
        default: self = .overCap
        }
    }
}

/// SQL of terms, the ledger, seats and their accounts.
struct SeatStore {
    let sql: SQLTransaction

    /// A unit's cap and use in one term.
    func account(term: Int64, unit: String) throws -> (cap: Int, used: Int) {
        try sql.first(
            "SELECT cap, used FROM seat_account WHERE term_id = $1 AND unit_code = $2",
            .integer(term),
            .text(unit)
        ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
    }

    /// What a unit holds in every term that it ever had seats in.
    func accounts(unit: String) throws -> [SeatAccount] {
        try sql.rows("SELECT term_id, cap, used FROM seat_account WHERE unit_code = $1", .text(unit)) {
            SeatAccount(term: $0.integer(0), cap: $0.int(1), used: $0.int(2))
        }
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

    static let columns = "device_id, term_id, unit_code, product_family, state, since_ms, queued_at_ms, priority"

    static func record(_ row: SQLRow) -> SeatRecord {
        SeatRecord(
            deviceID: row.text(0),
            term: row.integer(1),
            unit: row.text(2),
            family: row.text(3),
            state: SeatState(stored: row.int(4)),
            since: Milliseconds(row.integer(5)),
            queuedAt: Milliseconds(row.integer(6)),
            priority: row.int(7)
        )
    }

    func seat(of deviceID: String) throws -> SeatRecord? {
        try sql.first("SELECT \(Self.columns) FROM seat WHERE device_id = $1", .text(deviceID), read: Self.record)
    }

    func put(_ seat: SeatRecord) throws {
        try sql.execute(
            """
            INSERT INTO seat (device_id, term_id, unit_code, product_family, state, since_ms, queued_at_ms, priority)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (device_id) DO UPDATE SET term_id = excluded.term_id, unit_code = excluded.unit_code,
                product_family = excluded.product_family, state = excluded.state, since_ms = excluded.since_ms,
                queued_at_ms = excluded.queued_at_ms, priority = excluded.priority
            """,
            .text(seat.deviceID),
            .integer(seat.term),
            .text(seat.unit),
            .text(seat.family),
            .integer(seat.state.stored),
            .integer(seat.since.value),
            .integer(seat.queuedAt.value),
            .integer(seat.priority)
        )
    }

    func remove(_ deviceID: String) throws {
        try sql.execute("DELETE FROM seat WHERE device_id = $1", .text(deviceID))
    }

    /// The device of a unit that is next in the queue for a product.
    func longestWaiting(unit: String, family: String) throws -> SeatRecord? {
        try sql.first(
            """
            SELECT \(Self.columns) FROM seat WHERE unit_code = $1 AND product_family = $2 AND state = 0
            ORDER BY priority, queued_at_ms, device_id LIMIT 1
            """,
            .text(unit),
            .text(family),
            read: Self.record
        )
    }

    /// Devices of a unit that wait for a seat of a product.
    func waitingCount(unit: String, family: String) throws -> Int {
        try sql.first(
            "SELECT count(*) FROM seat WHERE unit_code = $1 AND product_family = $2 AND state = 0",
            .text(unit),
            .text(family)
        ) { $0.int(0) } ?? 0
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
