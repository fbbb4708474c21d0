internal import GRPCCore
internal import Messages
internal import Shared

/// Terms, allocations, the ledger, seats.
extension AdministrationHandler {
    func addTerm(
        request: Khien_V1_AddTermRequest,
        context: ServerContext
    ) async throws -> Khien_V1_AddTermResponse {
        let draft = TermService.Draft(
            productFamily: request.productFamily,
            totalSeats: request.totalSeats,
            startsOn: request.startsOn,
            endsOn: request.endsOn,
            silenceDays: request.silenceDays,
            document: request.document,
            renews: request.renewsTermID,
            copiesAllocations: request.copyAllocations
        )
        var response = Khien_V1_AddTermResponse()
        response.term = Khien_V1_Term(try await licenses.terms.add(draft, by: try await caller(context)))
        return response
    }

    func listTerms(
        request: Khien_V1_ListTermsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListTermsResponse {
        var response = Khien_V1_ListTermsResponse()
        response.terms = try await licenses.terms.list(for: try await caller(context)).map { Khien_V1_Term($0) }
        return response
    }

    func getTerm(
        request: Khien_V1_GetTermRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetTermResponse {
        let details = try await licenses.terms.details(request.id, for: try await caller(context))
        var response = Khien_V1_GetTermResponse()
        response.term = Khien_V1_Term(details.summary)
        response.allocations = details.allocations.map { Khien_V1_Allocation($0) }
        return response
    }

    func listAllocations(
        request: Khien_V1_ListAllocationsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListAllocationsResponse {
        let details = try await licenses.allocations.list(
            term: request.termID,
            unit: request.unit,
            for: try await caller(context)
        )
        var response = Khien_V1_ListAllocationsResponse()
        response.term = Khien_V1_Term(details.summary)
        response.allocations = details.allocations.map { Khien_V1_Allocation($0) }
        return response
    }

    func setAllocation(
        request: Khien_V1_SetAllocationRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SetAllocationResponse {
        let assigned = try await licenses.allocations.set(
            AllocationService.Assignment(
                term: request.termID,
                unit: request.unit,
                seats: request.seats,
                decision: try Decision(
                    document: request.document,
                    reason: request.reason,
                    effectiveOn: request.effectiveOn
                ),
                expectedRevision: request.expectedRevision
            ),
            by: try await caller(context)
        )
        var response = Khien_V1_SetAllocationResponse()
        response.change = Khien_V1_AllocationChange(assigned.change)
        response.term = Khien_V1_Term(assigned.term)
        return response
    }

    func importAllocations(
        request: Khien_V1_ImportAllocationsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ImportAllocationsResponse {
        let decision = try Decision?(request)
        let imported = try await licenses.allocations.take(
            AllocationService.Import(
                file: [UInt8](request.file),
                fileName: request.fileName,
                term: request.termID,
                decision: decision,
                expectedRevision: request.expectedRevision
            ),
            by: try await caller(context)
        )
        var response = Khien_V1_ImportAllocationsResponse()
        response.changes = imported.changes.map { Khien_V1_AllocationChange($0) }
        response.unchanged = UInt32(clamping: imported.unchanged)
        response.term = Khien_V1_Term(imported.term)
        response.applied = decision != nil
        return response
    }

    func getLedger(
        request: Khien_V1_GetLedgerRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetLedgerResponse {
        let contents = try await licenses.ledger.contents(
            LedgerService.Question(
                term: request.termID,
                unit: request.unit,
                day: request.at,
                pageSize: request.page.size,
                pageToken: request.page.token
            ),
            for: try await caller(context)
        )
        var response = Khien_V1_GetLedgerResponse()
        response.balances = contents.balances.map { Khien_V1_AccountBalance($0) }
        response.entries = contents.entries.rows.map { Khien_V1_LedgerEntry($0) }
        response.nextPageToken = contents.entries.nextToken
        response.total = UInt32(clamping: contents.entries.total)
        return response
    }

    func listSeats(
        request: Khien_V1_ListSeatsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListSeatsResponse {
        guard let view = SeatListService.View(rawValue: request.view.rawValue) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "This collector does not know that view of the seats. Use the command line of its version.",
                    vi: "Máy chủ thu thập không hỗ trợ cách xem này. Hãy dùng công cụ dòng lệnh cùng phiên bản."
                )
            )
        }
        let listing = try await licenses.seats.list(
            SeatListService.Question(
                unit: request.unit,
                view: view,
                idleDays: request.idleDays,
                pageSize: request.page.size,
                pageToken: request.page.token
            ),
            for: try await caller(context)
        )
        var response = Khien_V1_ListSeatsResponse()
        response.seats = listing.rows.map { Khien_V1_Seat($0) }
        response.total = UInt32(clamping: listing.total)
        response.nextPageToken = listing.nextToken
        return response
    }
}

extension Decision? {
    /// `nil` when only the difference is asked for.
    fileprivate init(_ request: Khien_V1_ImportAllocationsRequest) throws(CollectorError) {
        self =
            request.apply
            ? try Decision(document: request.document, reason: request.reason, effectiveOn: request.effectiveOn) : nil
    }
}
