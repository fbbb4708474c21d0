import GRPCCore
import Messages
import Testing

@testable import Collector

@Suite struct AccessPolicyTests {
    enum Who: CaseIterable {
        case device
        case officer
        case nobody

        var identity: ClientIdentity? {
            let life = CertificateLife(serial: "01", notBefore: Milliseconds(0), notAfter: Milliseconds(1))
            return switch self {
            case .device: .device(DeviceIdentity(id: "d", publicKey: [], life: life))
            case .officer: .officer(OfficerIdentity(name: "o", publicKey: [], life: life))
            case .nobody: nil
            }
        }
    }

    private static let table: [(ServiceDescriptor, Set<Who>)] = [
        (Khien_V1_EnrollmentService.descriptor, [.device, .officer, .nobody]),
        (Khien_V1_ReportingService.descriptor, [.device]),
        (Khien_V1_AdministrationService.descriptor, [.officer]),
        (Grpc_Health_V1_Health.descriptor, [.device, .officer]),
        (Grpc_Reflection_V1_ServerReflection.descriptor, [.officer]),
        (ReflectionAlphaHandler.descriptor, [.officer]),
        (ServiceDescriptor(fullyQualifiedService: "khien.v1.NewService"), []),
    ]

    @Test(arguments: table.indices, Who.allCases)
    func `each service is open to its callers only`(row: Int, who: Who) {
        let (service, allowed) = Self.table[row]
        do {
            try AccessPolicy.check(service, for: who.identity)
            #expect(allowed.contains(who))
        } catch {
            #expect(!allowed.contains(who))
            #expect(error.code == .permissionDenied)
        }
    }
}
