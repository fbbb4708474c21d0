import Shared
import Testing

@testable import Collector

/// A unit that was closed and that no other took the place of.
@Suite struct ClosedUnitTests {
    private func tokens(_ collector: TestCollector) -> TokenService {
        TokenService(
            database: collector.database,
            clock: collector.clock,
            enrollmentAddress: .init(host: "h", port: 1, authorityFingerprint: String(repeating: "ab", count: 32))
        )
    }

    private func close(_ unit: String, in collector: TestCollector) async throws {
        _ = try await collector.unitChanges.close(unit, decision: try .written(), by: .center)
    }

    // MARK: Lists

    @Test(arguments: [Caller.center, .reader, .unitA])
    func `everything that it still has is listed by its code`(caller: Caller) async throws {
        let collector = try TestCollector()
        try collector.addSeated("a", 1, unit: "unit-a")
        try collector.addSeated("b", 1, unit: "unit-b")
        try collector.submit("a0-device", TestCollector.conflictInventory)
        _ = try await collector.requests.create(unit: "unit-a", seats: 1, reason: "x", term: 0, by: .center)
        try collector.database.writeNow { try $0.script("UPDATE device SET life = 1 WHERE unit_code = 'unit-a'") }
        try await close("unit-a", in: collector)
        // As a device that enrolled late.
        try collector.database.writeNow { try $0.script("UPDATE device SET life = 0 WHERE unit_code = 'unit-a'") }

        let devices = try await collector.devices.list(unit: "unit-a", pageSize: 0, pageToken: "", for: caller)
        #expect(devices.rows.map(\.device.id) == ["a0-device"])
        let findings = try await collector.findings.list(.init(unit: "unit-a", filter: .standing), for: caller)
        #expect(findings.findings.rows.contains { $0.details.finding.kind == .multipleAntivirus })
        let requests = try await collector.requests
            .list(unit: "unit-a", state: nil, pageSize: 0, pageToken: "", for: caller)
        #expect(requests.rows.map(\.state) == [.withdrawn])
        let seats = try await collector.licenses.seats
            .list(.init(unit: "unit-a", view: .all, idleDays: 0, pageSize: 0, pageToken: ""), for: caller)
        #expect(seats.rows.map(\.seat.deviceID) == ["a0-device"])
        let allocations = try await collector.licenses.allocations.list(term: 0, unit: "unit-a", for: caller)
        #expect(allocations.allocations.allSatisfy { $0.unit == "unit-a" })
    }

    @Test func `nothing is moved or given to it`() async throws {
        let collector = try TestCollector()
        try collector.addDevice("b0-device", unit: "unit-b")
        try await close("unit-a", in: collector)
        let before = try collector.everything()
        let errors = [
            await expectRefusal {
                try await collector.lifecycles.move("b0-device", to: "unit-a", reason: "x", expected: "", by: .center)
            },
            await expectRefusal { try await collector.assign("unit-a", 1) },
            await expectRefusal {
                try await collector.requests.create(unit: "unit-a", seats: 1, reason: "x", term: 0, by: .center)
            },
        ]
        for error in errors {
            #expect(error?.code == .failedPrecondition)
            #expect(error?.message.contains("has been closed since") == true)
        }
        #expect(try collector.everything() == before)
    }

    // MARK: Tokens

    @Test(arguments: ["", "unit-a", "Sở unit-a"])
    func `its officer gets no token for it, named or not`(unit: String) async throws {
        let collector = try TestCollector()
        try await close("unit-a", in: collector)
        let error = await expectRefusal {
            try await tokens(collector).create(unit: unit, uses: 1, lifetimeSeconds: 60, by: .unitA)
        }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message.contains("has been closed since 2023-11-15") == true)
        #expect(try collector.number("SELECT count(*) FROM token") == 0)
    }

    @Test func `its token enrolls nothing, is not used up, and is answered like one that is unknown`() async throws {
        let collector = try TestCollector()
        let join = try await tokens(collector).create(unit: "unit-a", uses: 2, lifetimeSeconds: 600, by: .center).join
        try await close("unit-a", in: collector)
        // As it was before closing revoked tokens.
        try collector.database.writeNow { try $0.script("UPDATE token SET revoked_at_ms = NULL") }
        let registry = DeviceRegistry(database: collector.database, clock: collector.clock)
        var answers: Set<String> = []
        for secret in [try #require(JoinString(join)).token, "unknown"] {
            let error = await expectRefusal {
                try await registry.enroll(
                    .init(
                        tokenSecret: secret,
                        deviceID: "late",
                        publicKey: [1],
                        hostName: "late",
                        agentVersion: "0.1.0",
                        certificateSerial: "02",
                        certificateExpiresAt: Milliseconds(.max)
                    )
                )
            }
            #expect(error?.code == .unauthenticated)
            answers.insert(error?.message ?? "")
        }
        #expect(answers.count == 1)
        #expect(try collector.number("SELECT uses_left FROM token") == 2)
        #expect(try collector.number("SELECT count(*) FROM device") == 0)
    }
}
