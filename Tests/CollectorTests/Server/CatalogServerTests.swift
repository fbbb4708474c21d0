import Crypto
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Messages
import Shared
import Signatures
import SwiftASN1
import SwiftProtobuf
import Testing
import X509

@testable import Collector

/// Catalogs over real sockets and real TLS.
@Suite struct CatalogServerTests {
    private func code(_ body: () async throws -> Void) async -> RPCError.Code? {
        do {
            try await body()
            return nil
        } catch let error as RPCError {
            return error.code
        } catch {
            Issue.record("not an RPCError: \(error)")
            return nil
        }
    }

    /// Enrolls a key of our own.
    private func enroll(_ collector: RunningCollector) async throws -> RunningCollector.Credentials {
        let join = try await collector.client(try collector.officer()) { client in
            try await Khien_V1_AdministrationService.Client(wrapping: client).createToken(
                .with {
                    $0.unitCode = "so-y-te"
                    $0.uses = 1
                    $0.lifetimeSeconds = 600
                }
            ).join
        }
        let token = try #require(JoinString(join)).token
        let key = try SigningKey.generate()
        let pem = try key.pem()
        let request = try key.certificateRequest(commonName: "pc-01")
        let enrolled = try await collector.client(.none, to: collector.enrollment) { client in
            try await Khien_V1_EnrollmentService.Client(wrapping: client).enroll(
                .with {
                    $0.token = token
                    $0.certificateRequest = Data(request)
                    $0.hostName = "pc-01"
                    $0.agentVersion = "0.1.0"
                }
            )
        }
        let certificate = try Certificate(derEncoded: [UInt8](enrolled.certificate))
        return .pem(certificate: Array(try certificate.serializeAsPEM().pemString.utf8), key: pem)
    }

    @Test func `what an officer publishes a device is given, signed by a key of the authority`() async throws {
        try await RunningCollector.run { collector in
            let device = try await enroll(collector)
            #expect(
                await code {
                    try await collector.client(device) { client in
                        _ = try await Khien_V1_ReportingService.Client(wrapping: client).getCatalog(.init())
                    }
                } == .notFound
            )
            let text = try await collector.client(try collector.officer()) { client in
                let administration = Khien_V1_AdministrationService.Client(wrapping: client)
                let shown = try await administration.showCatalog(.with { $0.withText = true })
                #expect(!shown.published && !shown.hasPublishedAtMs && shown.signals > 0)
                #expect([UInt8](shown.digest) == Signatures.SHA256.hash([UInt8](shown.text)))
                let next = Data("# more\n".utf8) + TestCatalog(version: Int(shown.version) + 1).text
                let answer = try await administration.publishCatalog(.with { $0.text = next })
                #expect(answer.version == shown.version + 1 && answer.formerVersion == shown.version)
                #expect(answer.families == 1 && answer.signals == 2)
                let after = try await administration.showCatalog(.init())
                #expect(after.published && after.publishedBy == "center" && after.text.isEmpty)
                #expect(try await administration.listUnknowns(.init()).total == 0)
                return next
            }
            let signed = try await collector.client(device) { client in
                try await Khien_V1_ReportingService.Client(wrapping: client).getCatalog(.init())
            }
            #expect(signed.payload == text)
            let certificate = try Certificate(derEncoded: [UInt8](signed.certificate))
            let authority = try CertificateAuthority.load(from: collector.data + "/authority")
            #expect(authority.certificate.publicKey.isValidSignature(certificate.signature, for: certificate))
            let key = try #require(P256.Signing.PublicKey(certificate.publicKey))
            let verifying = try VerifyingKey(subjectPublicKeyInfo: Array(key.derRepresentation))
            #expect(
                verifying.isValid(
                    signature: [UInt8](signed.signature),
                    for: PreAuthenticationEncoding.encode(
                        type: PreAuthenticationEncoding.catalogType,
                        payload: signed.payload
                    )
                )
            )
        }
    }

    @Test func `the key that signs catalogs opens no connection`() async throws {
        try await RunningCollector.run { collector in
            let key = P256.Signing.PrivateKey()
            let authority = try CertificateAuthority.load(from: collector.data + "/authority")
            let issued = try authority.issueCatalog(key.publicKey, now: collector.clock.clock.now())
            let credentials = RunningCollector.Credentials.pem(
                certificate: Array(issued.pem.utf8),
                key: Array(key.pemRepresentation.utf8)
            )
            let asOfficer = await code {
                try await collector.client(credentials) { client in
                    _ = try await Khien_V1_AdministrationService.Client(wrapping: client).showCatalog(.init())
                }
            }
            let asDevice = await code {
                try await collector.client(credentials) { client in
                    _ = try await Khien_V1_ReportingService.Client(wrapping: client).getCatalog(.init())
                }
            }
            #expect([.permissionDenied, .unavailable].contains(asOfficer))
            #expect([.permissionDenied, .unavailable].contains(asDevice))
        }
    }

    @Test func `an officer gets no catalog as a device, and a device publishes none`() async throws {
        try await RunningCollector.run { collector in
            let asDevice = await code {
                try await collector.client(try collector.officer()) { client in
                    _ = try await Khien_V1_ReportingService.Client(wrapping: client).getCatalog(.init())
                }
            }
            #expect(asDevice == .permissionDenied)
            try await collector.client(try collector.device()) { client in
                let administration = Khien_V1_AdministrationService.Client(wrapping: client)
                let text = TestCatalog(version: 1_000_000).text
                #expect(
                    await code { _ = try await administration.publishCatalog(.with { $0.text = text }) }
                        == .permissionDenied
                )
                #expect(await code { _ = try await administration.listUnknowns(.init()) } == .permissionDenied)
                // Its certificate is good, and it is not enrolled.
                let reporting = Khien_V1_ReportingService.Client(wrapping: client)
                #expect(await code { _ = try await reporting.getCatalog(.init()) } == .permissionDenied)
            }
        }
    }

    @Test func `the largest catalog fits into a message, and a larger one is refused`() async throws {
        try await RunningCollector.run { collector in
            let device = try await enroll(collector)
            let small = TestCatalog(version: 1_000_000).text
            let comment = Data(repeating: UInt8(ascii: "#"), count: CatalogLimits.textBytes - small.count)
            try await collector.client(try collector.officer()) { client in
                let administration = Khien_V1_AdministrationService.Client(wrapping: client)
                func publish(_ text: Data) async -> RPCError.Code? {
                    await code { _ = try await administration.publishCatalog(.with { $0.text = text }) }
                }
                #expect(await publish(small + comment + Data("#".utf8)) == .invalidArgument)
                #expect(await publish(Data(count: WireLimits.messageBytes)) == .resourceExhausted)
                #expect(await publish(small + comment) == nil)
                let shown = try await administration.showCatalog(.with { $0.withText = true })
                #expect(shown.text.count == CatalogLimits.textBytes)
            }
            let signed = try await collector.client(device) { client in
                try await Khien_V1_ReportingService.Client(wrapping: client).getCatalog(.init())
            }
            #expect(signed.payload.count == CatalogLimits.textBytes)
        }
    }
}
