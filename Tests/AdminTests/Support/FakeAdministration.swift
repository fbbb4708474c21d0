import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization

/// A collector that answers what a test prepared, and remembers what it was asked.
final class FakeAdministration: Khien_V1_AdministrationService.SimpleServiceProtocol {
    /// What it answers.
    struct Answers: Sendable {
        var units = Khien_V1_ListUnitsResponse()
        /// The answers of the other calls, by method; an empty message without one.
        var messages: [String: any SwiftProtobuf.Message] = [:]
        var devices: [Khien_V1_Device] = []
        var device = Khien_V1_GetDeviceResponse()
        var token = Khien_V1_CreateTokenResponse()
        var tokens = Khien_V1_ListTokensResponse()
        var officers = Khien_V1_ListOfficersResponse()
        var unknowns: [Khien_V1_UnknownAntivirus] = []
        var catalog = Khien_V1_ShowCatalogResponse()
        /// Makes a certificate in DER from a request in DER.
        var certify: (@Sendable (_ name: String, _ request: [UInt8]) throws -> [UInt8])?
        /// Refuses every call.
        var refusal: RPCError?
        /// Refuses the calls of these methods.
        var refusals: [String: RPCError] = [:]
        /// Never answers any call.
        var isSilent = false
        /// Pages of devices never end.
        var repeatsPages = false
    }

    /// What it was asked, as method and argument.
    var calls: [String] { log.withLock { $0 } }

    private let answers: Answers
    private let log = Mutex<[String]>([])

    init(_ answers: Answers = Answers()) {
        self.answers = answers
    }

    private func record(_ call: String, _ context: ServerContext) async throws {
        log.withLock { $0.append(call) }
        if let refusal = answers.refusal { throw refusal }
        if answers.isSilent { try await context.cancellation.cancelled }
    }

    /// Remembers the call with its request as JSON, and answers what was prepared for the method.
    func answer<Request: SwiftProtobuf.Message, Response: SwiftProtobuf.Message>(
        _ method: String,
        _ request: Request,
        _ context: ServerContext
    ) async throws -> Response {
        try await record("\(method) \(try request.jsonString())", context)
        if let refusal = answers.refusals[method] { throw refusal }
        guard let prepared = answers.messages[method] else { return Response() }
        guard let response = prepared as? Response else {
            throw RPCError(code: .internalError, message: "The test prepared another message for \(method).")
        }
        return response
    }

    private func page<Row>(_ rows: [Row], _ page: Khien_V1_Page) throws -> (rows: [Row], next: String) {
        let start = page.token.isEmpty ? 0 : Int(page.token) ?? rows.count
        let end = min(rows.count, start + Int(page.size))
        return (Array(rows[start..<end]), end < rows.count ? String(end) : "")
    }

    func listUnits(
        request: Khien_V1_ListUnitsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListUnitsResponse {
        try await record(request.withClosed ? "listUnits closed" : "listUnits", context)
        return answers.units
    }

    func listDevices(
        request: Khien_V1_ListDevicesRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListDevicesResponse {
        let standing = request.standing == .unspecified ? "" : " \(request.standing)"
        try await record("listDevices \(request.unit) \(request.page.size) \(request.page.token)\(standing)", context)
        let page = try page(answers.devices, answers.repeatsPages ? .with { $0.size = 1 } : request.page)
        return .with {
            $0.devices = page.rows
            $0.nextPageToken = page.next
            $0.total = UInt32(answers.devices.count)
        }
    }

    func getDevice(
        request: Khien_V1_GetDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_GetDeviceResponse {
        try await record("getDevice \(request.id)", context)
        return answers.device
    }

    func listUnknowns(
        request: Khien_V1_ListUnknownsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListUnknownsResponse {
        try await record("listUnknowns \(request.page.size) \(request.page.token)", context)
        let page = try page(answers.unknowns, request.page)
        return .with {
            $0.unknowns = page.rows
            $0.nextPageToken = page.next
            $0.total = UInt32(answers.unknowns.count)
        }
    }

    func showCatalog(
        request: Khien_V1_ShowCatalogRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ShowCatalogResponse {
        try await record("showCatalog \(request.withText)", context)
        return answers.catalog
    }

    func publishCatalog(
        request: Khien_V1_PublishCatalogRequest,
        context: ServerContext
    ) async throws -> Khien_V1_PublishCatalogResponse {
        try await record("publishCatalog \(request.text.count) \(request.dryRun)", context)
        return .with {
            $0.version = 3
            $0.formerVersion = 2
            $0.devices = 5037
        }
    }

    func revokeDevice(
        request: Khien_V1_RevokeDeviceRequest,
        context: ServerContext
    ) async throws -> Khien_V1_RevokeDeviceResponse {
        try await record("revokeDevice \(request.id) \(request.reason)", context)
        return Khien_V1_RevokeDeviceResponse()
    }

    func createToken(
        request: Khien_V1_CreateTokenRequest,
        context: ServerContext
    ) async throws -> Khien_V1_CreateTokenResponse {
        try await record("createToken \(request.unitCode) \(request.uses) \(request.lifetimeSeconds)", context)
        return answers.token
    }

    func listTokens(
        request: Khien_V1_ListTokensRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListTokensResponse {
        try await record("listTokens", context)
        return answers.tokens
    }

    func revokeToken(
        request: Khien_V1_RevokeTokenRequest,
        context: ServerContext
    ) async throws -> Khien_V1_RevokeTokenResponse {
        try await record("revokeToken \(request.id)", context)
        return Khien_V1_RevokeTokenResponse()
    }

    func addOfficer(
        request: Khien_V1_AddOfficerRequest,
        context: ServerContext
    ) async throws -> Khien_V1_AddOfficerResponse {
        let verb = request.renew ? "renewOfficer" : "addOfficer"
        try await record("\(verb) \(request.name) \(request.role) \(request.unitCode)", context)
        guard let certify = answers.certify else { throw RPCError(code: .unimplemented, message: "Not prepared.") }
        let certificate = try certify(request.name, Array(request.certificateRequest))
        return .with {
            $0.officer.name = request.name
            $0.officer.role = request.role
            $0.officer.unitCode = request.unitCode
            $0.officer.createdAtMs = Run.now
            $0.officer.certificateExpiresAtMs = Run.now
            $0.certificate = .init(certificate)
        }
    }

    func listOfficers(
        request: Khien_V1_ListOfficersRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListOfficersResponse {
        try await record("listOfficers", context)
        return answers.officers
    }

    func revokeOfficer(
        request: Khien_V1_RevokeOfficerRequest,
        context: ServerContext
    ) async throws -> Khien_V1_RevokeOfficerResponse {
        try await record("revokeOfficer \(request.name)", context)
        return Khien_V1_RevokeOfficerResponse()
    }
}
