import Foundation
import Messages
import Shared
import Signatures
import SwiftProtobuf
import Testing

@testable import Agent
@testable import Collector

/// What a device, or somebody with a device's certificate, can send that it should not.
@Suite struct HostileClientTests {
    private func identity(
        _ name: String,
        _ province: Province,
        _ serving: Province.Serving
    ) async throws -> Agent.DeviceIdentity {
        let state = try await province.enroll(name, unit: "so-y-te", serving: serving)
        return try IdentityFiles(state: try StateDirectory.open(state.path, creating: false)).load()
    }

    private func status(_ connection: AgentConnection, _ method: String, _ request: [UInt8]) -> TransportError.Code? {
        do throws(TransportError) {
            _ = try connection.call(method: method, request: request)
            return nil
        } catch {
            return error.code
        }
    }

    private func report(_ key: SigningKey, sequence: UInt64, name: String = "pc") throws -> [UInt8] {
        let scan = Scan(
            host: HostDescription(
                name: name,
                operatingSystem: "Debian",
                platform: .linux,
                architecture: "x86_64",
                agentVersion: khienVersion
            ),
            catalogVersion: 1,
            inventory: Inventory(products: [], sources: [SourceStatus(source: .dpkg, state: .complete, entries: 1)])
        )
        return try ReportEncoder.signedReport(
            ReportEncoder.encode(scan),
            isWhole: true,
            epoch: 1,
            sequence: sequence,
            observedAtMilliseconds: 1_700_000_000_000,
            key: key
        )
    }

    @Test func noReportOfAnotherDeviceOrWithAnotherSignatureOrCutAnywhereIsTaken() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let first = try await identity("first", province, serving)
        let second = try await identity("second", province, serving)
        let connection = try AgentConnection(identity: first)

        // The second device's own good report over the first one's connection; then the first one's, signed by the second.
        #expect(status(connection, GRPCMethod.submit, try report(second.key, sequence: 1)) == .status(.invalidArgument))
        var foreign = Khien_V1_Report()
        foreign.deviceID = second.deviceID
        foreign.epoch = 1
        foreign.sequence = 1
        foreign.inventoryDigest = Data(count: 32)
        let inAnothersName = try ReportEncoder.sign(try foreign.serializedBytes(), key: first.key)
        #expect(status(connection, GRPCMethod.submit, inAnothersName) == .status(.permissionDenied))

        let good = try report(first.key, sequence: 1)
        for length in 0..<good.count {
            #expect(status(connection, GRPCMethod.submit, Array(good.prefix(length))) == .status(.invalidArgument))
        }
        let huge = [UInt8](repeating: 0x0A, count: WireLimits.messageBytes)
        #expect(status(connection, GRPCMethod.submit, huge) != nil)

        let devices = try await province.khien("devices", "--format", "json", serving: serving)
        let rows = try #require(try json(devices.output) as? [[String: Any]])
        #expect(rows.count == 2 && rows.allSatisfy { !($0["last_report_at"] is String) })
        // The collector is well, and takes the good one.
        #expect(status(connection, GRPCMethod.submit, good) == nil)
        await serving.stop()
    }

    @Test func aReportIsTakenOnceAndItsNumberIsNotTakenTwice() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let device = try await identity("pc", province, serving)
        let connection = try AgentConnection(identity: device)
        let good = try report(device.key, sequence: 5)
        let firstBytes = try connection.call(method: GRPCMethod.submit, request: good)
        let secondBytes = try connection.call(method: GRPCMethod.submit, request: good)
        let first = try #require(SubmitAnswer(firstBytes))
        let again = try #require(SubmitAnswer(secondBytes))
        #expect(again.findings == first.findings && again.sequence == 5)
        let other = try report(device.key, sequence: 5, name: "clone")
        #expect(status(connection, GRPCMethod.submit, other) == .status(.alreadyExists))
        #expect(
            status(connection, GRPCMethod.submit, try report(device.key, sequence: 4)) == .status(.failedPrecondition)
        )
        await serving.stop()
        // A replay after a restart, too.
        let restarted = try await province.serve(reporting: serving.reportingPort, enrollment: serving.enrollmentPort)
        #expect(
            status(connection, GRPCMethod.submit, try report(device.key, sequence: 4)) == .status(.failedPrecondition)
        )
        #expect(status(connection, GRPCMethod.submit, good) == nil)
        await restarted.stop()
    }

    @Test func aDeviceIsNoOfficerAndEnrollmentOffersNothingElse() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let device = try await identity("pc", province, serving)
        let connection = try AgentConnection(identity: device)
        for method in ["ListUnits", "ListFindings", "CreateToken", "RevokeOfficer"] {
            let code = status(connection, "khien.v1.AdministrationService/\(method)", [])
            #expect(code == .status(.permissionDenied), "\(method)")
        }
        let enrollment = try AgentConnection(
            host: "127.0.0.1",
            port: serving.enrollmentPort,
            anchor: .authority(device.authority)
        )
        for method in ["khien.v1.AdministrationService/ListUnits", GRPCMethod.submit, "grpc.health.v1.Health/Check"] {
            #expect(status(enrollment, method, []) == .status(.unimplemented), "\(method)")
        }
        await serving.stop()
    }

    @Test func nobodyWithoutACertificateOfOurAuthorityGetsIn() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let device = try await identity("pc", province, serving)
        let bare = try AgentConnection(
            host: "127.0.0.1",
            port: serving.reportingPort,
            anchor: .authority(device.authority)
        )
        // Refused by the handshake, before there is a call that could get a status.
        let refusal = status(bare, "grpc.health.v1.Health/Check", [])
        #expect(refusal == .tls || refusal == .unreachable, "\(String(describing: refusal))")

        // A certificate for the same key and the same name, from an authority that is like ours and is not ours.
        let sibling = try CertificateAuthority.create(now: WallClock.system.now())
        let request = try CertificateRequest(der: try device.key.certificateRequest(commonName: device.deviceID))
        let forged = try sibling.issueDevice(request, now: WallClock.system.now())
        let connection = try AgentConnection(
            host: "127.0.0.1",
            port: serving.reportingPort,
            anchor: .authority(device.authority),
            certificate: try Certificate(der: forged.der),
            key: device.key
        )
        let code = status(connection, GRPCMethod.submit, try report(device.key, sequence: 1))
        #expect(code == .tls || code == .unreachable, "\(String(describing: code))")
        await serving.stop()
    }

    @Test func aCollectorOfAnotherAuthorityIsNotTrusted() async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let device = try await identity("pc", province, serving)
        let other = try CertificateAuthority.create(now: WallClock.system.now())
        let connection = try AgentConnection(
            host: "127.0.0.1",
            port: serving.reportingPort,
            anchor: .authority(try Certificate(der: other.der)),
            certificate: device.certificate,
            key: device.key
        )
        #expect(status(connection, GRPCMethod.submit, try report(device.key, sequence: 1)) == .tls)
        await serving.stop()
    }
}
