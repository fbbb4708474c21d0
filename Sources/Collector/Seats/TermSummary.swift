internal import Shared

/// A term as lists show it.
struct TermSummary: Sendable, Hashable {
    /// What is summed over all units.
    struct Sums: Sendable, Hashable {
        /// Seats that units hold by decisions.
        var allocated: Int
        /// Seats that no unit holds.
        var reserve: Int
        /// Seats in use.
        var used: Int
        /// The state of the term's ledger: the number of its last entry.
        var revision: Int64
    }

    var term: TermRecord
    var state: TermBook.State
    /// Negative when it is over.
    var daysLeft: Int
    /// `nil` for a unit's officer: they say what others hold.
    var sums: Sums?

    /// A term as this officer may see it.
    init(_ term: TermRecord, of book: TermBook, sql: SQLTransaction, for caller: Caller) throws {
        self.term = term
        state = book.state(of: term.id)
        daysLeft = book.daysLeft(term)
        guard caller.ownUnit == nil else { return }
        let seats = SeatStore(sql: sql)
        sums = Sums(
            allocated: term.totalSeats - term.reserveSeats,
            reserve: term.reserveSeats,
            used: try seats.used(term: term.id),
            revision: try seats.revision(term: term.id)
        )
    }
}

extension TermBook {
    /// Terms that a refusal lists.
    private static let namedTerms = 10

    /// The term that an officer means: 0 is the current one.
    /// - Throws: `CollectorError` (`notFound`).
    func requireTerm(_ id: UInt32) throws(CollectorError) -> TermRecord {
        guard let found = id == 0 ? current : term(Int64(id)) else {
            throw CollectorError(
                .notFound,
                Phrase(
                    "There is no term \(id). `khien term list` lists them.",
                    vi: "Không có kỳ bản quyền số \(id). Lệnh `khien term list` liệt kê các kỳ."
                )
            )
        }
        return found
    }

    /// - Throws: `CollectorError` (`failedPrecondition`) when a change names no term (0) and could mean several.
    func requireChoice(_ id: UInt32) throws(CollectorError) {
        guard id == 0, counting.count > 1 else { return }
        let named = counting.prefix(Self.namedTerms).map {
            "\($0.id) (\($0.productFamily), \($0.startsOn) – \($0.endsOn))"
        }
        throw CollectorError(
            .failedPrecondition,
            Phrase(
                "Several terms give seats now: \(named.joined(separator: ", ")). Say which one: --term NUMBER.",
                vi:
                    "Hiện có nhiều kỳ bản quyền đang cấp suất: \(named.joined(separator: ", ")). Hãy nêu rõ kỳ: --term SỐ."
            )
        )
    }

    /// The term that an officer means, for a change.
    /// - Throws: `CollectorError`: `notFound`; `failedPrecondition` when it gives no seats any more, or when none is named
    ///   and several give seats.
    func requireOpenTerm(_ id: UInt32) throws(CollectorError) -> TermRecord {
        try requireChoice(id)
        let term = try requireTerm(id)
        guard lapsed.contains(where: { $0.id == term.id }) else { return term }
        throw CollectorError(
            .failedPrecondition,
            Phrase(
                "Term \(term.id) gives no seats any more: another one took its place. Change that one; `khien term list` "
                    + "lists them.",
                vi: "Kỳ bản quyền số \(term.id) không còn cấp suất vì đã có kỳ khác thay thế. Hãy thay đổi ở kỳ mới; "
                    + "lệnh `khien term list` liệt kê các kỳ."
            )
        )
    }
}
