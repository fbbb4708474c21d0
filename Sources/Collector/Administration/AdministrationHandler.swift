internal import Foundation
internal import GRPCCore
internal import Messages
internal import Shared

/// `khien.v1.AdministrationService`: who asks, from the wire to the services, and back.
struct AdministrationHandler: Khien_V1_AdministrationService.SimpleServiceProtocol {
    let callers: CallerDirectory
    let units: UnitService
    let unitChanges: UnitChangeService
    let unitContacts: UnitContactService
    let requests: RequestService
    let devices: DeviceService
    let lifecycles: DeviceLifecycleService
    let findings: FindingService
    let policies: PolicyService
    let tokens: TokenService
    let officers: OfficerService
    let catalogs: CatalogService
    let unknowns: UnknownService
    let licenses: LicenseServices

    func caller(_ context: ServerContext) async throws -> Caller {
        try await callers.caller(try context.officerIdentity())
    }

    func listDevices(
        request: Khien_V1_ListDevicesRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListDevicesResponse {
        let listing = try await devices.list(
            unit: request.unit,
            filter: try DeviceFilter(request.standing),
            pageSize: request.page.size,
            pageToken: request.page.token,
            for: try await caller(context)
        )
        var response = Khien_V1_ListDevicesResponse()
        response.devices = listing.rows.map { Khien_V1_Device($0) }
        response.total = UInt32(clamping: listing.total)
        response.nextPageToken = listing.nextToken
        return response
    }

    func getDevice(
        request: Khien_V1_GetDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetDeviceResponse {
        Khien_V1_GetDeviceResponse(try await devices.details(request.id, for: try await caller(context)))
    }

    func revokeDevice(
        request: Khien_V1_RevokeDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_RevokeDeviceResponse {
        try await devices.revoke(request.id, reason: request.reason, by: try await caller(context))
        return Khien_V1_RevokeDeviceResponse()
    }

    func createToken(
        request: Khien_V1_CreateTokenRequest,
        context: ServerContext
    ) async throws -> Khien_V1_CreateTokenResponse {
        let created = try await tokens.create(
            unit: request.unitCode,
            uses: request.uses,
            lifetimeSeconds: request.lifetimeSeconds,
            by: try await caller(context)
        )
        var response = Khien_V1_CreateTokenResponse()
        response.token = Khien_V1_Token(created.token)
        response.join = created.join
        return response
    }

    func listTokens(
        request: Khien_V1_ListTokensRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListTokensResponse {
        let listing = try await tokens.list(
            pageSize: request.page.size,
            pageToken: request.page.token,
            for: try await caller(context)
        )
        var response = Khien_V1_ListTokensResponse()
        response.tokens = listing.rows.map { Khien_V1_Token($0) }
        response.nextPageToken = listing.nextToken
        response.total = UInt32(clamping: listing.total)
        return response
    }

    func revokeToken(
        request: Khien_V1_RevokeTokenRequest,
        context: ServerContext
    ) async throws -> Khien_V1_RevokeTokenResponse {
        try await tokens.revoke(request.id, by: try await caller(context))
        return Khien_V1_RevokeTokenResponse()
    }

    func addOfficer(
        request: Khien_V1_AddOfficerRequest,
        context: ServerContext
    ) async throws -> Khien_V1_AddOfficerResponse {
        guard let role = OfficerRole(rawValue: request.role.rawValue) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "An officer's role is center, unit or reader.",
                    vi: "Vai trò của cán bộ là center (trung tâm), unit (đơn vị) hoặc reader (chỉ xem)."
                )
            )
        }
        let added = try await officers.add(
            name: request.name,
            role: role,
            unit: request.unitCode,
            certificateRequest: [UInt8](request.certificateRequest),
            renews: request.renew,
            by: try await caller(context)
        )
        var response = Khien_V1_AddOfficerResponse()
        response.officer = Khien_V1_Officer(added.officer)
        response.certificate = Data(added.certificate)
        return response
    }

    func listOfficers(
        request: Khien_V1_ListOfficersRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListOfficersResponse {
        var response = Khien_V1_ListOfficersResponse()
        response.officers = try await officers.list(for: try await caller(context)).map { Khien_V1_Officer($0) }
        return response
    }

    func revokeOfficer(
        request: Khien_V1_RevokeOfficerRequest,
        context: ServerContext
    ) async throws -> Khien_V1_RevokeOfficerResponse {
        try await officers.revoke(request.name, by: try await caller(context))
        return Khien_V1_RevokeOfficerResponse()
    }
}
