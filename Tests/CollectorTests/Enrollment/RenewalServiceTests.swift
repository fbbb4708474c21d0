import Foundation
import Signatures
import SwiftASN1
import Synchronization
import Testing
import X509

@testable import Collector

@Suite struct RenewalServiceTests {
    private let now = Milliseconds(1_750_000_000_000)
    private static let day: Int64 = 86_400

    private struct Scene {
        let clock: SettableClock
        let service: RenewalService
        let device: DeviceIdentity
        let key: SigningKey
        let renewals: Renewals
    }

    private final class Renewals: Sendable {
        let all = Mutex<[RenewalService.Renewal]>([])
    }

    private func scene(failure: CollectorError? = nil) throws -> Scene {
        let clock = SettableClock(now)
        let authority = try CertificateAuthority.create(now: now)
        let key = try SigningKey.generate()
        let request = try CertificateRequest(der: try key.certificateRequest(commonName: "x"))
        let issued = try authority.issueDevice(request, now: now)
        guard case .device(let device) = try ClientIdentity(try Certificate(derEncoded: issued.der)) else {
            throw CollectorError(.internal, "not a device")
        }
        let renewals = Renewals()
        let service = RenewalService(authority: authority, clock: clock.clock) { renewal async throws(CollectorError) in
            if let failure { throw failure }
            renewals.all.withLock { $0.append(renewal) }
        }
        return Scene(clock: clock, service: service, device: device, key: key, renewals: renewals)
    }

    @Test func `in the last third of its life a certificate is renewed over the same key`() async throws {
        let scene = try scene()
        scene.clock.advance(seconds: 20 * Self.day)
        let der = try await scene.service.renew(
            Data(try scene.key.certificateRequest(commonName: "x")),
            for: scene.device
        )
        guard case .device(let renewed) = try ClientIdentity(try Certificate(derEncoded: Array(der))) else {
            Issue.record("not a device's certificate")
            return
        }
        #expect(renewed.id == scene.device.id)
        #expect(renewed.life.notAfter == now.adding(seconds: 50 * Self.day))
        #expect(scene.renewals.all.withLock { $0.map(\.certificate.serial) } == [renewed.life.serial])
    }

    @Test func `a certificate with more than a third of its life left is not renewed`() async throws {
        let scene = try scene()
        scene.clock.advance(seconds: 19 * Self.day)
        let request = Data(try scene.key.certificateRequest(commonName: "x"))
        let error = await #expect(throws: CollectorError.self) {
            try await scene.service.renew(request, for: scene.device)
        }
        #expect(error?.code == .failedPrecondition)
        #expect(scene.renewals.all.withLock { $0.isEmpty })
    }

    @Test func `another key is refused`() async throws {
        let scene = try scene()
        scene.clock.advance(seconds: 29 * Self.day)
        let request = Data(try SigningKey.generate().certificateRequest(commonName: "x"))
        let error = await #expect(throws: CollectorError.self) {
            try await scene.service.renew(request, for: scene.device)
        }
        #expect(error?.code == .permissionDenied)
    }

    @Test func `what cannot be recorded is not handed out`() async throws {
        let scene = try scene(failure: CollectorError(.permissionDenied, "revoked"))
        scene.clock.advance(seconds: 29 * Self.day)
        let request = Data(try scene.key.certificateRequest(commonName: "x"))
        await #expect(throws: CollectorError.self) { try await scene.service.renew(request, for: scene.device) }
    }
}
