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

/// What a unit has of one product, in all terms.
struct UnitSeats {
    /// Not in use, in the terms that give seats.
    var free = 0
    /// In use above the caps of these.
    var excess = 0
    /// In use in terms that give none any more.
    var lapsed = 0

    init(_ accounts: [SeatAccount], of family: String, in book: TermBook) {
        let granting = Set(book.granting(family).map(\.id))
        let over = Set(book.lapsed(family).map(\.id))
        for account in accounts {
            if granting.contains(account.term) {
                free += max(account.cap - account.used, 0)
                excess += max(account.used - account.cap, 0)
            } else if over.contains(account.term) {
                lapsed += account.used
            }
        }
    }
}

extension SeatLedger {
    /// What a unit can give away of a term.
    ///
    /// Around a renewal the new term's account is empty while its seats are in use in the former one. So what counts is how
    /// terms stand on the first day of this one, and who brings a seat along by then.
    func spare(of term: TermRecord, unit: String) throws -> SpareSeats {
        let store = SeatStore(sql: sql)
        let book = TermBook(policy.terms.terms, today: max(policy.terms.today, term.startsOn))
        let accounts = try store.accounts(unit: unit)
        let account = accounts.first { $0.term == term.id } ?? SeatAccount(term: term.id, cap: 0, used: 0)
        let all = UnitSeats(accounts, of: term.productFamily, in: book)
        let owed = try all.lapsed + store.waitingCount(unit: unit, family: term.productFamily)
        let seats = min(max(account.cap - account.used, 0), max(all.free - owed, 0))
        return SpareSeats(cap: account.cap, used: account.used, owed: owed, seats: seats)
    }
}
