internal import GRPCCore
internal import Messages

/// Catalogs and what they do not know.
extension AdministrationHandler {
    func listUnknowns(
        request: Khien_V1_ListUnknownsRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ListUnknownsResponse {
        let listing = try await unknowns.list(
            pageSize: request.page.size,
            pageToken: request.page.token,
            for: try await caller(context)
        )
        var response = Khien_V1_ListUnknownsResponse()
        response.unknowns = listing.rows.map { Khien_V1_UnknownAntivirus($0) }
        response.total = UInt32(clamping: listing.total)
        response.nextPageToken = listing.nextToken
        return response
    }

    func showCatalog(
        request: Khien_V1_ShowCatalogRequest,
        context: ServerContext
    ) async throws -> Khien_V1_ShowCatalogResponse {
        _ = try await caller(context)
        return Khien_V1_ShowCatalogResponse(catalogs.current, withText: request.withText)
    }

    func publishCatalog(
        request: Khien_V1_PublishCatalogRequest,
        context: ServerContext
    ) async throws -> Khien_V1_PublishCatalogResponse {
        Khien_V1_PublishCatalogResponse(
            try await catalogs.publish(request.text, dryRun: request.dryRun, by: try await caller(context))
        )
    }
}
