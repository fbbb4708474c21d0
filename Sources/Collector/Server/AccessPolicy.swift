internal import GRPCCore
internal import Messages

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
        throw CollectorError(.permissionDenied, "\(kind(client)) may not call \(service.fullyQualifiedService).")
    }

    private static func kind(_ client: ClientIdentity?) -> String {
        switch client {
        case .device: "A device"
        case .officer: "An officer"
        case nil: "A caller without a certificate"
        }
    }
}
