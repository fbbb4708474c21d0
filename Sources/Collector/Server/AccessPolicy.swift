internal import GRPCCore
internal import Messages
internal import Shared

/// Who may call which service; one that is not named here is closed to everyone.
enum AccessPolicy {
    /// - Throws: `CollectorError` (`permissionDenied`).
    static func check(_ service: ServiceDescriptor, for client: ClientIdentity?) throws(CollectorError) {
        let isAllowed =
            switch (service, client) {
            case (Khien_V1_EnrollmentService.descriptor, _): true
            case (Khien_V1_ReportingService.descriptor, .device): true
            case (Khien_V1_AdministrationService.descriptor, .officer): true
            case (Grpc_Health_V1_Health.descriptor, .some): true
            case (Grpc_Reflection_V1_ServerReflection.descriptor, .officer): true
            case (ReflectionAlphaHandler.descriptor, .officer): true
            default: false
            }
        guard !isAllowed else { return }
        let caller = kind(client)
        let service = service.fullyQualifiedService
        throw CollectorError(
            .permissionDenied,
            Phrase(
                "\(caller.english) may not call \(service).",
                vi: "\(caller.vietnamese) không được gọi \(service)."
            )
        )
    }

    private static func kind(_ client: ClientIdentity?) -> Phrase {
        switch client {
        case .device: Phrase("A device", vi: "Thiết bị")
        case .officer: Phrase("An officer", vi: "Cán bộ")
        case nil: Phrase("A caller without a certificate", vi: "Bên gọi không có chứng thư")
        }
    }
}
