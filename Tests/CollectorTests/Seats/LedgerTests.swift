import Shared
import Testing

@testable import Collector

@Suite struct LedgerTests {
    private func contents(
        _ collector: TestCollector,
        unit: String = "",
        day: String = "",
        size: UInt32 = 0,
        token: String = "",
        for caller: Caller = .center
    ) async throws -> LedgerService.Contents {
        try await collector.licenses.ledger.contents(
            .init(term: 0, unit: unit, day: day, pageSize: size, pageToken: token),
            for: caller
        )
    }

    /// Three days of decisions: 2023-11-15 a to 5, 2023-11-17 b to 2, 2023-11-20 a to 4.
    private func threeDays() async throws -> TestCollector {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 7)], total: 15)
        try await collector.assign("unit-a", 5)
        try collector.pass(days: 2)
        try await collector.assign("unit-b", 2)
        try collector.pass(days: 3)
        try await collector.assign("unit-a", 4)
        return collector
    }

    @Test(
        arguments: [
            ("2023-10-12", []), ("2023-10-13", [-15, 5, 3, 7]), ("2023-11-15", [-15, 3, 5, 7]),
            ("2023-11-19", [-15, 8, 5, 2]), ("", [-15, 9, 4, 2]), ("2030-01-01", [-15, 9, 4, 2]),
        ] as [(String, [Int64])]
    )
    func anyPastDayShowsWhatTheAccountsHeldThen(day: String, balances: [Int64]) async throws {
        let collector = try await threeDays()
        let shown = try await contents(collector, day: day).balances
        #expect(shown.map(\.seats) == balances)
        #expect(shown.reduce(0) { $0 + $1.seats } == 0)
        if shown.count == 4 {
            #expect(shown.map(\.account) == ["contract", "reserve", "unit:unit-a", "unit:unit-b"])
            #expect(shown.last?.unitName == "Sở unit-b")
        }
    }

    @Test(
        arguments: [
            ("2023-11-15", "Sở unit-b"), ("2023-11-16", "Sở Một"), ("2023-11-19", "Sở Một"), ("2023-11-20", "Sở Hai"),
            ("", "Sở Hai"),
        ]
    )
    func aPastDayShowsTheNamesOfThatDay(day: String, name: String) async throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 7)])
        for (days, name, revision) in [(1, "Sở Một", 1), (4, "Sở Hai", 2)] as [(Int, String, UInt64)] {
            try collector.pass(days: days)
            _ = try await collector.unitChanges.rename(
                "unit-b",
                name: name,
                group: "",
                decision: try .written(),
                expectedRevision: revision,
                by: .center
            )
        }
        let shown = try await contents(collector, day: day).balances
        #expect(shown.map(\.unitName) == ["", "", "Sở unit-a", name])
        #expect(shown.map(\.seats) == [-10, 0, 3, 7])
    }

    @Test(arguments: ["unit-b", "Sở unit-b"])
    func theAccountOfAUnitThatWasMergedAwayIsShownByItsOldCodeAndName(unit: String) async throws {
        let collector = try await threeDays()
        let decided = collector.now
        try collector.pass(days: 2)
        #expect(try await contents(collector, unit: unit, day: "2023-11-21").balances.map(\.seats) == [2])
        // Two days late, and recorded as such.
        let decision = try Decision.written("2023-11-21", document: "16/NQ")
        _ = try await collector.unitChanges.merge(["unit-b"], into: "unit-a", decision: decision, by: .center)
        for (day, seats, count) in [
            ("2023-11-16", 7, 1), ("2023-11-20", 2, 2), ("2023-11-21", 0, 3), ("", 0, 3),
        ] as [(String, Int64, Int)] {
            let shown = try await contents(collector, unit: unit, day: day)
            #expect(shown.balances.map(\.account) == ["unit:unit-b"])
            #expect(shown.balances.map(\.unitName) == ["Sở unit-b"])
            #expect(shown.balances.map(\.seats) == [seats])
            #expect(shown.entries.total == count)
        }
        let last = try #require(try await contents(collector, unit: unit, day: "2023-11-21").entries.rows.last)
        #expect(last.to == "unit:unit-a" && last.document == "16/NQ" && last.effectiveOn == "2023-11-21")
        #expect(last.recordedAt == collector.now && last.recordedAt > decided)
        // The unit's officer of today looks back, too; nobody else does.
        let own = try await contents(collector, unit: unit, day: "2023-11-20", for: .unitA)
        #expect(own.balances.map(\.seats) == [2] && own.entries.rows.allSatisfy { $0.id == 0 })
        let officer = Caller(name: "c", role: .unit, ownUnit: "unit-c")
        let other = await refusal { _ = try await contents(collector, unit: unit, for: officer) }
        #expect(other?.code == .notFound)
    }

    @Test(arguments: [Caller.center, .unitA], [UInt32(1), 2, 3, 100])
    func pagesFollowEachOtherWithoutRepeats(caller: Caller, size: UInt32) async throws {
        let collector = try await threeDays()
        var token = ""
        var seen: [String] = []
        repeat {
            let page = try await contents(collector, size: size, token: token, for: caller)
            #expect(page.balances.isEmpty == !token.isEmpty)
            #expect(page.entries.total == (caller == .center ? 6 : 3))
            seen += page.entries.rows.map { "\($0.from) \($0.to) \($0.seats)" }
            token = page.entries.nextToken
        } while !token.isEmpty
        #expect(
            seen.filter { $0.contains("unit-a") } == [
                "reserve unit:unit-a 3", "reserve unit:unit-a 2", "unit:unit-a reserve 1",
            ]
        )
        #expect(seen.count == (caller == .center ? 6 : 3))
    }

    @Test func aUnitsOfficerSeesTheOwnAccountOnlyAndNothingThatCountsOthers() async throws {
        let collector = try await threeDays()
        try collector.database.writeNow { sql in
            try SeatStore(sql: sql).post(
                LedgerPosting(
                    term: 1,
                    from: .unit("unit-b"),
                    to: .unit("unit-a"),
                    seats: 1,
                    document: "9",
                    officer: "center",
                    effectiveOn: collector.day()
                ),
                now: collector.now
            )
        }
        try collector.database.writeNow { sql in
            try SeatStore(sql: sql).post(
                LedgerPosting(
                    term: 1,
                    from: .unit("unit-a"),
                    to: .unit("unit-b"),
                    seats: 0,
                    document: "9",
                    reason: "to b",
                    officer: "center",
                    effectiveOn: collector.day(),
                    requestID: 17
                ),
                now: collector.now
            )
        }
        let own = try await contents(collector, for: .unitA)
        #expect(own.entries.rows.last?.to == "center" && own.entries.rows.last?.seats == 0)
        #expect(own.entries.rows.last?.requestID == nil && own.entries.rows.last?.reason == "")
        #expect(own.balances.map(\.account) == ["unit:unit-a"] && own.balances.map(\.seats) == [5])
        #expect(own.entries.rows.dropLast().last?.from == "center")
        #expect(own.entries.rows.allSatisfy { $0.id == 0 })
        let all = try await contents(collector, unit: "unit-a", for: .reader)
        #expect(all.entries.rows.map(\.from).contains("unit:unit-b") && all.entries.total == 5)
        let other = await refusal { _ = try await contents(collector, unit: "unit-b", for: .unitA) }
        #expect(other?.code == .notFound)
    }

    @Test(arguments: ["x", "LTE=", "OTk5OTk5OTk5OTk5OTk5OTk5OTk="])
    func aTokenOfNoPageIsRefused(token: String) async throws {
        let collector = try TestCollector()
        let error = await refusal { _ = try await contents(collector, token: token) }
        #expect(error?.code == .invalidArgument)
    }

    @Test(arguments: [
        "UPDATE ledger SET seats = 1", "DELETE FROM ledger", "UPDATE ledger SET reason = 'x' WHERE entry_id = 1",
        "INSERT OR REPLACE INTO ledger VALUES (1, 1, 'contract', 'reserve', 1, '', '', 1, '', '', NULL)",
        "INSERT INTO ledger VALUES (NULL, 1, 'contract', 'reserve', 1, '', '', 1, '', '', NULL)",
        "INSERT INTO ledger VALUES (NULL, 1, 'reserve', 'unit:unit-a', 6, '', '', 1, '', '', NULL)",
        "INSERT INTO ledger VALUES (NULL, 1, 'unit:unit-a', 'reserve', 4, '', '', 1, '', '', NULL)",
        "INSERT INTO ledger VALUES (NULL, 1, 'unit:unit-a', 'unit:unit-a', 1, '', '', 1, '', '', NULL)",
        "INSERT INTO ledger VALUES (NULL, 1, 'unit:unit-x', 'reserve', 0, '', '', 1, '', '', NULL)",
        "INSERT INTO ledger VALUES (NULL, 1, 'reserve', 'contract', 1, '', '', 1, '', '', NULL)",
        "INSERT INTO ledger VALUES (NULL, 1, 'reserve', 'elsewhere', 1, '', '', 1, '', '', NULL)",
        "INSERT INTO ledger VALUES (NULL, 1, 'reserve', 'unit:unit-x', 1, '', '', 1, '', '', NULL)",
        "UPDATE seat_account SET cap = cap + 1", "INSERT INTO seat_account VALUES (1, 'unit-c', 1, 0)",
        "DELETE FROM seat_account", "UPDATE term SET total_seats = 16", "UPDATE term SET reserve_seats = -1",
    ])
    func noStatementGetsAroundTheLedger(statement: String) throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 7), ("unit-c", 0)], total: 15)
        try collector.database.writeNow { try $0.execute("DELETE FROM seat_account WHERE unit_code = 'unit-c'") }
        #expect(throws: CollectorError.self) { try collector.database.writeNow { try $0.script(statement) } }
        #expect(try collector.number("SELECT coalesce(sum(cap), 0) FROM seat_account") == 10)
        #expect(try collector.number("SELECT count(*) FROM ledger") == 4)
        try collector.checkSeats()
    }
}
