import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Messages
import NIOSSL
import ServiceLifecycle
import Signatures
import SwiftASN1
import SwiftProtobuf
import Testing
import X509

@testable import Collector

/// Over real sockets and real TLS.
@Suite struct CollectorServerTests {
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

    private func listServices(_ client: GRPCClient<HTTP2ClientTransport.Posix>) async throws -> [String] {
        try await Grpc_Reflection_V1_ServerReflection.Client(wrapping: client).serverReflectionInfo(
            requestProducer: { try await $0.write(.with { $0.listServices = "" }) },
            onResponse: { response in
                var names: [String] = []
                for try await message in response.messages {
                    names += message.listServicesResponse.service.map(\.name)
                }
                return names
            }
        )
    }

    private func join(_ collector: RunningCollector, uses: UInt32 = 1) async throws -> String {
        try await collector.client(try collector.officer()) { client in
            let administration = Khien_V1_AdministrationService.Client(wrapping: client)
            return try await administration.createToken(
                .with {
                    $0.unitCode = "so-y-te"
                    $0.uses = uses
                    $0.lifetimeSeconds = 600
                }
            ).join
        }
    }

    @Test func `an officer asks, a device does not, and neither does what is the other's`() async throws {
        try await RunningCollector.run { collector in
            try await collector.client(try collector.officer()) { client in
                let units = try await Khien_V1_AdministrationService.Client(wrapping: client).listUnits(.init())
                #expect(units.units.count == 32)
                let reporting = Khien_V1_ReportingService.Client(wrapping: client)
                #expect(await code { _ = try await reporting.submit(.init()) } == .permissionDenied)
            }
            try await collector.client(try collector.device()) { client in
                let administration = Khien_V1_AdministrationService.Client(wrapping: client)
                #expect(await code { _ = try await administration.listUnits(.init()) } == .permissionDenied)
                let health = try await Grpc_Health_V1_Health.Client(wrapping: client).check(.init())
                #expect(health.status == .serving)
                #expect(await code { _ = try await listServices(client) } == .permissionDenied)
            }
        }
    }

    @Test func `a caller without a certificate, or with another authority's, does not get in`() async throws {
        try await RunningCollector.run { collector in
            let other = try CertificateAuthority.create(now: collector.clock.clock.now())
            let key = try SigningKey.generate()
            let request = try CertificateRequest(der: try key.certificateRequest(commonName: "x"))
            let issued = try other.issueOfficer(request, name: "center", now: collector.clock.clock.now())
            let stranger = RunningCollector.Credentials.pem(certificate: Array(issued.pem.utf8), key: try key.pem())
            for credentials in [.none, stranger] {
                let refused = await code {
                    try await collector.client(credentials) { client in
                        _ = try await Grpc_Health_V1_Health.Client(wrapping: client).check(.init())
                    }
                }
                #expect(refused == .unavailable)
            }
        }
    }

    @Test func `TLS 1.2 is refused on both listeners`() async throws {
        try await RunningCollector.run { collector in
            let officer = try collector.officer()
            for address in [collector.reporting, collector.enrollment] {
                let refused = await code {
                    try await collector.client(officer, to: address, newestTLS: .tlsv12) { client in
                        _ = try await Grpc_Health_V1_Health.Client(wrapping: client).check(.init())
                    }
                }
                #expect(refused == .unavailable)
            }
        }
    }

    @Test func `a device enrolls with a token, and what it receives opens the main listener`() async throws {
        try await RunningCollector.run { collector in
            let join = try await join(collector)
            let token = try #require(join.split(separator: "/").last?.split(separator: "?").first)
            let authority = try CertificateAuthority.load(from: collector.data + "/authority")
            #expect(
                join == "khien://127.0.0.1:\(collector.enrollment.port)/\(token)?ca=sha256:\(authority.fingerprint)"
            )

            let key = try SigningKey.generate()
            let request = Khien_V1_EnrollRequest.with {
                $0.token = String(token)
                $0.hostName = "pc-1"
                $0.agentVersion = "0.1.0"
            }
            let good = try key.certificateRequest(commonName: "pc-1")
            let response = try await collector.client(.none, to: collector.enrollment) { client in
                let enrollment = Khien_V1_EnrollmentService.Client(wrapping: client)
                // A bad request first: it must not use the token up.
                #expect(await code { _ = try await enrollment.enroll(request) } == .invalidArgument)
                var request = request
                request.certificateRequest = Data(good)
                let response = try await enrollment.enroll(request)
                #expect(await code { _ = try await enrollment.enroll(request) } == .unauthenticated)
                return response
            }
            #expect(response.deviceID == deviceID(ofPublicKey: key.publicKeyDER))
            #expect(response.unitCode == "so-y-te")
            #expect(response.reportingPort == UInt32(collector.reporting.port))
            #expect(Array(response.authority) == authority.der)

            let pem = PEMDocument(type: "CERTIFICATE", derBytes: Array(response.certificate)).pemString
            let device = RunningCollector.Credentials.pem(certificate: Array(pem.utf8), key: try key.pem())
            try await collector.client(device) { client in
                let health = try await Grpc_Health_V1_Health.Client(wrapping: client).check(.init())
                #expect(health.status == .serving)
            }
        }
    }

    @Test func `the enrollment listener offers enrollment and nothing else`() async throws {
        try await RunningCollector.run { collector in
            try await collector.client(try collector.officer(), to: collector.enrollment) { client in
                let administration = Khien_V1_AdministrationService.Client(wrapping: client)
                #expect(await code { _ = try await administration.listUnits(.init()) } == .unimplemented)
            }
        }
    }

    @Test func `a request over a mebibyte is refused, and the connection goes on`() async throws {
        try await RunningCollector.run { collector in
            try await collector.client(try collector.officer()) { client in
                let health = Grpc_Health_V1_Health.Client(wrapping: client)
                let large = String(repeating: "x", count: 1024 * 1024)
                let refused = await code { _ = try await health.check(.with { $0.service = large }) }
                #expect(refused == .resourceExhausted)
                let answer = try await health.check(.init())
                #expect(answer.status == .serving)
            }
        }
    }

    @Test func `a certificate that ended on the way is refused`() async throws {
        try await RunningCollector.run { collector in
            try await collector.client(try collector.device()) { client in
                let health = Grpc_Health_V1_Health.Client(wrapping: client)
                let answer = try await health.check(.init())
                #expect(answer.status == .serving)
                collector.clock.advance(seconds: 31 * 86_400)
                #expect(await code { _ = try await health.check(.init()) } == .permissionDenied)
            }
        }
    }

    @Test func `reflection lists the services of the main listener to an officer`() async throws {
        try await RunningCollector.run { collector in
            try await collector.client(try collector.officer()) { client in
                let names = try await listServices(client)
                #expect(names.contains("khien.v1.ReportingService"))
                #expect(names.contains("khien.v1.AdministrationService"))
                #expect(!names.contains("khien.v1.EnrollmentService"))
            }
        }
    }

    @Test func `an unknown service has no health, and a watcher hears the end`() async throws {
        try await RunningCollector.run { collector in
            try await collector.client(try collector.officer()) { client in
                let health = Grpc_Health_V1_Health.Client(wrapping: client)
                #expect(
                    await code { _ = try await health.check(.with { $0.service = "khien.v1.Nothing" }) } == .notFound
                )
                let statuses = try await health.watch(.init()) { response in
                    var statuses: [Grpc_Health_V1_HealthCheckResponse.ServingStatus] = []
                    for try await message in response.messages {
                        statuses.append(message.status)
                        // Hearing that it serves, this test stops the collector.
                        if message.status == .serving { await collector.group.triggerGracefulShutdown() }
                    }
                    return statuses
                }
                #expect(statuses == [.serving, .notServing])
            }
        }
    }

    @Test func `a watcher of an unknown service is told so and not hung up on`() async throws {
        try await RunningCollector.run { collector in
            try await collector.client(try collector.officer()) { client in
                let health = Grpc_Health_V1_Health.Client(wrapping: client)
                let first = try await health.watch(.with { $0.service = "khien.v1.Nothing" }) { response in
                    var statuses: [Grpc_Health_V1_HealthCheckResponse.ServingStatus] = []
                    for try await message in response.messages {
                        statuses.append(message.status)
                        await collector.group.triggerGracefulShutdown()
                    }
                    return statuses
                }
                #expect(first == [.serviceUnknown])
            }
        }
    }

    @Test func `a second collector on the same directory is refused while the first one runs`() async throws {
        try await RunningCollector.run { collector in
            let error = #expect(throws: CollectorError.self) { try DataDirectory(path: collector.data) }
            #expect(error?.message.contains("Another khien-collector") == true)
        }
    }

    @Test func `connections over the limit are counted and refused`() {
        let count = ConnectionCount(limit: 2)
        #expect([count.enter(), count.enter(), count.enter()] == [true, true, false])
        count.leave()
        #expect(count.enter())
    }
}
