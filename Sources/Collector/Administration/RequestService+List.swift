internal import Shared

extension RequestService {
    /// Open ones first, the oldest of them first; then the others, the last decided first.
    /// - Parameters:
    ///   - unit: a unit's code, old code or name; empty for all that the officer may see.
    ///   - state: `nil` for all.
    ///   - pageSize: 0 for the default.
    ///   - pageToken: of the page before; empty for the first.
    ///   - caller: a unit's officer sees the unit's own, and those of the units that went into it.
    /// - Returns: one page.
    /// - Throws: `CollectorError`.
    func list(
        unit: String,
        state: SeatRequestRecord.State?,
        pageSize: UInt32,
        pageToken: String,
        for caller: Caller
    ) async throws(CollectorError) -> Listing<SeatRequestRecord> {
        let size = try PageToken.size(pageSize)
        let after = try Place(token: pageToken)
        return try await database.read { sql in
            let scope = try UnitDirectory(sql: sql).scope(unit, for: caller, evenClosed: true)
            let requests = RequestStore(sql: sql)
            var rows: [SeatRequestRecord] = []
            if state == nil || state == .open, after?.isDecided != true {
                rows = try requests.open(unit: scope, after: after?.key ?? (.min, .min), limit: size + 1)
            }
            if state != .open, rows.count <= size {
                let isBehind = after?.isDecided == true
                rows += try requests.decided(
                    unit: scope,
                    state: state,
                    after: isBehind ? after?.key ?? (.max, .max) : (.max, .max),
                    limit: size + 1 - rows.count
                )
            }
            let page = Array(rows.prefix(size))
            let next = rows.count > size ? page.last : nil
            return Listing(
                rows: page.map { $0.seen(by: caller) },
                total: try requests.count(unit: scope, state: state),
                nextToken: next.map { Place($0).token } ?? ""
            )
        }
    }
}

/// The request that a page ends with.
private struct Place {
    var isDecided: Bool
    /// When it was filed, or decided, and its number.
    var key: (at: Int64, id: Int64)

    init(_ request: SeatRequestRecord) {
        isDecided = request.state != .open
        key = ((request.decidedAt ?? request.filedAt).value, request.id)
    }

    /// - Returns: `nil` for the first page.
    init?(token: String) throws(CollectorError) {
        guard let token = try PageToken.parse(token, parts: 3) else { return nil }
        guard let at = Int64(token.parts[1]), let id = Int64(token.parts[2]), ["0", "1"].contains(token.parts[0]) else {
            throw PageToken.malformed
        }
        isDecided = token.parts[0] == "1"
        key = (at, id)
    }

    var token: String { PageToken([isDecided ? "1" : "0", "\(key.at)", "\(key.id)"]).text }
}
