import GRPCCore
import Messages

/// Calls whose answers a test prepares by the method's name.
extension FakeAdministration {
    func getUnit(
        request: Khien_V1_GetUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetUnitResponse {
        try await answer("getUnit", request, context)
    }

    func setUnitContact(
        request: Khien_V1_SetUnitContactRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SetUnitContactResponse {
        try await answer("setUnitContact", request, context)
    }

    func addUnit(
        request: Khien_V1_AddUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        try await answer("addUnit", request, context)
    }

    func renameUnit(
        request: Khien_V1_RenameUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        try await answer("renameUnit", request, context)
    }

    func mergeUnits(
        request: Khien_V1_MergeUnitsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        try await answer("mergeUnits", request, context)
    }

    func splitUnit(
        request: Khien_V1_SplitUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        try await answer("splitUnit", request, context)
    }

    func closeUnit(
        request: Khien_V1_CloseUnitRequest,
        context: ServerContext
    ) async throws -> Khien_V1_UnitChangeAnswer {
        try await answer("closeUnit", request, context)
    }

    func addTerm(
        request: Khien_V1_AddTermRequest,
        context: ServerContext
    ) async throws -> Khien_V1_AddTermResponse {
        try await answer("addTerm", request, context)
    }

    func listTerms(
        request: Khien_V1_ListTermsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListTermsResponse {
        try await answer("listTerms", request, context)
    }

    func getTerm(
        request: Khien_V1_GetTermRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetTermResponse {
        try await answer("getTerm", request, context)
    }

    func listAllocations(
        request: Khien_V1_ListAllocationsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListAllocationsResponse {
        try await answer("listAllocations", request, context)
    }

    func setAllocation(
        request: Khien_V1_SetAllocationRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SetAllocationResponse {
        try await answer("setAllocation", request, context)
    }

    func importAllocations(
        request: Khien_V1_ImportAllocationsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ImportAllocationsResponse {
        try await answer("importAllocations", request, context)
    }

    func getLedger(
        request: Khien_V1_GetLedgerRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetLedgerResponse {
        try await answer("getLedger", request, context)
    }

    func listSeats(
        request: Khien_V1_ListSeatsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListSeatsResponse {
        try await answer("listSeats", request, context)
    }

    func createSeatRequest(
        request: Khien_V1_CreateSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        try await answer("createSeatRequest", request, context)
    }

    func listSeatRequests(
        request: Khien_V1_ListSeatRequestsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListSeatRequestsResponse {
        try await answer("listSeatRequests", request, context)
    }

    func getSeatRequest(
        request: Khien_V1_GetSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        try await answer("getSeatRequest", request, context)
    }

    func approveSeatRequest(
        request: Khien_V1_ApproveSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        try await answer("approveSeatRequest", request, context)
    }

    func refuseSeatRequest(
        request: Khien_V1_RefuseSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        try await answer("refuseSeatRequest", request, context)
    }

    func withdrawSeatRequest(
        request: Khien_V1_WithdrawSeatRequestRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SeatRequestAnswer {
        try await answer("withdrawSeatRequest", request, context)
    }

    func listFindings(
        request: Khien_V1_ListFindingsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListFindingsResponse {
        try await answer("listFindings", request, context)
    }

    func getFinding(
        request: Khien_V1_GetFindingRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetFindingResponse {
        try await answer("getFinding", request, context)
    }

    func acknowledgeFinding(
        request: Khien_V1_AcknowledgeFindingRequest,
        context: ServerContext
    ) async throws -> Khien_V1_FindingAnswer {
        try await answer("acknowledgeFinding", request, context)
    }

    func waiveFinding(
        request: Khien_V1_WaiveFindingRequest,
        context: ServerContext
    ) async throws -> Khien_V1_FindingAnswer {
        try await answer("waiveFinding", request, context)
    }

    func unwaiveFinding(
        request: Khien_V1_UnwaiveFindingRequest,
        context: ServerContext
    ) async throws -> Khien_V1_FindingAnswer {
        try await answer("unwaiveFinding", request, context)
    }

    func getPolicy(
        request: Khien_V1_GetPolicyRequest,
        context: ServerContext
    ) async throws -> Khien_V1_PolicyAnswer {
        try await answer("getPolicy", request, context)
    }

    func setPolicy(
        request: Khien_V1_SetPolicyRequest,
        context: ServerContext
    ) async throws -> Khien_V1_PolicyAnswer {
        try await answer("setPolicy", request, context)
    }

    func retireDevice(
        request: Khien_V1_RetireDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        try await answer("retireDevice", request, context)
    }

    func restoreDevice(
        request: Khien_V1_RestoreDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        try await answer("restoreDevice", request, context)
    }

    func moveDevice(
        request: Khien_V1_MoveDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        try await answer("moveDevice", request, context)
    }

    func mergeDevices(
        request: Khien_V1_MergeDevicesRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        try await answer("mergeDevices", request, context)
    }

    func unmergeDevice(
        request: Khien_V1_UnmergeDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        try await answer("unmergeDevice", request, context)
    }
}
