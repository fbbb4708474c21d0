internal import Shared

/// The figures of units and the list of conflicts.
struct UnitService: Sendable {
    let database: Database
    let clock: WallClock

    struct Overview: Sendable {
        var term: TermRecord
        var reserve: Int
        var units: [UnitRecord]
    }

    func overview(for caller: Caller) async throws(CollectorError) -> Overview {
        let now = clock.now()
        let unit = try caller.scope("")
        return try await database.read { sql in
            let policy = try PolicyStore(sql: sql).policy()
            return Overview(
                term: policy.term,
                reserve: try SeatStore(sql: sql).balance(term: policy.term.id, account: "reserve"),
                units: try UnitStore(sql: sql).summaries(
                    unit: unit,
                    term: policy.term.id,
                    silentSince: policy.silentSince(now)
                )
            )
        }
    }

    func conflicts(
        unit: String,
        pageSize: UInt32,
        pageToken: String,
        for caller: Caller
    ) async throws(CollectorError) -> Listing<ConflictRecord> {
        let scope = try caller.scope(unit)
        let size = try PageToken.size(pageSize)
        let token = try PageToken.parse(pageToken, parts: 2)
        let after = token.flatMap { token -> (openedAt: Milliseconds, id: Int64)? in
            guard let openedAt = Int64(token.parts[0]), let id = Int64(token.parts[1]) else { return nil }
            return (Milliseconds(openedAt), id)
        }
        return try await database.read { sql in
            try UnitStore(sql: sql).requireKnown(scope)
            let findings = FindingStore(sql: sql)
            let rows = try findings.conflicts(unit: scope, after: after, limit: size + 1)
            let page = Array(rows.prefix(size))
            let next = rows.count > size ? page.last : nil
            return Listing(
                rows: page,
                total: try findings.conflictCount(unit: scope),
                nextToken: next.map { PageToken(["\($0.openedAt.value)", "\($0.findingID)"]).text } ?? ""
            )
        }
    }
}

extension UnitStore {
    /// - Throws: `CollectorError` (`notFound`) when a unit is named and there is none of that code.
    func requireKnown(_ code: String?) throws {
        if let code, try name(of: code) == nil { throw Caller.unknownUnit(code) }
    }
}

extension Policy {
    /// The moment before which a device's last report makes it silent.
    func silentSince(_ now: Milliseconds) -> Milliseconds {
        now.adding(seconds: -86400 * Int64(silentAfterDays))
    }
}
