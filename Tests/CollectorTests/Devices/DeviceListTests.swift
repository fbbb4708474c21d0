import Shared
import Synchronization
import Testing

@testable import Collector

@Suite struct DeviceListTests {
    /// Devices of every standing, in two units.
    private func crowd(seed: UInt64) async throws -> TestCollector {
        var random = SplitMix64(state: seed)
        let collector = try TestCollector(caps: [("unit-a", 5), ("unit-b", 3)])
        let inventories: [Inventory?] = [
            nil, .complete(), .complete(.installed(TestCollector.approved)),
            .complete(.installed(TestCollector.approved), .installed("drweb")),
        ]
        for index in 0..<40 {
            let id = "dev\(index < 10 ? "0" : "")\(index)"
            try collector.addDevice(id, unit: index % 3 == 0 ? "unit-b" : "unit-a", host: "host-\(index % 7)")
        }
        for index in 0..<40 {
            let id = "dev\(index < 10 ? "0" : "")\(index)"
            collector.now = collector.now.adding(seconds: Int64.random(in: 0...40_000, using: &random))
            if let inventory = inventories[Int.random(in: 0..<inventories.count, using: &random)] {
                try collector.submit(id, inventory)
            }
            let lifecycles = collector.lifecycles
            switch Int.random(in: 0..<9, using: &random) {
            case 0: _ = try await lifecycles.retire(id, reason: "x", by: .center)
            case 1: try await collector.devices.revoke(id, reason: "x", by: .center)
            case 2 where index > 0:
                _ = await refusal { _ = try await lifecycles.merge(keep: "dev00", other: id, reason: "x", by: .center) }
            case 3, 4:
                for open in try collector.database.writeNow({ try FindingStore(sql: $0).open(of: id) }) {
                    _ = try await collector.findings.waive(
                        UInt64(open.id),
                        until: "2024-01-31",
                        reason: "x",
                        by: .center
                    )
                }
            default: break
            }
        }
        return collector
    }

    private func all(
        _ filter: DeviceFilter,
        _ unit: String,
        _ collector: TestCollector
    ) async throws -> [DeviceService.Summary] {
        var seen: [DeviceService.Summary] = []
        var token = ""
        repeat {
            let page = try await collector.devices.list(
                unit: unit,
                filter: filter,
                pageSize: 3,
                pageToken: token,
                for: .center
            )
            seen += page.rows
            token = page.nextToken
            if token.isEmpty { #expect(page.total == seen.count, "\(filter) \(unit)") }
        } while !token.isEmpty
        #expect(Set(seen.map(\.device.id)).count == seen.count)
        return seen
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func theSumsOfUnitsAreTheCountsOfStandings(seed: UInt64) async throws {
        print("seed \(seed)")
        let collector = try await crowd(seed: seed)
        let standings: [(DeviceFilter, Standing)] = [
            (.inOrder, .inOrder), (.inViolation, .inViolation), (.silent, .silent), (.revoked, .revoked),
            (.retired, .retired), (.merged, .merged),
        ]
        for unit in ["", "unit-a", "unit-b"] {
            var counts: [Standing: Int] = [:]
            var everybody = 0
            for (filter, standing) in standings {
                let rows = try await all(filter, unit, collector)
                #expect(rows.allSatisfy { $0.standing == standing })
                #expect(rows.allSatisfy { unit.isEmpty || $0.device.unitCode == unit })
                counts[standing] = rows.count
                everybody += rows.count
            }
            let units = try await collector.units.overview(for: .center).units.filter {
                unit.isEmpty || $0.code == unit
            }
            #expect(units.reduce(0) { $0 + $1.inOrder } == counts[.inOrder])
            #expect(units.reduce(0) { $0 + $1.inViolation } == counts[.inViolation])
            #expect(units.reduce(0) { $0 + $1.silent } == counts[.silent])
            let inService = try await all(.inService, unit, collector)
            #expect(inService.count == units.reduce(0) { $0 + $1.devices })
            #expect(inService.allSatisfy { [.inOrder, .inViolation, .silent].contains($0.standing) })
            let condition = unit.isEmpty ? "" : " WHERE unit_code = '\(unit)'"
            #expect(everybody == (try collector.number("SELECT count(*) FROM device" + condition)))
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4], [DeviceFilter.inService, .inViolation, .retired])
    func whatStaysInAListIsSeenOnceWhileOthersComeAndGo(seed: UInt64, filter: DeviceFilter) async throws {
        let collector = try TestCollector()
        var random = SplitMix64(state: seed)
        func name(_ index: Int) -> String { "dev\(index < 10 ? "0" : "")\(index)" }
        let conflict = Inventory.complete(.installed(TestCollector.approved), .installed("drweb"))
        for index in 0..<36 {
            try collector.addDevice(name(index), unit: index % 3 == 0 ? "unit-b" : "unit-a")
            try collector.submit(name(index), index % 2 == 0 ? conflict : .complete(.installed(TestCollector.approved)))
            if filter == .retired {
                _ = try await collector.lifecycles.retire(name(index), reason: "x", by: .center)
            }
        }
        func change() async throws {
            for _ in 0..<3 {
                let id = name(Int.random(in: 0..<36, using: &random))
                let lifecycles = collector.lifecycles
                // Some of these are refused: it has been done already.
                _ = await refusal {
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: _ = try await lifecycles.retire(id, reason: "x", by: .center)
                    case 1: _ = try await lifecycles.restore(id, reason: "x", by: .center)
                    case 2: try collector.submit(id, Bool.random(using: &random) ? conflict : .complete())
                    default: try collector.addDevice("new-\(id)", unit: "unit-a")
                    }
                }
            }
        }
        func present() throws -> Set<String> {
            let condition =
                switch filter {
                case .inViolation: "life = 0 AND open_violations > 0"
                case .retired: "life = 1"
                default: "life = 0"
                }
            return Set(try collector.text("SELECT device_id FROM device WHERE \(condition)"))
        }
        for unit in ["", "unit-a"] {
            var always = try present()
            if !unit.isEmpty {
                always.formIntersection(try collector.text("SELECT device_id FROM device WHERE unit_code = '\(unit)'"))
            }
            var seen: [String] = []
            var token = ""
            repeat {
                let page = try await collector.devices.list(
                    unit: unit,
                    filter: filter,
                    pageSize: 4,
                    pageToken: token,
                    for: .center
                )
                seen += page.rows.map(\.device.id)
                token = page.nextToken
                try await change()
                always.formIntersection(try present())
            } while !token.isEmpty
            #expect(seen.count == Set(seen).count, "seed \(seed), \(unit)")
            #expect(!always.isEmpty && always.isSubset(of: seen), "seed \(seed), \(unit)")
        }
    }

    @Test func aWaivedFindingPutsNoDeviceIntoViolation() async throws {
        let collector = try TestCollector()
        try collector.addDevice("dev1")
        try collector.submit("dev1", .complete(.installed(TestCollector.approved), .installed("drweb")))
        for kind in [FindingKind.multipleAntivirus, .unapprovedAntivirus] {
            #expect(try await collector.devices.details("dev1", for: .center).summary.standing == .inViolation)
            _ = try await collector.findings.waive(
                try collector.finding(kind, of: "dev1"),
                until: "2023-12-31",
                reason: "x",
                by: .center
            )
        }
        #expect(try await collector.devices.details("dev1", for: .center).summary.standing == .inOrder)
        #expect(try await collector.units.overview(for: .center).units.first?.inOrder == 1)
    }

    @Test func aDeviceOfOneUnitIsFoundAmongThatUnitsAlone() throws {
        let collector = try TestCollector()
        let own = try collector.plan(DeviceStore.prefixStatement(isOfOneUnit: true))
        let range = "(unit_code=? AND device_id>? AND device_id<?)"
        #expect(own.first == "SEARCH device USING INDEX device_of_unit \(range)", "\(own)")
        let all = try collector.plan(DeviceStore.prefixStatement(isOfOneUnit: false))
        #expect(all.first?.hasSuffix("(device_id>? AND device_id<?)") == true, "\(all)")
        #expect(!(own + all).contains { $0.contains("SCAN") || $0.contains("TEMP B-TREE") }, "\(own)\(all)")
    }

    /// The empty text is the beginning of every id.
    @Test(arguments: ["", "a1", "a1-", String(repeating: "a", count: 33), String(repeating: "é", count: 17)])
    func whatIsNoIdOfADeviceIsRefusedBeforeTheWriterIsAsked(id: String) async throws {
        let collector = try TestCollector()
        try collector.addDevice("a1-device")
        let asked = Mutex(0)
        let database = try Database(path: collector.path, flushesCommits: false) { asked.withLock { $0 += 1 } }
        asked.withLock { $0 = 0 }
        let devices = DeviceService(database: database, clock: collector.clock)
        for caller in [Caller.center, .unitA] {
            let error = await refusal { try await devices.revoke(id, reason: "x", by: caller) }
            #expect(error?.code == .invalidArgument)
        }
        #expect(asked.withLock { $0 } == 0)
        try database.close()
    }

    @Test func onlyAWholeIdRevokes() async throws {
        let collector = try TestCollector()
        try collector.addDevice("a1-device")
        let error = await refusal { try await collector.devices.revoke("a1-dev", reason: "x", by: .unitA) }
        #expect(error?.code == .invalidArgument && error?.message.contains("whole id") == true)
        try await collector.devices.revoke("A1-DEVICE", reason: "x", by: .unitA)
        #expect(try await collector.devices.details("a1-device", for: .unitA).summary.standing == .revoked)
    }

    @Test(arguments: DeviceFilter.allCases, [false, true])
    func listsAreReadFromAnIndexInOrder(filter: DeviceFilter, isOfOneUnit: Bool) throws {
        let collector = try TestCollector()
        let plan = try collector.plan(DeviceStore.statement(filter, isOfOneUnit: isOfOneUnit))
        #expect(plan.first?.hasPrefix("SEARCH device USING INDEX device_") == true, "\(plan)")
        // These few are sorted within their unit.
        let isSorted = isOfOneUnit && [.silent, .revoked, .retired, .merged].contains(filter)
        #expect(isSorted || !plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
        let index =
            switch filter {
            case .inService, .inOrder: "device_by_unit"
            case .inViolation: "device_violating"
            case .silent: isOfOneUnit ? "device_by_silence" : "device_by_unit"
            case .revoked, .retired, .merged: "device_out_of_service"
            }
        #expect(plan.first?.contains(index + " ") == true, "\(plan)")
    }
}
