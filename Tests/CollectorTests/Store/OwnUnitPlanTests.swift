import Testing

@testable import Collector

/// What an officer of one unit asks for reads that unit's rows alone: neither the answer nor the time that it takes is about
/// other units.
@Suite struct OwnUnitPlanTests {
    /// What has rows of units, as the statements call it; the few terms are everybody's.
    private static let tables = [
        "unit", "counted", "unit_figure", "seat_account", "seat", "device", "ledger", "giving", "taking", "token",
        "officer",
    ]

    private static let statements: [(name: String, of: @Sendable (Bool) -> String)] = [
        ("tokens", { TokenStore.listStatement(isOfOneUnit: $0) }),
        ("officers", { OfficerStore.listStatement(isOfOneUnit: $0) }),
        ("allocations", { SeatStore.allocationStatement(isOfOneUnit: $0) }),
        ("units", { UnitStore.summaryStatement(terms: [1, 2], isOfOneUnit: $0) }),
        ("count of tokens", { TokenStore.countStatement(isOfOneUnit: $0) }),
        ("figures of seats", { SeatStore.totalsStatement(isOfOneUnit: $0) }),
        ("silent holders", { SeatStore.idleCountStatement(isOfOneUnit: $0) }),
        ("balances", { SeatStore.balancesStatement(isOfOneUnit: $0) }),
        ("ledger", { SeatStore.entriesStatement(isOfOneUnit: $0) }),
        ("count of the ledger", { SeatStore.entryCountStatement(isOfOneUnit: $0) }),
    ]

    @Test(arguments: statements.indices)
    func `of one unit nothing else is read`(index: Int) throws {
        let collector = try TestCollector()
        let (name, statement) = Self.statements[index]
        let plan = try collector.plan(statement(true))
        let scans = plan.filter { step in
            Self.tables.contains { step == "SCAN \($0)" || step.hasPrefix("SCAN \($0) USING") }
        }
        #expect(scans.isEmpty, "\(name)")
        #expect(!plan.contains { $0.contains("ledger USING INTEGER PRIMARY KEY (rowid>?)") }, "\(name): \(plan)")
        let isOfUnit = plan.contains { $0.contains(/\((unit_code=\?|code=\?|term_id=\? AND (from|to)_account=\?)/) }
        #expect(isOfUnit, "\(name): \(plan)")
        // The list of all units goes another way.
        #expect(try collector.plan(statement(false)) != plan, "\(name)")
    }

    @Test func `a unit's officer gets the own unit's officers and tokens`() async throws {
        let collector = try TestCollector()
        try collector.database.writeNow { sql in
            for (name, unit) in [("a", "unit-a"), ("b", "unit-b")] {
                var officer = OfficerRecord(
                    name: name,
                    role: .unit,
                    unitCode: unit,
                    certificateSerial: name,
                    createdAt: collector.now,
                    certificateExpiresAt: collector.now
                )
                officer.keyDigest = Array(name.utf8)
                #expect(try OfficerStore(sql: sql).insert(officer))
                let token = TokenRecord(
                    id: name,
                    unitCode: unit,
                    uses: 1,
                    usesLeft: 1,
                    createdAt: collector.now,
                    expiresAt: collector.now,
                    createdBy: name
                )
                try TokenStore(sql: sql).insert(token, secretDigest: Array(name.utf8))
            }
            let officers = OfficerStore(sql: sql)
            #expect(try officers.list(unit: "unit-a").map(\.name) == ["a"])
            #expect(try officers.list(unit: nil).map(\.name) == ["a", "b", "center"])
            let tokens = TokenStore(sql: sql)
            #expect(try tokens.list(unit: "unit-a", limit: 9).map(\.id) == ["a"])
            #expect(try tokens.list(unit: nil, limit: 9).map(\.id) == ["a", "b"])
        }
    }
}
