import Shared
import Testing

@testable import Collector

@Suite struct SeatLedgerTests {
    private let approved = Inventory.complete(.installed(TestCollector.approved))
    private let nothing = Inventory.complete()

    @Test func aDeviceWithTheApprovedProductTakesASeatOfItsUnit() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        #expect(try collector.submit("d1", approved).seat == .held)
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-a'") == 1)
    }

    @Test func aDeviceBeyondTheCapIsRecordedAsOverCapAndNotRefused() throws {
        let collector = try TestCollector()
        for index in 1...4 { try collector.addDevice("d\(index)") }
        let states = try (1...4).map { try collector.submit("d\($0)", approved).seat }
        #expect(states == [.held, .held, .held, .overCap])
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-a'") == 3)
    }

    @Test func aFreedSeatGoesToTheLongestWaitingDeviceInTheSameTransaction() throws {
        let collector = try TestCollector()
        for index in 1...5 { try collector.addDevice("d\(index)") }
        for index in 1...5 {
            collector.now = collector.now.adding(seconds: 1)
            try collector.submit("d\(index)", approved)
        }
        #expect(try collector.submit("d2", nothing).seat == .none)
        #expect(try collector.number("SELECT state FROM seat WHERE device_id = 'd4'") == 1)
        #expect(try collector.number("SELECT state FROM seat WHERE device_id = 'd5'") == 0)
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-a'") == 3)
        #expect(try collector.submit("d4", approved).seat == .held)
    }

    @Test func aSeatIsNotGivenUpBecauseAProbeFailed() throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        try collector.submit("d1", approved)
        let blind = Inventory(
            products: [],
            sources: [
                SourceStatus(source: .dpkg, state: .unavailable, reason: "cannot be read"),
                SourceStatus(source: .systemd, state: .partial, reason: "deadline"),
            ]
        )
        #expect(try collector.submit("d1", blind).seat == .held)
        #expect(try collector.submit("d1", nothing).seat == .none)
    }

    @Test func revokingADeviceFreesItsSeatForTheNext() async throws {
        let collector = try TestCollector()
        for index in 1...4 { try collector.addDevice("dev\(index)") }
        for index in 1...4 { try collector.submit("dev\(index)", approved) }
        let now = collector.now
        let service = DeviceService(database: collector.database, clock: WallClock { now })
        let caller = Caller(name: "center", role: .center, ownUnit: nil)
        try await service.revoke("dev1", reason: "stolen", by: caller)
        #expect(try collector.number("SELECT state FROM seat WHERE device_id = 'dev4'") == 1)
        #expect(try collector.number("SELECT count(*) FROM seat WHERE device_id = 'dev1'") == 0)
        #expect(try collector.number("SELECT used FROM seat_account WHERE unit_code = 'unit-a'") == 3)
    }

    @Test func theLedgerAndTheAccountsAddUp() throws {
        let collector = try TestCollector(caps: [("unit-a", 3), ("unit-b", 7)], total: 15)
        #expect(try collector.number("SELECT sum(seats) FROM ledger WHERE to_account LIKE 'unit:%'") == 10)
        let reserve = try collector.database.writeNow { try SeatStore(sql: $0).balance(term: 1, account: .reserve) }
        #expect(reserve == 5)
    }

    @Test func unitsWithMoreSeatsThanTheContractAreRefusedWhole() throws {
        #expect(throws: CollectorError.self) { try TestCollector(caps: [("unit-a", 3)], total: 2) }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4])
    func heldSeatsAlwaysEqualTheAccountAndNeverPassTheCap(seed: UInt64) throws {
        print("seed \(seed)")
        var random = SplitMix64(state: seed)
        let collector = try TestCollector(caps: [("unit-a", 4), ("unit-b", 2)])
        for index in 0..<12 { try collector.addDevice("d\(index)", unit: index % 3 == 0 ? "unit-b" : "unit-a") }
        for _ in 0..<300 {
            collector.now = collector.now.adding(seconds: 1)
            let device = "d\(Int.random(in: 0..<12, using: &random))"
            try collector.submit(device, Bool.random(using: &random) ? approved : nothing)
            for (unit, cap) in [("unit-a", 4), ("unit-b", 2)] {
                let held = try collector.number("SELECT count(*) FROM seat WHERE unit_code = '\(unit)' AND state = 1")
                let used = try collector.number("SELECT used FROM seat_account WHERE unit_code = '\(unit)'")
                let waiting = try collector.number(
                    "SELECT count(*) FROM seat WHERE unit_code = '\(unit)' AND state = 0"
                )
                #expect(held == used && used <= cap)
                #expect(waiting == 0 || used == cap)
            }
        }
        #expect(
            try collector.number(
                """
                SELECT count(*) FROM device LEFT JOIN seat ON seat.device_id = device.device_id
                WHERE device.seat_state <> CASE WHEN seat.state = 1 THEN 1 WHEN seat.state = 0 THEN 2 ELSE 0 END
                """
            ) == 0
        )
    }
}

/// A small repeatable generator, so that a failing seed can be run again.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
