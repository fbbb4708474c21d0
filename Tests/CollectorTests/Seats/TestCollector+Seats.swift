import ServiceLifecycle
import Shared
import Testing

@testable import Collector

extension TestCollector {
    var licenses: LicenseServices { LicenseServices(database: database, clock: clock, shelf: shelf) }

    static let withApproved = Inventory.complete(.installed(approved))

    /// Moves the clock on; others go on reporting meanwhile unless it is an outage.
    func pass(days: Int, seconds: Int = 0, isOutage: Bool = false) throws {
        let former = now.reportDay
        now = now.adding(seconds: Int64(days) * 86400 + Int64(seconds))
        guard !isOutage, days > 0 else { return }
        try database.writeNow { sql in
            for day in (former + 1)...now.reportDay {
                try sql.execute("INSERT OR IGNORE INTO heard_day (day) VALUES ($1)", .integer(day))
            }
        }
    }

    /// A day so many days from the day of the clock, by the province's calendar.
    func day(_ days: Int = 0) -> Day { Day(milliseconds: now.value, minutesAhead: 420).adding(days: days) }

    /// Does all upkeep that is due.
    /// - Returns: the ends of terms that it announced.
    @discardableResult
    func upkeep() throws -> [TermNotice] {
        var notices: [TermNotice] = []
        var steps = 0
        while try database.writeNow({ try Upkeep.step($0, now: now) { notices.append($0) } }) {
            steps += 1
            try #require(steps < 200, "upkeep goes in a circle")
        }
        #expect(try database.writeNow { try Upkeep.due($0, now: now) } == nil)
        return notices
    }

    /// Upkeep as it runs in the collector.
    var upkeepService: UpkeepService { UpkeepService(database: database, clock: clock, logger: Self.logger) }

    /// From now on the database refuses to change such rows of a table.
    func `break`(_ table: String, _ condition: String) throws {
        try database.writeNow { sql in
            try sql.execute(
                """
                CREATE TRIGGER broken_\(table) BEFORE UPDATE ON \(table) WHEN \(condition)
                BEGIN SELECT RAISE(ABORT, 'broken'); END
                """
            )
        }
    }

    /// Runs a service, and returns when it has stopped gracefully.
    func withRunning(_ service: any Service) async throws {
        let group = ServiceGroup(services: [service], logger: Self.logger)
        async let running: Void = group.run()
        await group.triggerGracefulShutdown()
        try await running
    }

    /// Enrolls devices of these names, and reports the approved product one second after the other.
    func seat(_ ids: [String], unit: String = "unit-a") throws {
        for id in ids {
            now = now.adding(seconds: 1)
            try addDevice(id, unit: unit)
            try submit(id, Self.withApproved)
        }
    }

    /// Where a device's seat is: `held 1`, `waiting 1`, `idle 1` with the number of the term; `none`.
    func place(_ id: String) throws -> String {
        try database.writeNow { sql in
            guard let seat = try SeatStore(sql: sql).seat(of: id) else { return "none" }
            let word = seat.state == .held ? "held" : seat.state == .idle ? "idle" : "waiting"
            return "\(word) \(seat.term)"
        }
    }

    func places(_ ids: [String]) throws -> [String] { try ids.map(place) }

    /// The state of a term's ledger.
    func revision(_ term: Int64 = 1) throws -> UInt64 {
        UInt64(try database.writeNow { try SeatStore(sql: $0).revision(term: term) })
    }

    /// Gives a unit so many seats, by a decision that knows the ledger.
    @discardableResult
    func assign(_ unit: String, _ seats: UInt32, term: UInt32 = 1) async throws -> AllocationService.Assigned {
        try await licenses.allocations.set(
            .init(
                term: term,
                unit: unit,
                seats: seats,
                decision: try Decision(document: "12/QĐ", reason: "", effectiveOn: ""),
                expectedRevision: try revision(Int64(term))
            ),
            by: .center
        )
    }

    /// Gives units what a file says, all at once.
    func imported(_ text: String, term: UInt32) async throws -> AllocationService.Imported {
        try await licenses.allocations.take(
            .init(
                file: Array(text.utf8),
                fileName: "allocations.csv",
                term: term,
                decision: try Decision(document: "13/QĐ", reason: "", effectiveOn: ""),
                expectedRevision: try revision(Int64(term))
            ),
            by: .center
        )
    }

    /// A draft of a term that goes on for a year.
    func draft(
        seats: UInt32,
        from start: Int,
        days: Int = 365,
        renews: UInt32 = 0,
        copies: Bool = false,
        product: String = approved
    ) -> TermService.Draft {
        TermService.Draft(
            productFamily: product,
            totalSeats: seats,
            startsOn: day(start).description,
            endsOn: day(start + days - 1).description,
            silenceDays: 0,
            document: "HĐ-2",
            renews: renews,
            copiesAllocations: copies
        )
    }

    /// What must hold after every commit.
    func checkSeats(sourceLocation: SourceLocation = #_sourceLocation) throws {
        func expectNone(_ query: String, _ comment: Comment) throws {
            #expect(try number("SELECT count(*) FROM (\(query))") == 0, comment, sourceLocation: sourceLocation)
        }
        try expectNone(
            """
            SELECT 1 FROM seat_account WHERE used <> (
                SELECT count(*) FROM seat WHERE seat.state = 1 AND seat.term_id = seat_account.term_id
                    AND seat.unit_code = seat_account.unit_code)
            """,
            "used is what is held"
        )
        try expectNone(
            """
            SELECT 1 FROM term WHERE total_seats <> reserve_seats
                + (SELECT coalesce(sum(cap), 0) FROM seat_account WHERE seat_account.term_id = term.term_id)
            """,
            "allocations and reserve are the total"
        )
        try expectNone(
            """
            SELECT 1 FROM device LEFT JOIN seat ON seat.device_id = device.device_id
            WHERE device.seat_state <> CASE WHEN seat.state = 1 THEN 1 WHEN seat.state = 0 THEN 2
                WHEN seat.state = 2 THEN 3 ELSE 0 END
            """,
            "the device's row says what the seat's does"
        )
        try expectNone(
            """
            SELECT 1 FROM seat WHERE state = 0 AND NOT EXISTS (
                SELECT 1 FROM finding WHERE finding.device_id = seat.device_id AND kind = 'over-cap'
                    AND closed_at_ms IS NULL)
            """,
            "who waits has a finding"
        )
    }
}
