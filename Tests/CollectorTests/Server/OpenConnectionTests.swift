import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Messages
import Signatures
import SwiftASN1
import SwiftProtobuf
import Synchronization
import Testing

@testable import Collector

/// Over real sockets and real TLS: what an open connection is good for when its officer is revoked.
@Suite struct OpenConnectionTests {
    private typealias Client = GRPCClient<HTTP2ClientTransport.Posix>

    private func code(_ body: () async throws -> Void) async -> RPCError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? RPCError)?.code ?? .unknown
        }
    }

    /// Adds an officer of the center.
    private func add(_ name: String, to collector: RunningCollector) async throws -> RunningCollector.Credentials {
        let key = try SigningKey.generate()
        let request = try key.certificateRequest(commonName: name)
        let added = try await collector.client(try collector.officer()) { client in
            try await Khien_V1_AdministrationService.Client(wrapping: client).addOfficer(
                .with {
                    $0.name = name
                    $0.role = .center
                    $0.certificateRequest = Data(request)
                }
            )
        }
        let pem = PEMDocument(type: "CERTIFICATE", derBytes: Array(added.certificate)).pemString
        return .pem(certificate: Array(pem.utf8), key: try key.pem())
    }

    private func revoke(_ name: String, in collector: RunningCollector) async throws {
        try await collector.client(try collector.officer()) { client in
            _ = try await Khien_V1_AdministrationService.Client(wrapping: client).revokeOfficer(
                .with { $0.name = name }
            )
        }
    }

    /// One call of each service that an officer may call.
    private static let calls: [(name: String, call: @Sendable (Client) async throws -> Void)] = [
        ("administration", { _ = try await Khien_V1_AdministrationService.Client(wrapping: $0).listUnits(.init()) }),
        ("health", { _ = try await Grpc_Health_V1_Health.Client(wrapping: $0).check(.init()) }),
        (
            "reflection",
            { client in
                try await Grpc_Reflection_V1_ServerReflection.Client(wrapping: client).serverReflectionInfo(
                    requestProducer: { try await $0.write(.with { $0.listServices = "" }) },
                    onResponse: { response in for try await _ in response.messages {} }
                )
            }
        ),
    ]

    @Test func `a revoked officer is refused at once on a connection that is open`() async throws {
        try await RunningCollector.run { collector in
            let connections = Mutex(0)
            try await collector.client(
                try await add("lan", to: collector),
                onConnect: { connections.withLock { $0 += 1 } }
            ) { client in
                for (name, call) in Self.calls { #expect(await code { try await call(client) } == nil, "\(name)") }
                try await revoke("lan", in: collector)
                for (name, call) in Self.calls {
                    #expect(await code { try await call(client) } == .permissionDenied, "\(name)")
                }
                #expect(connections.withLock { $0 } == 1)
            }
            // Nobody else is.
            for credentials in [try collector.officer(), try collector.device()] {
                try await collector.client(credentials) { try await Self.calls[1].call($0) }
            }
        }
    }

    @Test func `a call that is open ends with the first answer after the revocation`() async throws {
        try await RunningCollector.run { collector in
            try await collector.client(try await add("lan", to: collector)) { client in
                let (answered, answer) = AsyncStream.makeStream(of: Void.self)
                let refused = await code {
                    try await Grpc_Reflection_V1_ServerReflection.Client(wrapping: client).serverReflectionInfo(
                        requestProducer: { writer in
                            try await writer.write(.with { $0.listServices = "" })
                            for await _ in answered.prefix(1) {}
                            try await revoke("lan", in: collector)
                            try await writer.write(.with { $0.listServices = "" })
                        },
                        onResponse: { response in
                            var count = 0
                            for try await _ in response.messages {
                                count += 1
                                answer.yield()
                            }
                            #expect(count == 1)
                        }
                    )
                }
                #expect(refused == .permissionDenied)
            }
        }
    }

    @Test func `a certificate that was not used yet counts with the first call, whichever it is`() async throws {
        try await RunningCollector.run { collector in
            try await collector.client(try await add("lan", to: collector)) { try await Self.calls[1].call($0) }
            // The other one can act: this one may go.
            try await revoke("center", in: collector)
            let refused = await code {
                try await collector.client(try collector.officer()) { try await Self.calls[1].call($0) }
            }
            #expect(refused == .permissionDenied)
        }
    }
}
