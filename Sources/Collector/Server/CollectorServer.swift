internal import GRPCCore
internal import GRPCNIOTransportHTTP2Posix
internal import Logging
internal import Messages
internal import ServiceLifecycle

/// The two listeners: enrollment for callers without a certificate, and everything else for callers with one of ours.
struct CollectorServer {
    /// What both listeners need.
    struct Foundation {
        let authority: CertificateAuthority
        let credentials: ServerCredentials
        let callers: CallerDirectory
        let clock: WallClock
        let logger: Logger
        var limits = ServerLimits()
        var enrollmentLimits = ServerLimits.enrollment
    }

    let reporting: ListenerService
    let enrollment: ListenerService
    let health: HealthState

    /// Both listeners over sockets that are bound already.
    ///
    /// `services` is what the main one offers beside health and reflection.
    /// - Throws: `CollectorError` (`dataDirectory`, `internal`).
    init(
        _ foundation: Foundation,
        reportingSocket: ListeningSocket,
        enrollmentSocket: ListeningSocket,
        services: [(descriptor: ServiceDescriptor, handler: any RegistrableRPCService)],
        enrollment: EnrollmentHandler
    ) throws(CollectorError) {
        let names =
            services.map(\.descriptor.fullyQualifiedService) + [
                Grpc_Health_V1_Health.descriptor.fullyQualifiedService,
                Grpc_Reflection_V1_ServerReflection.descriptor.fullyQualifiedService,
            ]
        health = HealthState(services: Set(names), watcherLimit: foundation.limits.healthWatchers)
        let reflection = ReflectionHandler(
            index: try DescriptorIndex.generated(),
            services: names,
            requestLimit: foundation.limits.reflectionRequests
        )
        let interceptor = CallInterceptor(
            logger: foundation.logger,
            clock: foundation.clock,
            metrics: CallMetrics(),
            callers: foundation.callers
        )
        self.reporting = try Self.listener(
            "reporting",
            foundation,
            socket: reportingSocket,
            clientCertificates: .required,
            limits: foundation.limits,
            services: services.map(\.handler) + [
                HealthHandler(state: health), reflection, ReflectionAlphaHandler(reflection: reflection),
            ],
            interceptor: interceptor
        )
        self.enrollment = try Self.listener(
            "enrollment",
            foundation,
            socket: enrollmentSocket,
            clientCertificates: .notAsked,
            limits: foundation.enrollmentLimits,
            services: [enrollment],
            interceptor: interceptor
        )
    }

    /// The parts of the service group in the order of their start; they stop in reverse.
    ///
    /// `announce` is called once both listeners accept.
    func services(announce: @escaping @Sendable () -> Void) -> [any Service] {
        let readiness = ReadinessService(
            transports: [reporting.server.transport, enrollment.server.transport],
            health: health,
            announce: announce
        )
        return [enrollment, reporting, readiness]
    }

    private static func listener(
        _ name: String,
        _ foundation: Foundation,
        socket: ListeningSocket,
        clientCertificates: ClientCertificatePolicy,
        limits: ServerLimits,
        services: [any RegistrableRPCService],
        interceptor: CallInterceptor
    ) throws(CollectorError) -> ListenerService {
        let transport = try SecureTransport.make(
            socket: socket,
            credentials: foundation.credentials,
            authority: foundation.authority,
            clientCertificates: clientCertificates,
            limits: limits
        )
        return ListenerService(
            name: name,
            server: GRPCServer(transport: transport, services: services, interceptors: [interceptor]),
            address: socket.address,
            drainTime: limits.drainTime,
            logger: foundation.logger
        )
    }
}
