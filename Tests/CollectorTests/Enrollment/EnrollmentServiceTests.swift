import Foundation
import Signatures
import SwiftASN1
import Synchronization
import Testing
import X509

@testable import Collector

@Suite struct EnrollmentServiceTests {
    private let now = Milliseconds(1_750_000_000_000)

    private final class Store: Sendable {
        let redemptions = Mutex<[EnrollmentService.Redemption]>([])
        let failure: CollectorError?

        init(failure: CollectorError? = nil) {
            self.failure = failure
        }
    }

    private func service(_ store: Store, clock: SettableClock) throws -> EnrollmentService {
        EnrollmentService(
            authority: try CertificateAuthority.create(now: now),
            clock: clock.clock
        ) { redemption async throws(CollectorError) in
            store.redemptions.withLock { $0.append(redemption) }
            if let failure = store.failure { throw failure }
            return EnrollmentService.Unit(code: "so-y-te", name: "Sở Y tế")
        }
    }

    private func enroll(
        _ service: EnrollmentService,
        request: [UInt8],
        peer: String = "ipv4:192.0.2.7"
    ) async throws(CollectorError) -> EnrollmentService.Enrollment {
        try await service.enroll(token: "t", request: request, hostName: "pc-1", agentVersion: "0.1.0", peer: peer)
    }

    @Test func `a device receives a certificate over its own key, recorded together with the token's use`() async throws
    {
        let store = Store()
        let key = try SigningKey.generate()
        let enrollment = try await enroll(
            try service(store, clock: SettableClock(now)),
            request: try key.certificateRequest(commonName: "pc-1")
        )
        let redemption = try #require(store.redemptions.withLock { $0.first })
        #expect(enrollment.deviceID == deviceID(ofPublicKey: key.publicKeyDER))
        #expect(enrollment.unit.name == "Sở Y tế")
        #expect(redemption.certificate == enrollment.certificate)
        #expect(redemption.publicKey == key.publicKeyDER)
        #expect(redemption.tokenSecret == "t")
        guard case .device(let device) = try ClientIdentity(try Certificate(derEncoded: enrollment.certificate.der))
        else {
            Issue.record("not a device's certificate")
            return
        }
        #expect(device.id == enrollment.deviceID)
    }

    @Test func `a bad request does not touch the token`() async throws {
        let store = Store()
        let service = try service(store, clock: SettableClock(now))
        let error = await #expect(throws: CollectorError.self) { try await enroll(service, request: [1, 2, 3]) }
        #expect(error?.code == .invalidArgument)
        #expect(store.redemptions.withLock { $0.isEmpty })
    }

    @Test func `every reason that a token is not good sounds the same`() async throws {
        let request = try SigningKey.generate().certificateRequest(commonName: "pc-1")
        for reason in ["unknown", "expired", "used up"] {
            let store = Store(failure: CollectorError(.unauthenticated, reason))
            let service = try service(store, clock: SettableClock(now))
            let error = await #expect(throws: CollectorError.self) { try await enroll(service, request: request) }
            #expect(error?.message == EnrollmentService.badToken)
        }
    }

    @Test func `a refusal that is not about the token keeps its words`() async throws {
        let store = Store(failure: CollectorError(.permissionDenied, "revoked"))
        let service = try service(store, clock: SettableClock(now))
        let request = try SigningKey.generate().certificateRequest(commonName: "pc-1")
        let error = await #expect(throws: CollectorError.self) { try await enroll(service, request: request) }
        #expect(error?.message == "revoked")
    }

    @Test func `an address that fails too often waits a minute, others do not`() async throws {
        let store = Store(failure: CollectorError(.unauthenticated, "unknown"))
        let clock = SettableClock(now)
        let service = try service(store, clock: clock)
        let request = try SigningKey.generate().certificateRequest(commonName: "pc-1")
        func code(_ peer: String) async -> CollectorError.Code? {
            do throws(CollectorError) {
                _ = try await enroll(service, request: request, peer: peer)
                return nil
            } catch {
                return error.code
            }
        }
        for _ in 0..<60 { #expect(await code("ipv4:192.0.2.7") == .unauthenticated) }
        #expect(await code("ipv4:192.0.2.7") == .resourceExhausted)
        #expect(await code("ipv4:192.0.2.8") == .unauthenticated)
        clock.advance(seconds: 60)
        #expect(await code("ipv4:192.0.2.7") == .unauthenticated)
    }
}

@Suite struct FailureLimiterTests {
    private let now = Milliseconds(1_750_000_000_000)

    @Test func `what is remembered stays bounded`() {
        let limiter = FailureLimiter(failureLimit: 1, addressLimit: 3)
        for number in 0..<100 { limiter.record("ipv4:\(number)", now: now) }
        #expect(limiter.count <= 3)
        #expect(!limiter.allows("ipv4:99", now: now))
    }

    @Test func `old failures make room for new ones`() {
        let limiter = FailureLimiter(failureLimit: 1, addressLimit: 2)
        limiter.record("old", now: now)
        let later = now.adding(seconds: 30)
        limiter.record("new", now: later)
        limiter.record("newest", now: now.adding(seconds: 61))
        #expect(!limiter.allows("new", now: now.adding(seconds: 61)))
        #expect(limiter.allows("old", now: now.adding(seconds: 61)))
    }
}
