import Foundation
import GRPCCore
import Messages
import Shared
import Testing

@testable import Collector

@Suite struct RoleMatrixTests {
    /// Two units with the same things each, and officers of every role.
    private struct World {
        let collector: TestCollector
        let handler: AdministrationHandler
        let own: RoleMatrix.Target
        let other: RoleMatrix.Target
    }

    private static let authority = Result { try CertificateAuthority.create(now: Milliseconds(1_700_000_000_000)) }

    private func world() async throws -> World {
        let collector = try TestCollector(caps: [("unit-a", 5), ("unit-b", 5), ("unit-c", 0)], total: 20)
        let handler = try ModelledCollector.handler(
            database: collector.database,
            clock: collector.clock,
            shelf: collector.shelf,
            authority: Self.authority.get(),
            folder: URL(filePath: collector.path).deletingLastPathComponent()
        )
        try await collector.database.write { sql in
            for (name, role, unit) in [
                ("reader", OfficerRole.reader, nil), ("a", .unit, "unit-a"), ("gone", .center, nil),
            ] as [(String, OfficerRole, String?)] {
                _ = try OfficerStore(sql: sql).insert(
                    OfficerRecord(
                        name: name,
                        role: role,
                        unitCode: unit,
                        certificateSerial: "01",
                        createdAt: Milliseconds(1),
                        certificateExpiresAt: Milliseconds(.max)
                    )
                )
            }
            _ = try OfficerStore(sql: sql).revoke("gone", now: Milliseconds(2))
        }
        return World(
            collector: collector,
            handler: handler,
            own: try await things("unit-a", "a", collector, handler),
            other: try await things("unit-b", "b", collector, handler)
        )
    }

    private func things(
        _ unit: String,
        _ letter: String,
        _ collector: TestCollector,
        _ handler: AdministrationHandler
    ) async throws -> RoleMatrix.Target {
        let approved = Inventory.complete(.installed(TestCollector.approved))
        for number in 1...4 {
            let id = "\(letter)\(number)-device"
            try collector.addDevice(id, unit: unit)
            try collector.submit(
                id,
                number == 1 ? .complete(.installed(TestCollector.approved), .installed("drweb")) : approved
            )
        }
        _ = try await handler.lifecycles.retire("\(letter)3-device", reason: "x", by: .center)
        _ = try await handler.lifecycles.merge(
            keep: "\(letter)2-device",
            other: "\(letter)4-device",
            reason: "x",
            by: .center
        )
        let waived = try collector.finding(.unapprovedAntivirus, of: "\(letter)1-device")
        _ = try await handler.findings.waive(waived, until: "2023-12-31", reason: "x", by: .center)
        let center = await context("center")
        var filed = Khien_V1_CreateSeatRequestRequest()
        (filed.unit, filed.seats, filed.reason) = (unit, 1, "x")
        var token = Khien_V1_CreateTokenRequest()
        (token.unitCode, token.uses, token.lifetimeSeconds) = (unit, 1, 600)
        return RoleMatrix.Target(
            unit: unit,
            letter: letter,
            finding: try collector.finding(.multipleAntivirus, of: "\(letter)1-device"),
            waived: waived,
            request: try await handler.createSeatRequest(request: filed, context: center).request.id,
            token: try await handler.createToken(request: token, context: center).token.id
        )
    }

    private func context(_ officer: String) async -> ServerContext {
        await withServerContextRPCCancellationHandle { handle in
            var context = ServerContext(
                descriptor: Khien_V1_AdministrationService.Method.ListUnits.descriptor,
                remotePeer: "ipv4:192.0.2.1:1",
                localPeer: "ipv4:192.0.2.2:2",
                cancellation: handle
            )
            let life = CertificateLife(serial: "01", notBefore: Milliseconds(0), notAfter: Milliseconds(.max))
            context.transportSpecific = CallIdentity(
                client: .officer(OfficerIdentity(name: officer, publicKey: [], life: life))
            )
            return context
        }
    }

    @Test func everyCallHasARow() {
        let methods = Khien_V1_AdministrationService.Method.descriptors.map(\.method)
        #expect(RoleMatrix.rows.map(\.method).sorted() == methods.sorted())
    }

    @Test(arguments: RoleMatrix.rows)
    func everyRoleGetsTheAnswerThatIsItsDue(row: RoleMatrix.Row) async throws {
        for (officer, isOther, expected) in [
            ("center", false, row.center), ("center", true, row.center), ("reader", false, row.reader),
            ("a", false, row.own), ("a", true, row.other), ("gone", false, .denied),
        ] {
            // Each in a world of its own: what one changes must not be what another is refused for.
            let world = try await world()
            let target = isOther ? world.other : world.own
            let context = await context(officer)
            let error = await refusal { try await row.call(world.handler, context, target) }
            let place: Comment = "\(row.method) by \(officer), other: \(isOther): \(String(describing: error))"
            switch expected {
            case .done: #expect(error == nil, place)
            case .denied: #expect(error?.code == .permissionDenied, place)
            case .missing:
                #expect(error?.code == .notFound, place)
                let nothing = RoleMatrix.Target.nothing
                let nobodys = await refusal { try await row.call(world.handler, context, nothing) }
                for language in Language.allCases {
                    #expect(
                        error.map { target.hidden(in: $0.phrase.text(in: language)) }
                            == nobodys.map { nothing.hidden(in: $0.phrase.text(in: language)) },
                        place
                    )
                }
            }
        }
    }
}
