import Shared
import Testing

@testable import Collector

@Suite struct FindingListTests {
    private let conflict = Inventory.complete(.installed(TestCollector.approved), .installed("drweb"))

    @Test func findingsComeByDeadlinePageByPageWithoutRepeats() async throws {
        let collector = try TestCollector()
        for index in 0..<25 {
            try collector.addDevice("d\(index)")
            // Several at one moment.
            if index % 4 == 0 { collector.now = collector.now.adding(seconds: 1) }
            try collector.submit("d\(index)", conflict)
        }
        var seen: [FindingEntry] = []
        var query = FindingService.Query(kinds: [.multipleAntivirus], pageSize: 7)
        repeat {
            let page = try await collector.findings.list(query, for: .center)
            #expect(page.findings.total == 25)
            seen += page.findings.rows
            query.pageToken = page.findings.nextToken
        } while !query.pageToken.isEmpty
        #expect(seen.count == 25)
        #expect(Set(seen.map(\.details.deviceID)).count == 25)
        #expect(
            seen.map { [$0.details.deadline.value, $0.details.finding.id] }
                == seen.map { [$0.details.deadline.value, $0.details.finding.id] }.sorted {
                    $0.lexicographicallyPrecedes($1)
                }
        )
    }

    @Test func aListIsCountedOnceHoweverManyPagesItHas() async throws {
        let collector = try TestCollector()
        for id in ["d1", "d2"] {
            try collector.addDevice(id)
            try collector.submit(id, conflict)
        }
        var query = FindingService.Query(kinds: [.multipleAntivirus], pageSize: 1)
        query.pageToken = try await collector.findings.list(query, for: .center).findings.nextToken
        try collector.addDevice("d3")
        try collector.submit("d3", conflict)
        let second = try await collector.findings.list(query, for: .center)
        #expect(second.findings.total == 2 && !second.findings.nextToken.isEmpty)
        query.pageToken = ""
        #expect(try await collector.findings.list(query, for: .center).findings.total == 3)
    }

    /// Findings in every state, whose lists are compared with filtering all of them.
    private func crowd(seed: UInt64) throws -> TestCollector {
        let collector = try TestCollector()
        var random = SplitMix64(state: seed)
        for index in 0..<12 { try collector.addDevice("d\(index)", unit: index % 3 == 0 ? "unit-b" : "unit-a") }
        for index in 0..<240 {
            let kind = FindingKind.allCases[index / 2 % 8]
            collector.now = collector.now.adding(seconds: Int64.random(in: 0...4000, using: &random))
            try collector.database.writeNow { sql in
                let policy = try PolicyStore(sql: sql).policy(now: collector.now)
                let findings = FindingStore(sql: sql)
                let device = "d\(Int.random(in: 0..<12, using: &random))"
                let place = ReportPlace(deviceID: device, epoch: 1, sequence: 1)
                if let open = try findings.open(of: device).first(where: { $0.kind == kind }) {
                    try findings.close(open.id, by: place, now: collector.now)
                } else {
                    _ = try findings.insert(
                        Int64(index + 1),
                        kind,
                        products: [],
                        families: [],
                        by: place,
                        deadline: policy.deadline(kind, openedAt: collector.now),
                        now: collector.now
                    )
                }
            }
            if index % 3 == 0 {
                try collector.database.writeNow { sql in
                    try sql.execute(
                        """
                        UPDATE finding SET is_acknowledged = finding_id % 2, is_waived = finding_id % 4 > 1,
                            acknowledged_at_ms = CASE WHEN finding_id % 2 = 1 THEN 5 END
                        WHERE finding_id = (SELECT max(finding_id) FROM finding)
                        """
                    )
                }
            }
        }
        return collector
    }

    @Test(arguments: FindingFilter.allCases)
    func everyFilterGivesWhatFilteringAllOfThemGives(filter: FindingFilter) async throws {
        let collector = try crowd(seed: 11)
        collector.now = collector.now.adding(seconds: 6 * 86400)
        let everything = try collector.database.writeNow { sql in
            let policy = try PolicyStore(sql: sql).policy(now: collector.now)
            return try sql.rows("SELECT finding_id FROM finding") { $0.integer(0) }.compactMap {
                try FindingListStore(sql: sql).details($0)
            }.map { FindingEntry($0, policy: policy, now: collector.now) }
        }
        let moments = everything.map(\.details.finding.openedAt).sorted()
        for unit in ["", "unit-b"] {
            for kinds in [[], [FindingKind.multipleAntivirus], [.overCap, .protectionOff]] as [Set<FindingKind>] {
                for since in [nil, moments[moments.count / 2]] {
                    func fits(_ entry: FindingEntry) -> Bool {
                        (unit.isEmpty || entry.details.unitCode == unit)
                            && (kinds.isEmpty || kinds.contains(entry.details.finding.kind))
                            && entry.details.finding.openedAt >= since ?? Milliseconds(0)
                    }
                    let expected = everything.filter { fits($0) && filter.holds($0) }
                    var query = FindingService.Query(
                        kinds: kinds,
                        unit: unit,
                        since: since,
                        filter: filter,
                        pageSize: 9
                    )
                    var seen: [FindingEntry] = []
                    repeat {
                        let page = try await collector.findings.list(query, for: .center)
                        #expect(page.findings.total == expected.count)
                        #expect(page.overdue == everything.count { fits($0) && $0.isOverdue })
                        let waived = everything.count { fits($0) && $0.details.state == .waived }
                        #expect(page.waived == ([.waived, .all].contains(filter) ? 0 : waived))
                        seen += page.findings.rows
                        query.pageToken = page.findings.nextToken
                    } while !query.pageToken.isEmpty
                    #expect(seen.count == Set(seen.map(\.details.finding.id)).count)
                    #expect(Set(seen) == Set(expected), "\(unit) \(kinds) \(String(describing: since))")
                    #expect(seen.filter { $0.details.state != .closed }.map(\.details.deadline).isAscending)
                    #expect(
                        Array(seen.compactMap(\.details.finding.closedAt).reversed()).isAscending
                    )
                }
            }
        }
    }

    @Test(arguments: ["", "unit-a"], [nil, FindingKind.multipleAntivirus])
    func everyLaneIsReadFromAnIndexInOrder(unit: String, kind: FindingKind?) throws {
        let collector = try TestCollector()
        let named = unit.isEmpty ? nil : unit
        guard named == nil || kind != nil else { return }
        let open = FindingListStore.OpenLane(unit: named, kind: kind, isWaived: false, isAcknowledged: false)
        let closed = FindingListStore.ClosedLane(unit: named, kind: kind)
        for statement in [
            FindingListStore.openStatement(open), FindingListStore.openCountStatement(open),
            FindingListStore.closedStatement(closed), FindingListStore.closedCountStatement(closed),
        ] {
            let plan = try collector.plan(statement)
            #expect(plan.count == 1, "\(plan)")
            #expect(plan.first?.contains("SEARCH finding USING COVERING INDEX finding_") == true, "\(plan)")
        }
    }

    @Test(arguments: ["", "unit-a"], [nil, FindingKind.multipleAntivirus])
    func whatClosedSinceTheFirstPageIsFoundByTheMomentOfClosing(unit: String, kind: FindingKind?) throws {
        let named = unit.isEmpty ? nil : unit
        guard named == nil || kind != nil else { return }
        let lane = FindingListStore.ClosedLane(unit: named, kind: kind)
        let plan = try TestCollector().plan(FindingListStore.lateStatement(lane))
        #expect(plan.first?.hasPrefix("SEARCH finding USING INDEX finding_closed") == true, "\(plan)")
    }

    private func ids(_ collector: TestCollector, where condition: String = "1") throws -> Set<Int64> {
        try collector.database.writeNow { sql in
            Set(try sql.rows("SELECT finding_id FROM finding WHERE \(condition)") { $0.integer(0) })
        }
    }

    /// A few devices whose findings close or open, and decisions about others, with the clock standing still or not.
    private func change(_ collector: TestCollector, random: inout SplitMix64) async throws {
        for _ in 0..<6 {
            let device = "d\(Int.random(in: 0..<24, using: &random))"
            if Bool.random(using: &random) { collector.now = collector.now.adding(seconds: 1) }
            try collector.submit(device, Bool.random(using: &random) ? conflict : .complete())
        }
        let open = try collector.database.writeNow { sql in
            try sql.rows("SELECT finding_id FROM finding WHERE closed_at_ms IS NULL ORDER BY finding_id") {
                $0.integer(0)
            }
        }
        guard let id = open.randomElement(using: &random).map({ UInt64($0) }) else { return }
        _ = await refusal { _ = try await collector.findings.acknowledge(id, note: "", by: .center) }
        _ = await refusal { _ = try await collector.findings.waive(id, until: "2024-02-01", reason: "x", by: .center) }
    }

    @Test(arguments: [UInt64(1), 2, 3], ["", "unit-a"])
    func aClosingBetweenPagesNeitherRepeatsNorLosesAFinding(seed: UInt64, unit: String) async throws {
        let collector = try TestCollector()
        var random = SplitMix64(state: seed)
        for index in 0..<24 {
            try collector.addDevice("d\(index)", unit: index % 3 == 0 ? "unit-b" : "unit-a")
            collector.now = collector.now.adding(seconds: Int64.random(in: 0...1, using: &random))
            try collector.submit("d\(index)", conflict)
        }
        for _ in 0..<3 { try await change(collector, random: &random) }
        for kinds in [[], [FindingKind.multipleAntivirus]] as [Set<FindingKind>] {
            let condition =
                (unit.isEmpty ? "1" : "unit_code = '\(unit)'")
                + (kinds.isEmpty ? "" : " AND kind = 'multiple-antivirus'")
            let there = try ids(collector, where: condition)
            var seen: [Int64] = []
            var query = FindingService.Query(kinds: kinds, unit: unit, filter: .all, pageSize: 5)
            repeat {
                let page = try await collector.findings.list(query, for: .center)
                seen += page.findings.rows.map(\.details.finding.id)
                query.pageToken = page.findings.nextToken
                try await change(collector, random: &random)
            } while !query.pageToken.isEmpty
            #expect(seen.count == Set(seen).count, "seed \(seed): a finding is there twice")
            #expect(there.subtracting(seen).isEmpty, "seed \(seed): a finding is lost")
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func whatStaysInAListIsSeenOnceWhileOthersComeAndGo(seed: UInt64) async throws {
        let collector = try TestCollector()
        var random = SplitMix64(state: seed)
        for index in 0..<24 {
            try collector.addDevice("d\(index)")
            try collector.submit("d\(index)", conflict)
        }
        for filter in [FindingFilter.standing, .closed] {
            let isClosed = filter == .closed
            let condition = "(closed_at_ms IS NULL) = \(isClosed ? 0 : 1) AND is_waived = 0"
            let before = try ids(collector, where: condition)
            var seen: [Int64] = []
            var query = FindingService.Query(filter: filter, pageSize: 5)
            repeat {
                let page = try await collector.findings.list(query, for: .center)
                seen += page.findings.rows.map(\.details.finding.id)
                query.pageToken = page.findings.nextToken
                try await change(collector, random: &random)
            } while !query.pageToken.isEmpty
            #expect(seen.count == Set(seen).count, "seed \(seed)")
            #expect(try before.intersection(ids(collector, where: condition)).isSubset(of: seen), "seed \(seed)")
        }
    }

    @Test func aUnitsOfficerSeesOnlyTheOwnUnitsFindings() async throws {
        let collector = try TestCollector()
        for (id, unit) in [("d1", "unit-a"), ("d2", "unit-b"), ("d3", "unit-b")] {
            try collector.addDevice(id, unit: unit)
            try collector.submit(id, conflict)
        }
        let page = try await collector.findings.list(.init(kinds: [.multipleAntivirus]), for: .unitA)
        #expect(page.findings.rows.map(\.details.deviceID) == ["d1"])
        #expect(page.findings.total == 1)
        let others = try await collector.findings.list(.init(unit: "unit-b"), for: .center).findings.rows
        let other = try #require(others.first?.details.finding.id)
        #expect(
            await refusal { _ = try await collector.findings.history(UInt64(other), for: .unitA) }?.message
                == "There is no finding \(other). `khien findings` lists them."
        )
        #expect(
            await refusal { _ = try await collector.findings.history(UInt64.max, for: .unitA) }?.code == .notFound
        )
    }

    @Test func closedFindingsGoIntoTheSuccessorWithTheirUnit() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1", unit: "unit-b")
        try collector.submit("d1", conflict)
        try collector.submit("d1", .complete(.installed(TestCollector.approved)))
        let query = FindingService.Query(unit: "unit-b", filter: .closed)
        let before = try await collector.findings.list(query, for: .center).findings.rows.map(\.details.finding.id)
        let decision = try Decision(document: "16/NQ", reason: "reform", effectiveOn: "")
        _ = try await collector.unitChanges.merge(["unit-b"], into: "unit-a", decision: decision, by: .center)
        for query in [query, .init(unit: "unit-a", filter: .closed)] {
            let rows = try await collector.findings.list(query, for: .center).findings.rows
            #expect(!before.isEmpty && rows.map(\.details.finding.id) == before)
            #expect(rows.allSatisfy { $0.details.unitCode == "unit-a" })
        }
        #expect(try await collector.findings.list(.init(filter: .closed), for: .unitA).findings.total == before.count)
    }

    @Test(arguments: [
        "x", "YQ==", PageToken(["open", "1", "1", "1", "0", "0"]).text,
        PageToken(["both", "1", "1", "1", "0", "0", "0"]).text, PageToken(["open", "x", "1", "1", "0", "0", "0"]).text,
        PageToken(["open", "1", "1", "x", "0", "0", "0"]).text,
        PageToken(["open", "1", "1", "1", "0", "-1", "0"]).text,
    ])
    func aMadeUpPageTokenIsRefused(token: String) async throws {
        let collector = try TestCollector()
        // This one only looks so.
        let good = PageToken(["open", "1", "1", "1", "0", "0", "0"]).text
        _ = try await collector.findings.list(.init(pageToken: good), for: .center)
        #expect(
            await refusal { _ = try await collector.findings.list(.init(pageToken: token), for: .center) }?.code
                == .invalidArgument
        )
    }
}

extension FindingFilter {
    fileprivate func holds(_ entry: FindingEntry) -> Bool {
        let state = entry.details.state
        return switch self {
        case .standing: state == .open || state == .acknowledged
        case .open: state == .open
        case .acknowledged: state == .acknowledged
        case .waived: state == .waived
        case .closed: state == .closed
        case .overdue: entry.isOverdue
        case .all: true
        }
    }
}

extension Array where Element: Comparable {
    fileprivate var isAscending: Bool { zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
}
