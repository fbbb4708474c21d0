/// Lists what devices have that acts like an antivirus and is in no catalog.
struct UnknownService: Sendable {
    let database: Database

    /// - Throws: `CollectorError` (`permissionDenied`) for a unit's officer: what is learned here goes into everybody's
    ///   catalog.
    func list(
        pageSize: UInt32,
        pageToken: String,
        for caller: Caller
    ) async throws(CollectorError) -> Listing<UnknownRecord> {
        try caller.requireProvince()
        let size = try PageToken.size(pageSize)
        let token = try PageToken.parse(pageToken, parts: 2)
        let after = token.flatMap { token in Int(token.parts[0]).map { (devices: $0, family: token.parts[1]) } }
        return try await database.read { sql in
            let unknowns = UnknownStore(sql: sql)
            let rows = try unknowns.page(after: after, limit: size + 1)
            let page = Array(rows.prefix(size))
            let next = rows.count > size ? page.last : nil
            return Listing(
                rows: page,
                total: try unknowns.count(),
                nextToken: next.map { PageToken(["\($0.devices)", $0.family]).text } ?? ""
            )
        }
    }
}
