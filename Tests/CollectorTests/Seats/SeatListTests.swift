import Foundation
import Shared
import Testing

@testable import Collector

@Suite struct SeatListTests {
    private func page(
        _ collector: TestCollector,
        _ view: SeatListService.View,
        unit: String = "",
        idle: UInt32 = 0,
        size: UInt32 = 0,
        token: String = "",
        for caller: Caller = .center
    ) async throws -> Listing<SeatListing> {
        try await collector.licenses.seats.list(
            .init(unit: unit, view: view, idleDays: idle, pageSize: size, pageToken: token),
            for: caller
        )
    }

    /// In unit-a two hold above a cap of one, two wait, one is idle; in unit-b one holds and one is silent.
    private func mixed() async throws -> TestCollector {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 3)])
        try collector.seat(["a1"])
        try collector.seat(["b1"], unit: "unit-b")
        try collector.pass(days: 46)
        try collector.seat(["b2"], unit: "unit-b")
        try collector.upkeep()
        try collector.pass(days: 10)
        try collector.seat(["a2", "a3"])
        try await collector.assign("unit-a", 1)
        try collector.seat(["a4", "a5"])
        return collector
    }

    private static let expected: [SeatListService.View: [String]] = [
        .all: ["a4 1", "a5 2", "a2", "a3 x", "a1", "b2", "b1"], .over: ["a4 1", "a5 2", "a3 x"],
        .waiting: ["a4 1", "a5 2"], .idle: ["a1", "b1", "b2"],
    ]

    @Test(arguments: SeatListService.View.allCases, [UInt32(1), 2, 3, 100])
    func everyViewIsTheSameHoweverItIsPaged(view: SeatListService.View, size: UInt32) async throws {
        let collector = try await mixed()
        var (seen, token): ([String], String) = ([], "")
        repeat {
            let page = try await page(collector, view, size: size, token: token)
            #expect(page.total == Self.expected[view]?.count)
            seen += page.rows.map { row in
                row.seat.deviceID + (row.place.map { " \($0)" } ?? "") + (row.isExcess ? " x" : "")
            }
            token = page.nextToken
            try #require(seen.count < 20)
        } while !token.isEmpty
        #expect(seen == Self.expected[view])
    }

    @Test func theDaysOfSilenceCanBeChosen() async throws {
        let collector = try await mixed()
        #expect(try await page(collector, .idle, idle: 11).rows.map(\.seat.deviceID) == ["a1", "b1"])
        #expect(try await page(collector, .idle, idle: 3650).total == 0)
        #expect(await refusal { _ = try await page(collector, .idle, idle: 3651) }?.code == .invalidArgument)
    }

    @Test(arguments: SeatListService.View.allCases)
    func aUnitsOfficerSeesTheOwnSeatsAndCountsOnly(view: SeatListService.View) async throws {
        let collector = try await mixed()
        let own = try await page(collector, view, for: .unitA)
        let expected = Self.expected[view]?.filter { $0.hasPrefix("a") }
        #expect(own.rows.count == expected?.count && own.total == expected?.count)
        #expect(own.rows.allSatisfy { $0.seat.unit == "unit-a" })
        let other = await refusal { _ = try await page(collector, view, unit: "unit-b", for: .unitA) }
        let nothing = await refusal { _ = try await page(collector, view, unit: "unit-z", for: .unitA) }
        #expect(other?.code == .notFound && nothing?.code == .notFound)
        // A token that somebody made leads to no other unit, behind the own one or before it.
        for unit in ["", "a", "unit-b"] {
            let token = PageToken(["", unit, "", "\(view.rawValue)", "0", "1", "0", "0", "0"]).text
            let error = await refusal { _ = try await page(collector, view, token: token, for: .unitA) }
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test func aTokenOfAnotherViewIsRefused() async throws {
        let collector = try await mixed()
        let token = try await page(collector, .all, size: 1).nextToken
        #expect(await refusal { _ = try await page(collector, .over, token: token) }?.code == .invalidArgument)
    }

    @Test func whoReturnsHasThePlaceInFrontOfThoseWhoWait() async throws {
        let collector = try await mixed()
        try collector.submit("a1", nil)
        let waiting = try await page(collector, .waiting)
        #expect(waiting.rows.map(\.seat.deviceID) == ["a1", "a4", "a5"] && waiting.rows.map(\.place) == [1, 2, 3])
        let all = try await page(collector, .all, unit: "unit-a")
        #expect(all.rows.prefix(3).map(\.place) == [1, 2, 3])
    }

    @Test(arguments: [
        "SeatStore+Lists.swift", "SeatStore+Upkeep.swift", "SeatStore.swift",
    ])
    func noStatementWalksOverAllDevices(file: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Collector/Store")
        let source = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        let collector = try TestCollector()
        let columns = "seat.device_id, seat.unit_code, device.host_name, unit.name"
        var checked = 0
        for literal in source.split(separator: "\"\"\"").enumerated().filter({ $0.offset % 2 == 1 }).map(\.element) {
            guard literal.contains("SELECT"), !literal.contains("INSERT") else { continue }
            let statement = literal.replacing("\\(Self.listing)", with: columns)
                .replacing("\\(Self.columns)", with: SeatStore.columns)
                // Of all units; `OwnUnitPlanTests` has those of one.
                .replacing(/\\\(isOfOneUnit \? ".*" : "(.*)"\)/) { $0.output.1 }
                .replacing(/\\\(isMeant\(".*?"\)\)/, with: "'' = $1")
            for line in try collector.plan(String(statement)) {
                let isWalk = line.hasPrefix("SCAN seat ") || line == "SCAN seat" || line.hasPrefix("SCAN device")
                #expect(!isWalk && line != "USE TEMP B-TREE FOR ORDER BY", "\(line): \(statement)")
            }
            checked += 1
        }
        #expect(checked > 0)
    }
}
