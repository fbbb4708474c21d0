internal import GRPCCore
internal import Messages

/// Findings with their life, and the policy.
extension AdministrationHandler {
    func listFindings(
        request: Khien_V1_ListFindingsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListFindingsResponse {
        Khien_V1_ListFindingsResponse(
            try await findings.list(try FindingService.Query(request), for: try await caller(context))
        )
    }

    func getFinding(
        request: Khien_V1_GetFindingRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetFindingResponse {
        Khien_V1_GetFindingResponse(try await findings.history(request.id, for: try await caller(context)))
    }

    func acknowledgeFinding(
        request: Khien_V1_AcknowledgeFindingRequest,
        context: ServerContext
    ) async throws -> Khien_V1_FindingAnswer {
        Khien_V1_FindingAnswer(
            try await findings.acknowledge(
                request.id,
                note: request.note,
                expected: request.expectedRevision,
                by: try await caller(context)
            )
        )
    }

    func waiveFinding(
        request: Khien_V1_WaiveFindingRequest,
        context: ServerContext
    ) async throws -> Khien_V1_FindingAnswer {
        Khien_V1_FindingAnswer(
            try await findings.waive(
                request.id,
                until: request.until,
                reason: request.reason,
                expected: request.expectedRevision,
                by: try await caller(context)
            )
        )
    }

    func unwaiveFinding(
        request: Khien_V1_UnwaiveFindingRequest,
        context: ServerContext
    ) async throws -> Khien_V1_FindingAnswer {
        Khien_V1_FindingAnswer(
            try await findings.unwaive(
                request.id,
                reason: request.reason,
                expected: request.expectedRevision,
                by: try await caller(context)
            )
        )
    }

    func getPolicy(
        request: Khien_V1_GetPolicyRequest,
        context: ServerContext
    ) async throws -> Khien_V1_PolicyAnswer {
        _ = try await caller(context)
        return Khien_V1_PolicyAnswer(try await policies.policy())
    }

    func setPolicy(
        request: Khien_V1_SetPolicyRequest,
        context: ServerContext
    ) async throws -> Khien_V1_PolicyAnswer {
        Khien_V1_PolicyAnswer(
            try await policies.set(
                try PolicyChange(request),
                reason: request.reason,
                expected: request.expectedRevision,
                by: try await caller(context)
            )
        )
    }
}
