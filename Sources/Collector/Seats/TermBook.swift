internal import Shared

/// A license contract.
struct TermRecord: Sendable, Hashable {
    var id: Int64
    var productFamily: String
    var totalSeats: Int
    /// Seats that no unit holds: the ledger's balance.
    var reserveSeats = 0
    /// Whether any unit was ever given seats of it.
    var givesSeats = true
    /// The first and the last day.
    var startsOn: Day
    var endsOn: Day
    /// Days of silence after which a device's seat is released.
    var silenceDays = 45
    var document = ""
    /// The term that this one takes the place of; `nil` when it stands beside others.
    var renews: Int64?
    var addedBy = ""
    var addedAt = Milliseconds(0)
}

extension TermRecord {
    /// Whether it follows the other one, once it has begun and gives seats.
    fileprivate func takesPlace(of other: TermRecord) -> Bool {
        renews == other.id || productFamily == other.productFamily && startsOn > other.endsOn
    }
}

/// All terms on one day: which of them count, and which give seats.
///
/// Terms follow one another, and stand beside each other (more seats, or another product). One *takes the place* of another
/// when it has begun, gives seats to units, and either renews it or is of the same product and began after the other's end. A
/// term that is over goes on giving seats until one takes its place, so that nobody loses a seat by a date in a list, nor by
/// a renewal that was entered before its allocations; its devices have the finding `term-expired` meanwhile.
struct TermBook: Sendable, Hashable {
    /// Where a term stands on the day.
    enum State: Int, Sendable, Hashable {
        case upcoming = 1
        case inForce = 2
        case expired = 3
        case succeeded = 4
    }

    /// The one that begins last first.
    let terms: [TermRecord]
    let today: Day
    private let states: [Int64: State]
    private let granting: [String: [TermRecord]]
    /// Terms that have begun and give no seats any more: seats may still be held there until upkeep has moved them.
    let lapsed: [TermRecord]

    init(_ terms: [TermRecord], today: Day) {
        self.terms = terms.sorted { ($0.startsOn, $0.id) > ($1.startsOn, $1.id) }
        self.today = today
        let taking = terms.filter { $0.startsOn <= today && $0.givesSeats }
        var states: [Int64: State] = [:]
        for term in terms {
            states[term.id] =
                if term.startsOn > today {
                    .upcoming
                } else if taking.contains(where: { $0.takesPlace(of: term) }) {
                    .succeeded
                } else {
                    term.endsOn < today ? .expired : .inForce
                }
        }
        self.states = states
        let giving = terms.filter { states[$0.id] == .inForce || states[$0.id] == .expired }
        granting = Dictionary(grouping: giving, by: \.productFamily).mapValues { ofFamily in
            // Those that are over come last, so that a seat is taken in a contract that holds while there is one.
            ofFamily.sorted {
                ($0.endsOn < today ? 1 : 0, $0.startsOn, $0.id) < ($1.endsOn < today ? 1 : 0, $1.startsOn, $1.id)
            }
        }
        lapsed = terms.filter { states[$0.id] == .succeeded }
    }

    /// Where a term stands; upcoming when there is none of that number.
    func state(of id: Int64) -> State { states[id] ?? .upcoming }

    func term(_ id: Int64) -> TermRecord? { terms.first { $0.id == id } }

    /// The terms whose free seats a device with this product may take, in that order.
    func granting(_ family: String) -> [TermRecord] { granting[family] ?? [] }

    /// Products that a term gives seats for.
    var licensedFamilies: Set<String> { Set(granting.keys) }

    /// Terms that give seats now, the one that begins last first.
    var counting: [TermRecord] { terms.filter { term in granting(term.productFamily).contains { $0.id == term.id } } }

    /// What lists are headed with: the term that began last of those that give seats, else the next one.
    var current: TermRecord? { counting.first ?? terms.last }

    /// Those of one product.
    func lapsed(_ family: String) -> [TermRecord] { lapsed.filter { $0.productFamily == family } }

    /// Whether there were ever terms of more than one product.
    var hasSeveralProducts: Bool { terms.contains { $0.productFamily != terms[0].productFamily } }

    /// Products that had a term and are licensed no more.
    var unlicensedFamilies: Set<String> { Set(lapsed.map(\.productFamily)).subtracting(licensedFamilies) }

    /// Terms whose seats go over into this one as soon as any unit is given seats of it: it has begun, and gives none yet.
    ///
    /// `isAhead`: also those that will, once it has begun.
    func yielding(to term: TermRecord, isAhead: Bool = false) -> [TermRecord] {
        guard isAhead || term.startsOn <= today, !term.givesSeats else { return [] }
        return counting.filter { term.takesPlace(of: $0) }
    }

    /// Whether a term is over and none took its place.
    func isExpired(_ id: Int64) -> Bool { state(of: id) == .expired }

    /// Days from today to a term's last day; negative when it is over.
    func daysLeft(_ term: TermRecord) -> Int { term.endsOn.days(since: today) }
}
