import Shared
import Testing

@testable import Collector

extension TestCollector {
    var units: UnitService { UnitService(database: database, clock: clock) }
    var unitChanges: UnitChangeService { UnitChangeService(database: database, clock: clock) }
    var unitContacts: UnitContactService { UnitContactService(database: database, clock: clock) }
    var requests: RequestService { RequestService(database: database, clock: clock) }

    static let approvedInventory = Inventory.complete(.installed(TestCollector.approved))
    static let conflictInventory = Inventory.complete(.installed(TestCollector.approved), .installed("drweb"))

    /// Adds devices whose licensed product is reported one second after the other.
    func addSeated(_ prefix: String, _ count: Int, unit: String) throws {
        for index in 0..<count {
            now = now.adding(seconds: 1)
            let id = "\(prefix)\(index)-device"
            try addDevice(id, unit: unit)
            try submit(id, Self.approvedInventory)
        }
    }

    /// The unit of a device's seat, and whether it is held.
    func seat(_ id: String) throws -> SeatRecord? { try database.writeNow { try SeatStore(sql: $0).seat(of: id) } }

    func account(_ unit: String, term: Int64 = 1) throws -> [Int] {
        let account = try database.writeNow { try SeatStore(sql: $0).account(term: term, unit: unit) }
        return [account.cap, account.used]
    }

    func text(_ query: String) throws -> [String] {
        try database.writeNow { try $0.rows(query) { $0.text(0) } }
    }

    /// Everything that could change, so that a refusal can be seen to change nothing.
    func everything() throws -> [String] {
        try database.writeNow { sql in
            try [
                "unit", "unit_change", "unit_figure", "seat_account", "seat", "seat_request", "ledger", "term",
                "device",
                "token", "officer", "finding", "audit", "seat_event",
            ].flatMap { table in
                let columns = try sql.rows("SELECT name FROM pragma_table_info('\(table)')") { $0.text(0) }
                let row = columns.map { "quote(\($0))" }.joined(separator: " || '|' || ")
                return try sql.rows("SELECT '\(table): ' || \(row) FROM \(table) ORDER BY 1") { $0.text(0) }
            }
        }
    }

    /// Checks what has to hold at every commit.
    func checkSums(_ place: SourceLocation = #_sourceLocation) throws {
        let rules = [
            "allocations and reserve are the total": """
            SELECT count(*) FROM term WHERE total_seats <> reserve_seats
                + (SELECT coalesce(sum(cap), 0) FROM seat_account WHERE seat_account.term_id = term.term_id)
            """,
            "a cap is what the ledger says": """
            SELECT count(*) FROM seat_account WHERE cap <> (
                SELECT coalesce(sum(CASE WHEN to_account = 'unit:' || unit_code THEN seats ELSE -seats END), 0)
                FROM ledger WHERE ledger.term_id = seat_account.term_id
                    AND 'unit:' || unit_code IN (from_account, to_account))
            """,
            "seats in use are those that are held": """
            SELECT count(*) FROM seat_account WHERE used <> (SELECT count(*) FROM seat WHERE state = 1
                AND seat.term_id = seat_account.term_id AND seat.unit_code = seat_account.unit_code)
            """,
            "every held seat has an account": """
            SELECT count(*) FROM seat WHERE state = 1 AND NOT EXISTS (SELECT 1 FROM seat_account
                WHERE seat_account.term_id = seat.term_id AND seat_account.unit_code = seat.unit_code)
            """,
            "a seat is of its device's unit": """
            SELECT count(*) FROM seat JOIN device ON device.device_id = seat.device_id
            WHERE seat.unit_code <> device.unit_code
                OR device.seat_state <> CASE seat.state WHEN 0 THEN 2 WHEN 1 THEN 1 ELSE 3 END
            """,
            "an open finding is of its device's unit": """
            SELECT count(*) FROM finding JOIN device ON device.device_id = finding.device_id
            WHERE finding.closed_at_ms IS NULL AND finding.unit_code <> device.unit_code
            """,
            "figures are what counting gives": """
            SELECT count(*) FROM unit_figure WHERE devices <> (SELECT count(*) FROM device
                WHERE device.unit_code = unit_figure.unit_code AND life = 0)
            OR waiting <> (SELECT count(*) FROM device
                WHERE device.unit_code = unit_figure.unit_code AND life = 0 AND seat_state = 2)
            """,
            "nobody waits beside a free seat": """
            SELECT count(*) FROM seat JOIN seat_account ON seat_account.unit_code = seat.unit_code
            WHERE seat.state = 0 AND seat_account.used < seat_account.cap AND NOT EXISTS (
                SELECT 1 FROM term WHERE renews_term_id = seat_account.term_id)
            """,
            "days of an account never go back": """
            SELECT count(*) FROM ledger AS later JOIN ledger AS earlier
                ON earlier.term_id = later.term_id AND earlier.entry_id < later.entry_id
                AND earlier.effective_on > later.effective_on
                AND (earlier.from_account IN (later.from_account, later.to_account)
                    OR earlier.to_account IN (later.from_account, later.to_account))
            """,
        ]
        for (rule, query) in rules {
            let count = try number(query)
            #expect(count == 0, "\(rule)", sourceLocation: place)
        }
    }
}

extension Decision {
    /// As an officer writes one.
    static func written(_ day: String = "", document: String = "12/QĐ-UBND") throws -> Decision {
        try Decision(document: document, reason: "", effectiveOn: day)
    }
}

/// The error of a call that has to be refused.
func expectRefusal<Result>(
    _ place: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Result
) async -> CollectorError? {
    do {
        _ = try await body()
        Issue.record("it was not refused", sourceLocation: place)
        return nil
    } catch {
        return error as? CollectorError
    }
}
