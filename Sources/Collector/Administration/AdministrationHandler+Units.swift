internal import GRPCCore
internal import Messages

/// How a unit stands, and how units change.
extension AdministrationHandler {
    func listUnits(
        request: Khien_V1_ListUnitsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListUnitsResponse {
        Khien_V1_ListUnitsResponse(
            try await units.overview(withClosed: request.withClosed, for: try await caller(context))
        )
    }

    func getUnit(
        request: Khien_V1_GetUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetUnitResponse {
        Khien_V1_GetUnitResponse(try await units.details(request.unit, for: try await caller(context)))
    }

    func setUnitContact(
        request: Khien_V1_SetUnitContactRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SetUnitContactResponse {
        let set = try await unitContacts.set(
            UnitContactService.Change(
                name: request.hasName ? request.name : nil,
                phone: request.hasPhone ? request.phone : nil,
                email: request.hasEmail ? request.email : nil,
                trainedOn: request.hasTrainedOn ? request.trainedOn : nil
            ),
            of: request.unit,
            expectedRevision: request.expectedRevision,
            by: try await caller(context)
        )
        var response = Khien_V1_SetUnitContactResponse()
        response.unitCode = set.unit
        response.contact = Khien_V1_UnitContact(set.contact)
        return response
    }

    func addUnit(
        request: Khien_V1_AddUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        let caller = try await changer(context)
        let change = try await unitChanges.add(
            UnitChangeService.NewUnit(code: request.code, name: request.name, group: request.group),
            decision: try Decision(request.decision),
            by: caller
        )
        return Khien_V1_UnitChangeAnswer([change])
    }

    func renameUnit(
        request: Khien_V1_RenameUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        let caller = try await changer(context)
        let change = try await unitChanges.rename(
            request.unit,
            name: request.name,
            group: request.group,
            decision: try Decision(request.decision),
            expectedRevision: request.expectedRevision,
            by: caller
        )
        return Khien_V1_UnitChangeAnswer([change])
    }

    func mergeUnits(
        request: Khien_V1_MergeUnitsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        let caller = try await changer(context)
        return Khien_V1_UnitChangeAnswer(
            try await unitChanges.merge(
                request.units,
                into: request.into,
                decision: try Decision(request.decision),
                by: caller
            )
        )
    }

    func splitUnit(
        request: Khien_V1_SplitUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        let caller = try await changer(context)
        let change = try await unitChanges.split(
            request.unit,
            into: UnitChangeService.NewUnit(code: request.code, name: request.name, group: request.group),
            seats: request.seats,
            devices: request.deviceIds,
            decision: try Decision(request.decision),
            by: caller
        )
        return Khien_V1_UnitChangeAnswer([change])
    }

    func closeUnit(
        request: Khien_V1_CloseUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        let caller = try await changer(context)
        let change = try await unitChanges.close(request.unit, decision: try Decision(request.decision), by: caller)
        return Khien_V1_UnitChangeAnswer([change])
    }

    /// Who may not decide is told that before anything is said about the decision.
    private func changer(_ context: ServerContext) async throws -> Caller {
        let caller = try await caller(context)
        try caller.requireCenter()
        return caller
    }
}
