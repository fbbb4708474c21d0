internal import Shared

/// What one unit had, and is to have.
struct AllocationChange: Sendable, Hashable {
    var unit: String
    var unitName: String
    var former: Int
    var seats: Int
    var used: Int
}

/// Changes of what units hold in one term: all of them or none, within one transaction.
struct AllocationBook {
    let sql: SQLTransaction
    let policy: Policy
    let term: TermRecord
    let now: Milliseconds

    private var seats: SeatStore { SeatStore(sql: sql) }

    /// What is different from now.
    /// - Throws: `CollectorError` (`failedPrecondition`) when the reserve has not as many seats as it takes.
    func changes(_ wanted: [(unit: UnitIdentity, seats: Int)]) throws -> [AllocationChange] {
        let changes = try wanted.compactMap { unit, count -> AllocationChange? in
            let account = try seats.account(term: term.id, unit: unit.code)
            guard account.cap != count else { return nil }
            return AllocationChange(
                unit: unit.code,
                unitName: unit.name,
                former: account.cap,
                seats: count,
                used: account.used
            )
        }
        let more = changes.reduce(0) { $0 + $1.seats - $1.former }
        guard more <= term.reserveSeats else { throw shortage(changes, more: more) }
        return changes
    }

    /// Whether one unit can be given seats before the others are.
    /// - Throws: `CollectorError` (`failedPrecondition`): see `TermBook.requireNoSuccession`.
    func requireNoSuccession() throws { try policy.terms.requireNoSuccession(by: term, sql: sql) }

    /// Whether these first allocations leave out no unit that uses seats.
    /// - Throws: `CollectorError` (`failedPrecondition`): see `TermBook.requireAllUnits`.
    func requireAllUnits(_ wanted: [(unit: UnitIdentity, seats: Int)]) throws {
        guard wanted.contains(where: { $0.seats > 0 }) else { return }
        try policy.terms.requireAllUnits(Set(wanted.map(\.unit.code)), by: term, sql: sql)
    }

    /// Writes changes into the ledger, those that give back first, and hands what is free to those who wait.
    func apply(_ changes: [AllocationChange], _ decision: Decision, by caller: Caller) throws {
        guard !changes.isEmpty else { return }
        let accounts = [LedgerAccount.reserve] + changes.map { LedgerAccount.unit($0.unit) }
        let last = try accounts.compactMap { try seats.lastDay(term: term.id, account: $0) }.max()
        let day = try decision.day(in: term, last: last, today: policy.terms.today)
        for change in changes.filter({ $0.seats < $0.former }) + changes.filter({ $0.seats > $0.former }) {
            let isMore = change.seats > change.former
            try seats.post(
                LedgerPosting(
                    term: term.id,
                    from: isMore ? .reserve : .unit(change.unit),
                    to: isMore ? .unit(change.unit) : .reserve,
                    seats: abs(change.seats - change.former),
                    document: decision.document,
                    reason: decision.reason,
                    officer: caller.name,
                    effectiveOn: day
                ),
                now: now
            )
        }
        // With its first allocations a term may have taken another one's place.
        let ledger = SeatLedger(sql: sql, policy: try PolicyStore(sql: sql).policy(now: now), now: now)
        var left = SeatLedger.promotedAtOnce
        for change in changes where left > 0 {
            if change.seats > change.former {
                left -= try ledger.promote(unit: change.unit, family: term.productFamily, limit: left).count
            } else {
                left -= try ledger.level(unit: change.unit, family: term.productFamily, limit: left)
            }
        }
    }

    /// - Throws: `CollectorError` (`aborted`) when the term's ledger is not the one that the officer looked at.
    func requireRevision(_ expected: UInt64) throws {
        let revision = try seats.revision(term: term.id)
        guard UInt64(clamping: revision) != expected else { return }
        let last = try seats.lastEntry(term: term.id)
        let officer = last?.officer ?? ""
        let moment = (last?.at ?? now).spoken(minutesAhead: policy.minutesAheadOfUTC)
        throw CollectorError(
            .aborted,
            Phrase(
                "The allocations of term \(term.id) are not those that you looked at: \(officer) changed them on \(moment). "
                    + "Nothing was changed; look at them again with `khien allocation list`.",
                vi:
                    "Phân bổ của kỳ bản quyền số \(term.id) không còn như khi xem: \(officer) đã thay đổi vào \(moment). "
                    + "Chưa có gì được thay đổi; hãy xem lại bằng lệnh `khien allocation list`."
            )
        )
    }

    private func shortage(_ changes: [AllocationChange], more: Int) -> CollectorError {
        let reserve = term.reserveSeats
        if changes.count == 1, let change = changes.first {
            return CollectorError(
                .failedPrecondition,
                Phrase(
                    "\"\(change.unit)\" holds \(change.former) seats and is to hold \(change.seats): that takes \(more) out of "
                        + "the reserve, which has \(reserve). Give at most \(change.former + reserve), or lower another "
                        + "unit's allocation first.",
                    vi:
                        "Đơn vị \"\(change.unit)\" đang được phân bổ \(change.former) suất, nay là \(change.seats): cần "
                        + "\(more) suất từ dự phòng, trong khi dự phòng còn \(reserve). Chỉ có thể phân bổ tối đa "
                        + "\(change.former + reserve) suất, hoặc phải giảm phân bổ của đơn vị khác trước."
                )
            )
        }
        return CollectorError(
            .failedPrecondition,
            Phrase(
                "The changes take \(more) seats out of the reserve, which has \(reserve): \(more - reserve) too many of the "
                    + "term's \(term.totalSeats). Lower some allocations.",
                vi:
                    "Các thay đổi cần \(more) suất từ dự phòng, trong khi dự phòng còn \(reserve): vượt \(more - reserve) "
                    + "suất so với tổng \(term.totalSeats) suất của kỳ. Hãy giảm bớt phân bổ."
            )
        )
    }
}

extension Milliseconds {
    /// Day and minute by the province's clock, for messages.
    func spoken(minutesAhead: Int) -> String {
        let day = Day(milliseconds: value, minutesAhead: minutesAhead)
        let minutes = (value - day.start(minutesAhead: minutesAhead)) / 60_000
        func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day) \(padded(minutes / 60)):\(padded(minutes % 60))"
    }
}
