internal import GRPCCore
internal import Messages

/// Devices that go out of service, come back, and move.
extension AdministrationHandler {
    func retireDevice(
        request: Khien_V1_RetireDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        Khien_V1_DeviceAnswer(
            try await lifecycles.retire(request.id, reason: request.reason, by: try await caller(context))
        )
    }

    func restoreDevice(
        request: Khien_V1_RestoreDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        Khien_V1_DeviceAnswer(
            try await lifecycles.restore(request.id, reason: request.reason, by: try await caller(context))
        )
    }

    func moveDevice(
        request: Khien_V1_MoveDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        Khien_V1_DeviceAnswer(
            try await lifecycles.move(
                request.id,
                to: request.unit,
                reason: request.reason,
                expected: request.expectedUnitCode,
                by: try await caller(context)
            )
        )
    }

    func mergeDevices(
        request: Khien_V1_MergeDevicesRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        Khien_V1_DeviceAnswer(
            try await lifecycles.merge(
                keep: request.keepID,
                other: request.otherID,
                reason: request.reason,
                by: try await caller(context)
            )
        )
    }

    func unmergeDevice(
        request: Khien_V1_UnmergeDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_DeviceAnswer {
        Khien_V1_DeviceAnswer(
            try await lifecycles.unmerge(request.id, reason: request.reason, by: try await caller(context))
        )
    }
}
