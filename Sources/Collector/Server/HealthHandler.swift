internal import GRPCCore
internal import Messages
internal import SwiftProtobuf

/// `grpc.health.v1.Health`.
struct HealthHandler: Grpc_Health_V1_Health.SimpleServiceProtocol {
    let state: HealthState

    func check(
        request: Grpc_Health_V1_HealthCheckRequest,
        context: ServerContext
    ) async throws -> Grpc_Health_V1_HealthCheckResponse {
        guard state.knows(request.service) else {
            throw CollectorError(.notFound, "There is no such service here. Ask reflection for the list.")
        }
        return answer(state.status)
    }

    func watch(
        request: Grpc_Health_V1_HealthCheckRequest,
        response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>,
        context: ServerContext
    ) async throws {
        let isKnown = state.knows(request.service)
        let (id, updates) = try state.watch()
        defer { state.leave(id) }
        try await withRPCCancellationHandler {
            // Of a service that is not here nothing new can be said until the end.
            if !isKnown { try await response.write(.with { $0.status = .serviceUnknown }) }
            for await status in updates where isKnown { try await response.write(answer(status)) }
        } onCancelRPC: {
            state.leave(id)
        }
    }

    private func answer(_ status: HealthState.Status) -> Grpc_Health_V1_HealthCheckResponse {
        .with { $0.status = status == .serving ? .serving : .notServing }
    }
}
