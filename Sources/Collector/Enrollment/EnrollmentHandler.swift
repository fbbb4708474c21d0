internal import Foundation
internal import GRPCCore
internal import Messages
internal import Shared
internal import SwiftProtobuf

/// `khien.v1.EnrollmentService`: from the wire to the service and back.
struct EnrollmentHandler: Khien_V1_EnrollmentService.SimpleServiceProtocol {
    let service: EnrollmentService
    /// The authority's certificate in DER.
    let authority: [UInt8]
    /// TCP port of the main listener.
    let reportingPort: UInt16

    private static let tokenBytes = 64

    func enroll(
        request: Khien_V1_EnrollRequest,
        context: ServerContext
    ) async throws -> Khien_V1_EnrollResponse {
        guard (1...Self.tokenBytes).contains(request.token.utf8.count) else {
            throw CollectorError(.unauthenticated, EnrollmentService.badToken)
        }
        try Self.check("host_name", request.hostName, limit: WireLimits.hostNameBytes)
        try Self.check("agent_version", request.agentVersion, limit: WireLimits.versionBytes)
        let enrollment = try await service.enroll(
            token: request.token,
            request: Array(request.certificateRequest),
            hostName: request.hostName,
            agentVersion: request.agentVersion,
            peer: context.peerHost
        )
        return .with {
            $0.deviceID = enrollment.deviceID
            $0.certificate = Data(enrollment.certificate.der)
            $0.authority = Data(authority)
            $0.reportingPort = UInt32(reportingPort)
            $0.unitCode = enrollment.unit.code
            $0.unitName = enrollment.unit.name
        }
    }

    private static func check(_ field: String, _ text: String, limit: Int) throws(CollectorError) {
        guard text.utf8.count <= limit else {
            throw CollectorError(
                .invalidArgument,
                "\(field) has \(text.utf8.count) bytes, at most \(limit) are allowed. Shorten it."
            )
        }
        guard text.unicodeScalars.allSatisfy({ !$0.isControl }) else {
            throw CollectorError(.invalidArgument, "\(field) has a control character. Send plain text.")
        }
    }
}
