internal import Shared

/// What a unit has of a term, and how much of it nobody needs.
struct SpareSeats: Sendable, Hashable {
    var cap: Int
    var used: Int
    /// Devices without a seat of this term that need one: they wait, or their seats move over when a term ends.
    var owed: Int
    /// What can be given away without taking a seat from anybody.
    var seats: Int
}

extension SeatLedger {
    /// What a unit can give away of a term.
    ///
    /// Around a renewal the new term's account is empty while its seats are in use in the former one. So what counts is how
    /// terms stand on the first day of this one, and who brings a seat along by then.
    func spare(of term: TermRecord, unit: String) throws -> SpareSeats {
        let store = SeatStore(sql: sql)
        let book = TermBook(policy.terms.terms, today: max(policy.terms.today, term.startsOn))
        let granting = Set(book.granting(term.productFamily).map(\.id))
        let lapsed = Set(book.lapsed(term.productFamily).map(\.id))
        let accounts = try store.accounts(unit: unit)
        let account = accounts.first { $0.term == term.id } ?? SeatAccount(term: term.id, cap: 0, used: 0)
        let moving = accounts.reduce(0) { lapsed.contains($1.term) ? $0 + $1.used : $0 }
        let owed = try moving + store.waitingCount(unit: unit, family: term.productFamily)
        let free = accounts.reduce(0) { granting.contains($1.term) ? $0 + max($1.cap - $1.used, 0) : $0 }
        let seats = min(max(account.cap - account.used, 0), max(free - owed, 0))
        return SpareSeats(cap: account.cap, used: account.used, owed: owed, seats: seats)
    }
}
