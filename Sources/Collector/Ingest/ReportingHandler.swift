internal import GRPCCore
internal import Messages
internal import Shared

/// `khien.v1.ReportingService`: from the wire to the writer and back.
struct ReportingHandler: Khien_V1_ReportingService.SimpleServiceProtocol {
    let decoder: ReportDecoder
    let writer: ReportWriter
    let renewal: RenewalService
    let catalogs: CatalogService

    func submit(
        request: Khien_V1_SignedReport,
        context: ServerContext
    ) async throws -> Khien_V1_SubmitResponse {
        let device = try context.deviceIdentity()
        let report = try decoder.decode(request, from: device.id, publicKey: device.publicKey)
        return Khien_V1_SubmitResponse(try await writer.submit(report))
    }

    func renewCertificate(
        request: Khien_V1_RenewCertificateRequest,
        context: ServerContext
    ) async throws -> Khien_V1_RenewCertificateResponse {
        let device = try context.deviceIdentity()
        var response = Khien_V1_RenewCertificateResponse()
        response.certificate = try await renewal.renew(request.certificateRequest, for: device)
        return response
    }

    func getCatalog(
        request: Khien_V1_GetCatalogRequest,
        context: ServerContext
    ) async throws -> Khien_V1_SignedCatalog {
        Khien_V1_SignedCatalog(try await catalogs.signed(for: try context.deviceIdentity().id))
    }
}
