internal import GRPCCore
internal import Messages
internal import Shared

/// Requests for more seats.
extension AdministrationHandler {
    func createSeatRequest(
        request: Khien_V1_CreateSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        Khien_V1_SeatRequestAnswer(
            try await requests.create(
                unit: request.unit,
                seats: request.seats,
                reason: request.reason,
                term: request.termID,
                by: try await caller(context)
            )
        )
    }

    func listSeatRequests(
        request: Khien_V1_ListSeatRequestsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListSeatRequestsResponse {
        let caller = try await caller(context)
        let state = SeatRequestRecord.State(rawValue: request.state.rawValue)
        guard state != nil || request.state == .unspecified else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "There is no such state of a request. Ask for open, approved, refused or withdrawn ones, or for all.",
                    vi: "Không có trạng thái đề nghị này. Hãy chọn open, approved, refused, withdrawn, hoặc tất cả."
                )
            )
        }
        let listing = try await requests.list(
            unit: request.unit,
            state: state,
            pageSize: request.page.size,
            pageToken: request.page.token,
            for: caller
        )
        var response = Khien_V1_ListSeatRequestsResponse()
        response.requests = listing.rows.map { Khien_V1_SeatRequest($0) }
        response.total = UInt32(clamping: listing.total)
        response.nextPageToken = listing.nextToken
        return response
    }

    func getSeatRequest(
        request: Khien_V1_GetSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        Khien_V1_SeatRequestAnswer(try await requests.get(request.id, for: try await caller(context)))
    }

    func approveSeatRequest(
        request: Khien_V1_ApproveSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        let caller = try await caller(context)
        try caller.requireCenter()
        return Khien_V1_SeatRequestAnswer(
            try await requests.approve(
                request.id,
                RequestService.Grant(
                    seats: request.seats,
                    source: request.source,
                    answer: request.answer,
                    decision: try Decision(
                        document: request.document,
                        reason: request.answer,
                        effectiveOn: request.effectiveOn
                    ),
                    expectedRevision: request.expectedRevision
                ),
                by: caller
            )
        )
    }

    func refuseSeatRequest(
        request: Khien_V1_RefuseSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        Khien_V1_SeatRequestAnswer(
            try await requests.refuse(
                request.id,
                answer: request.answer,
                expectedRevision: request.expectedRevision,
                by: try await caller(context)
            )
        )
    }

    func withdrawSeatRequest(
        request: Khien_V1_WithdrawSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        Khien_V1_SeatRequestAnswer(
            try await requests.withdraw(
                request.id,
                expectedRevision: request.expectedRevision,
                by: try await caller(context)
            )
        )
    }
}
