internal import GRPCCore
internal import GRPCNIOTransportHTTP2Posix
internal import Logging
internal import ServiceLifecycle

/// One listener as a part of the service group: serves until it is told to stop, then lets running calls end.
struct ListenerService: Service {
    let name: String
    let server: GRPCServer<HTTP2ServerTransport.Posix>
    let address: ListenAddress
    /// Connections that do not end by themselves are cut after this time.
    let drainTime: Duration
    let logger: Logger

    func run() async throws {
        let serving = Task { try await server.serve() }
        do {
            try await withTaskCancellationOrGracefulShutdownHandler {
                try await serving.value
            } onCancelOrGracefulShutdown: { [server, drainTime] in
                server.beginGracefulShutdown()
                // A client that does not answer the farewell would hold the stop up for as long as it likes.
                Task {
                    try? await Task.sleep(for: drainTime)
                    serving.cancel()
                }
            }
        } catch {
            if Task.isShuttingDownGracefully || Task.isCancelled {
                logger.info("connections were cut", metadata: ["listener": "\(name)"])
                return
            }
            throw CollectorError(
                .unavailable,
                "The \(name) listener on \(address) failed. Look at the log, and start the collector again.",
                cause: error
            )
        }
    }
}
