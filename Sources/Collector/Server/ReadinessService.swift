internal import GRPCNIOTransportHTTP2Posix
internal import ServiceLifecycle

/// Says once that both listeners accept, and is the first to hear that they soon will not.
struct ReadinessService: Service {
    let transports: [HTTP2ServerTransport.Posix]
    let health: HealthState
    let announce: @Sendable () -> Void

    func run() async throws {
        for transport in transports { _ = try await transport.listeningAddress }
        health.serve()
        announce()
        // Ends with an error when the group is cancelled instead; the outcome is the same.
        try? await gracefulShutdown()
        health.end()
    }
}
