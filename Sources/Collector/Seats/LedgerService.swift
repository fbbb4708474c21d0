internal import Shared

/// Shows the ledger of any day.
struct LedgerService: Sendable {
    /// Accounts that one answer shows.
    static let balanceLimit = 20_000

    let database: Database
    let clock: WallClock

    /// What the ledger holds of a day.
    struct Contents: Sendable {
        /// On the first page only.
        var balances: [AccountBalance]
        var entries: Listing<LedgerEntry>
    }

    /// The ledger as an officer asks for it.
    struct Question: Sendable {
        /// 0 for all terms.
        var term: UInt32
        /// A unit's code or name, also of before; empty for all that the officer may see.
        var unit: String
        /// Empty for today.
        var day: String
        var pageSize: UInt32
        var pageToken: String
    }

    /// Entries in effect on a day, and the balances at its end, by all that is known now.
    ///
    /// What was decided later with an earlier day is among them: an entry says when it was recorded.
    func contents(_ question: Question, for caller: Caller) async throws(CollectorError) -> Contents {
        let size = try PageToken.size(question.pageSize)
        let token = try PageToken.parse(question.pageToken, parts: 1)
        let place = token.map { Int($0.parts[0]) ?? -1 } ?? 0
        guard (0...Int(Int32.max)).contains(place) else { throw PageToken.malformed }
        let day = question.day.isEmpty ? nil : try Decision.day(question.day)
        let now = clock.now()
        return try await database.read { sql in
            let book = try PolicyStore(sql: sql).policy(now: now).terms
            let scope = LedgerScope(
                term: question.term == 0 ? nil : try book.requireTerm(question.term).id,
                unit: try unit(question.unit, sql, for: caller),
                day: day ?? book.today
            )
            let seats = SeatStore(sql: sql)
            // The numbers of a unit's own entries would say how many there are of others: it is paged by their count.
            let isCounted = caller.ownUnit != nil
            var entries = try seats.entries(
                scope,
                after: isCounted ? 0 : Int64(place),
                skipping: isCounted ? place : 0,
                limit: size + 1
            )
            let isMore = entries.count > size
            if isMore { entries.removeLast() }
            let next = isCounted ? place + size : Int(entries.last?.id ?? 0)
            let balances = token == nil ? try seats.balances(scope, limit: Self.balanceLimit + 1) : []
            guard balances.count <= Self.balanceLimit else { throw Self.tooMany }
            return Contents(
                balances: balances,
                entries: Listing(
                    rows: caller.ownUnit == nil ? entries : entries.map { $0.shown(of: scope) },
                    total: try seats.entryCount(scope),
                    nextToken: isMore ? PageToken(["\(next)"]).text : ""
                )
            )
        }
    }

    private static let tooMany = CollectorError(
        .failedPrecondition,
        Phrase(
            "The ledger has over \(balanceLimit) accounts. Give a term or a unit: --term TERM, --unit CODE.",
            vi: "Sổ cái có hơn \(balanceLimit) tài khoản. Hãy nêu kỳ bản quyền hoặc đơn vị: --term KỲ, --unit MÃ."
        )
    )

    /// The account to look at: of units of before too, as they stood.
    private func unit(_ requested: String, _ sql: SQLTransaction, for caller: Caller) throws -> String? {
        guard !requested.isEmpty else { return caller.ownUnit }
        return try UnitDirectory(sql: sql).find(requested, for: caller).unit.code
    }
}

extension LedgerEntry {
    /// The entry as a unit's officer may see it: of other units neither names nor counts.
    fileprivate func shown(of scope: LedgerScope) -> LedgerEntry {
        func hidden(_ account: String) -> String {
            account.hasPrefix("unit:") && account != scope.account ? "center" : account
        }
        var entry = self
        entry.id = 0
        // What another unit got was decided on its own request, in words that were written to it.
        if hidden(to) != to {
            entry.requestID = nil
            entry.reason = ""
        }
        entry.from = hidden(from)
        entry.to = hidden(to)
        return entry
    }
}
