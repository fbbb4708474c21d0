internal import Shared

/// Moves seats between accounts of a term by a decision, with the days of each account never going back, so that every past
/// day can be summed.
struct LedgerTransfer {
    let sql: SQLTransaction
    let policy: Policy
    let now: Milliseconds
    let officer: String
    let decision: Decision

    /// What becomes of a decision whose day is before the accounts' last entries, or before the term.
    enum Earlier: Sendable {
        /// It is refused.
        case isRefused
        /// It holds from the first day that the accounts allow. For what is decided about a unit as a whole: from when that
        /// is so, somebody else has decided, and the unit's own history keeps that day.
        case holdsLater
    }

    /// Writes an entry; nothing when there are no seats to move.
    /// - Throws: `CollectorError` (`failedPrecondition`) when the day does not fit the accounts.
    func post(
        _ seats: Int,
        term: TermRecord,
        from: LedgerAccount,
        to: LedgerAccount,
        request: Int64? = nil,
        earlier: Earlier = .isRefused
    ) throws {
        guard seats > 0 else { return }
        try SeatStore(sql: sql).post(
            LedgerPosting(
                term: term.id,
                from: from,
                to: to,
                seats: seats,
                document: decision.document,
                reason: decision.reason,
                officer: officer,
                effectiveOn: try day(term: term, accounts: [from, to], earlier: earlier),
                requestID: request
            ),
            now: now
        )
    }

    private func day(term: TermRecord, accounts: [LedgerAccount], earlier: Earlier) throws -> Day {
        let today = policy.terms.today
        let last = try accounts.compactMap { try SeatStore(sql: sql).lastDay(term: term.id, account: $0) }.max()
        switch earlier {
        case .isRefused: return try decision.day(in: term, last: last, today: today)
        case .holdsLater: return max(decision.effectiveOn ?? today, last ?? term.startsOn, term.startsOn)
        }
    }
}
