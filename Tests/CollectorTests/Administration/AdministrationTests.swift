import Foundation
import Shared
import Signatures
import Testing

@testable import Collector

@Suite struct AdministrationTests {
    private let center = Caller(name: "center", role: .center, ownUnit: nil)
    private let reader = Caller(name: "reader", role: .reader, ownUnit: nil)
    private let unitA = Caller(name: "a", role: .unit, ownUnit: "unit-a")

    private func services(
        _ collector: TestCollector
    ) -> (units: UnitService, devices: DeviceService, tokens: TokenService, registry: DeviceRegistry) {
        let now = collector.now
        let clock = WallClock { now }
        let database = collector.database
        return (
            UnitService(database: database, clock: clock),
            DeviceService(database: database, clock: clock),
            TokenService(
                database: database,
                clock: clock,
                enrollmentAddress: .init(
                    host: "127.0.0.1",
                    port: 7444,
                    authorityFingerprint: String(repeating: "ab", count: 32)
                )
            ),
            DeviceRegistry(database: database, clock: clock)
        )
    }

    private func code(_ body: () async throws -> Void) async -> CollectorError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? CollectorError)?.code
        }
    }

    private func conflict() -> Inventory {
        .complete(.installed(TestCollector.approved), .installed("drweb"))
    }

    private func enrollment(_ secret: String, device: String) -> DeviceRegistry.Enrollment {
        DeviceRegistry.Enrollment(
            tokenSecret: secret,
            deviceID: device,
            publicKey: [1],
            hostName: device,
            agentVersion: "0.1.0",
            certificateSerial: "02",
            certificateExpiresAt: Milliseconds(.max)
        )
    }

    // MARK: Units and conflicts

    @Test func everyDeviceIsInExactlyOneBucket() async throws {
        let collector = try TestCollector()
        for id in ["ok", "bad", "never", "old"] { try collector.addDevice(id) }
        try collector.submit("old", .complete(.installed(TestCollector.approved)))
        collector.now = collector.now.adding(seconds: 8 * 86400)
        try collector.submit("ok", .complete(.installed(TestCollector.approved)))
        try collector.submit("bad", conflict())
        let unit = try #require(try await services(collector).units.overview(for: center).units.first)
        #expect(unit.devices == 4 && unit.inOrder == 1 && unit.inViolation == 1 && unit.silent == 2)
        #expect(unit.conflicts == 1 && unit.cap == 3 && unit.used == 3)
    }

    @Test func devicesComePageByPageWithoutRepeats() async throws {
        let collector = try TestCollector()
        for index in 0..<30 { try collector.addDevice("d\(index)", host: "same-name") }
        let devices = services(collector).devices
        var seen: Set<String> = []
        var token = ""
        repeat {
            let page = try await devices.list(unit: "unit-a", pageSize: 7, pageToken: token, for: center)
            for row in page.rows { #expect(seen.insert(row.device.id).inserted) }
            token = page.nextToken
        } while !token.isEmpty
        #expect(seen.count == 30)
    }

    @Test(arguments: ["x", "////", "YQ==", String(repeating: "A", count: 5000)])
    func aMadeUpPageTokenIsRefused(token: String) async throws {
        let devices = services(try TestCollector()).devices
        #expect(
            await code { _ = try await devices.list(unit: "", pageSize: 1, pageToken: token, for: center) }
                == .invalidArgument
        )
    }

    // MARK: Who may see and change what

    @Test func aUnitsOfficerSeesNothingOfOthers() async throws {
        let collector = try TestCollector()
        try collector.addDevice("other-device", unit: "unit-b")
        let (units, devices, tokens, _) = services(collector)
        #expect(try await units.overview(for: unitA).units.map(\.code) == ["unit-a"])
        #expect(try await devices.list(unit: "", pageSize: 0, pageToken: "", for: unitA).total == 0)
        // Another unit and another unit's device are answered exactly like ones that do not exist.
        #expect(await code { _ = try await devices.details("other-device", for: unitA) } == .notFound)
        #expect(
            await code { _ = try await devices.list(unit: "unit-b", pageSize: 0, pageToken: "", for: unitA) }
                == .notFound
        )
        #expect(
            await code { _ = try await devices.list(unit: "no-unit", pageSize: 0, pageToken: "", for: unitA) }
                == .notFound
        )
        #expect(await code { try await devices.revoke("other-device", reason: "x", by: unitA) } == .notFound)
        #expect(
            await code { _ = try await tokens.create(unit: "unit-b", uses: 1, lifetimeSeconds: 60, by: unitA) }
                == .notFound
        )
        let token = try await tokens.create(unit: "unit-b", uses: 1, lifetimeSeconds: 60, by: center).token
        #expect(try await tokens.list(pageSize: 0, pageToken: "", for: unitA).rows.isEmpty)
        #expect(await code { try await tokens.revoke(token.id, by: unitA) } == .notFound)
    }

    @Test func aReaderChangesNothing() async throws {
        let collector = try TestCollector()
        try collector.addDevice("some-device")
        let (_, devices, tokens, _) = services(collector)
        #expect(await code { try await devices.revoke("some-device", reason: "x", by: reader) } == .permissionDenied)
        #expect(
            await code { _ = try await tokens.create(unit: "unit-a", uses: 1, lifetimeSeconds: 60, by: reader) }
                == .permissionDenied
        )
        #expect(try collector.number("SELECT count(*) FROM token") == 0)
    }

    @Test func aDeviceIsFoundByTheBeginningOfItsIdUnlessSeveralFit() async throws {
        let collector = try TestCollector()
        for id in ["abcd1111", "abcd2222"] { try collector.addDevice(id) }
        let devices = services(collector).devices
        #expect(try await devices.details("ABCD1", for: center).summary.device.id == "abcd1111")
        #expect(await code { _ = try await devices.details("abcd", for: center) } == .failedPrecondition)
        #expect(await code { _ = try await devices.details("abc", for: center) } == .invalidArgument)
        #expect(await code { _ = try await devices.details("%%%%", for: center) } == .notFound)
    }

    // MARK: Tokens

    @Test func aTokenIsUsedAsOftenAsItAllowsAndNotOnceMoreInParallel() async throws {
        let collector = try TestCollector()
        let (_, _, tokens, registry) = services(collector)
        let created = try await tokens.create(unit: "unit-a", uses: 3, lifetimeSeconds: 60, by: center)
        let secret = try #require(JoinString(created.join)).token
        let enrolled = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<20 {
                group.addTask { (try? await registry.enroll(self.enrollment(secret, device: "d\(index)"))) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(enrolled == 3)
        #expect(try collector.number("SELECT count(*) FROM device") == 3)
        #expect(try await tokens.list(pageSize: 0, pageToken: "", for: center).rows.first?.usesLeft == 0)
    }

    @Test func allTokensAreListedPageByPageTheNewestFirst() async throws {
        let collector = try TestCollector()
        var made: [String] = []
        for number in 0..<7 {
            // Some of the same moment.
            if number.isMultiple(of: 3) { collector.now = collector.now.adding(seconds: 1) }
            let tokens = services(collector).tokens
            made.append(try await tokens.create(unit: "unit-a", uses: 1, lifetimeSeconds: 60, by: center).token.id)
        }
        let tokens = services(collector).tokens
        _ = try await tokens.create(unit: "unit-b", uses: 1, lifetimeSeconds: 60, by: center)
        var seen: [String] = []
        var next = ""
        repeat {
            let page = try await tokens.list(pageSize: 2, pageToken: next, for: unitA)
            #expect(page.rows.count <= 2 && page.total == 7)
            seen += page.rows.map(\.id)
            next = page.nextToken
        } while !next.isEmpty
        #expect(seen.count == 7 && Set(seen) == Set(made))
        let ofAMoment = [made[6...], made[3..<6], made[0..<3]].map { Set($0) }
        #expect([Set(seen[..<1]), Set(seen[1..<4]), Set(seen[4...])] == ofAMoment)
        #expect(await code { _ = try await tokens.list(pageSize: 0, pageToken: "x", for: unitA) } == .invalidArgument)
        #expect(await code { _ = try await tokens.list(pageSize: 9999, pageToken: "", for: unitA) } == .invalidArgument)
    }

    @Test func whoRevokesATokenAgainHasWhatWasAskedForAndItIsNotedOnce() async throws {
        let collector = try TestCollector()
        let tokens = services(collector).tokens
        let id = try await tokens.create(unit: "unit-a", uses: 1, lifetimeSeconds: 60, by: center).token.id
        for _ in 0..<2 { try await tokens.revoke(id, by: unitA) }
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'token-revoked'") == 1)
    }

    @Test func everyKindOfBadTokenGetsTheSameAnswerAndChangesNothing() async throws {
        let collector = try TestCollector()
        let (_, _, tokens, registry) = services(collector)
        let revoked = try await tokens.create(unit: "unit-a", uses: 1, lifetimeSeconds: 600, by: center)
        try await tokens.revoke(revoked.token.id, by: center)
        let expiring = try await tokens.create(unit: "unit-a", uses: 1, lifetimeSeconds: 60, by: center)
        let used = try await tokens.create(unit: "unit-a", uses: 1, lifetimeSeconds: 600, by: center)
        func secret(_ join: String) throws -> String { try #require(JoinString(join)).token }
        _ = try await registry.enroll(enrollment(try secret(used.join), device: "d0"))
        // Expired by one millisecond.
        let now = Milliseconds(expiring.token.expiresAt.value)
        let later = DeviceRegistry(database: collector.database, clock: WallClock { now })
        var messages: Set<String> = []
        for secret in [try secret(revoked.join), try secret(expiring.join), try secret(used.join), "unknown", ""] {
            do throws(CollectorError) {
                _ = try await later.enroll(enrollment(secret, device: "d1"))
                Issue.record("a bad token was taken")
            } catch {
                #expect(error.code == .unauthenticated)
                messages.insert(error.message)
            }
        }
        #expect(messages.count == 1)
        #expect(try collector.number("SELECT count(*) FROM device") == 1)
    }

    @Test func theSecretOfATokenIsStoredNowhere() async throws {
        let collector = try TestCollector()
        let created = try await services(collector).tokens.create(
            unit: "unit-a",
            uses: 1,
            lifetimeSeconds: 60,
            by: center
        )
        let secret = try #require(JoinString(created.join)).token
        // The database itself and its write-ahead log.
        let bytes = try ["", "-wal"].flatMap { try Array(Data(contentsOf: URL(filePath: collector.path + $0))) }
        #expect(bytes.contains(Array(created.token.id.utf8)))
        #expect(!bytes.contains(Array(secret.utf8)))
    }

    @Test func aKeyThatEnrollsAgainKeepsItsUnit() async throws {
        let collector = try TestCollector()
        let (_, _, tokens, registry) = services(collector)
        for (unit, expected) in [("unit-a", "unit-a"), ("unit-b", "unit-a")] {
            let join = try await tokens.create(unit: unit, uses: 1, lifetimeSeconds: 60, by: center).join
            let secret = try #require(JoinString(join)).token
            #expect(try await registry.enroll(enrollment(secret, device: "d1")).unitCode == expected)
        }
        #expect(try collector.number("SELECT count(*) FROM device") == 1)
    }

    @Test func aRevokedDeviceCannotEnrollAgainAndTheTokenIsNotUsed() async throws {
        let collector = try TestCollector()
        let (_, devices, tokens, registry) = services(collector)
        try collector.addDevice("d1-device")
        try await devices.revoke("d1-device", reason: "stolen", by: center)
        let created = try await tokens.create(unit: "unit-a", uses: 1, lifetimeSeconds: 60, by: center)
        let secret = try #require(JoinString(created.join)).token
        #expect(
            await code { _ = try await registry.enroll(enrollment(secret, device: "d1-device")) } == .permissionDenied
        )
        #expect(try await tokens.list(pageSize: 0, pageToken: "", for: center).rows.first?.usesLeft == 1)
    }

    @Test(arguments: [(UInt32(0), UInt32(60)), (100_001, 60), (1, 59), (1, 31_536_001)])
    func usesAndLifetimesOutOfRangeAreRefused(uses: UInt32, seconds: UInt32) async throws {
        let tokens = services(try TestCollector()).tokens
        #expect(
            await code { _ = try await tokens.create(unit: "unit-a", uses: uses, lifetimeSeconds: seconds, by: center) }
                == .invalidArgument
        )
    }
}
