/// What the province should look like after a sequence of operations: written from the rules alone, with arrays, and sharing
/// nothing with the collector.
struct Province {
    static let products = ["kaspersky-endpoint-security", "drweb", "avast"]
    static let day: Int64 = 86_400_000

    struct Term {
        var product: Int
        var total: Int
        var starts: Int
        var ends: Int
        var silence: Int
        /// Counted from 1; 0 for none.
        var renews: Int
        var reserve = 0
        /// Whether any unit was ever given some.
        var givesSeats = false
        /// By unit.
        var caps: [Int: Int] = [:]
    }

    /// One side of an entry of the ledger.
    struct Posting {
        var term: Int
        /// -1 for the reserve.
        var unit: Int
        var seats: Int
        var day: Int
    }

    enum Place: Int { case waiting, held, idle }

    struct Seat: Equatable {
        var product: Int
        var place: Place
        /// Counted from 1; of who holds none, the first that was asked.
        var term = 0
        var queuedAt: Int64
        /// 0 for who returns.
        var priority = 1
    }

    /// What a merged device had, and the place of the one that was kept.
    struct Left: Equatable {
        var seat: Seat
        var isHandedOver: Bool
        var keptQueuedAt: Int64?
        var keptPriority: Int?
    }

    struct Finding: Equatable {
        var isWaived = false
        var waivedUntil = 0
        /// That it is about.
        var products: Set<Int> = []
        /// That it was about when it was waived.
        var waivedFor: Set<Int> = []
    }

    struct Device: Equatable {
        var unit: Int
        /// As the column: 0 in service, 1 retired, 2 merged, 3 revoked.
        var life = 0
        var lifeAt: Int64 = 0
        var mergedInto: Int?
        /// When it last came back by itself.
        var returnedAt: Int64?
        var reportedAt: Int64?
        /// As last reported; `nil` before the first report.
        var has: Set<Int>?
        var seat: Seat?
        var left: Left?
        /// Open ones by kind.
        var findings: [Int: Finding] = [:]
        /// The last that was closed.
        var former: [Int: Finding] = [:]
    }

    struct Unit: Equatable {
        var isClosed = false
        var successor: Int?
    }

    struct Request: Equatable {
        var term: Int
        var unit: Int
        var seats: Int
        /// As the column: 1 open, 2 approved, 3 refused, 4 withdrawn.
        var state = 1
        var granted = 0
    }

    var now: Int64
    var terms: [Term] = []
    var postings: [Posting] = []
    var units: [Int: Unit] = [:]
    var devices: [Int: Device] = [:]
    var requests: [Request] = []
    /// Raw values, of the kinds that were set.
    var severities: [Int: Int] = [:]
    /// Days in UTC on which any device was heard of.
    var heard: Set<Int64> = []
    /// Whether upkeep has had its turn since the day changed.
    var isKept = true

    /// A province with one term that has begun.
    init(now: Int64, starts: Int, caps: [Int], total: Int) {
        self.now = now
        for unit in caps.indices { units[unit] = Unit() }
        addTerm(Term(product: 0, total: total, starts: starts, ends: starts + 364, silence: 45, renews: 0))
        for (unit, seats) in caps.enumerated() { shift(seats, term: 1, from: nil, to: unit, day: starts) }
    }

    /// Of Vietnam's clock, counted from 1970.
    var today: Int { Int((now + 420 * 60_000) / Self.day) }

    /// Seats in use by term and unit, all at once.
    func used() -> [[Int]: Int] {
        var counts: [[Int]: Int] = [:]
        for device in devices.values {
            if let seat = device.seat, seat.place == .held { counts[[seat.term, device.unit], default: 0] += 1 }
        }
        return counts
    }

    /// Counted here; the collector keeps it.
    func used(term: Int, unit: Int) -> Int {
        var count = 0
        for device in devices.values where device.unit == unit {
            if let seat = device.seat, seat.place == .held, seat.term == term { count += 1 }
        }
        return count
    }

    func cap(term: Int, unit: Int) -> Int { terms[term - 1].caps[unit] ?? 0 }

    func isOpen(_ unit: Int) -> Bool { units[unit]?.isClosed == false }

    /// Where a unit's code leads, when that stands.
    func standing(_ unit: Int) -> Int? {
        var unit = unit
        while let successor = units[unit]?.successor { unit = successor }
        return isOpen(unit) ? unit : nil
    }

    /// What an account held at the end of a day.
    func balance(term: Int, unit: Int, day: Int) -> Int {
        postings.reduce(0) { $1.term == term && $1.unit == unit && $1.day <= day ? $0 + $1.seats : $0 }
    }

    mutating func addTerm(_ term: Term) {
        var term = term
        term.reserve = term.total
        terms.append(term)
        postings.append(Posting(term: terms.count, unit: -1, seats: term.total, day: term.starts))
    }

    /// Moves seats between a unit and another one or the reserve (`nil`).
    mutating func shift(_ seats: Int, term: Int, from: Int?, to: Int?, day: Int) {
        guard seats > 0 else { return }
        for (unit, change) in [(from, -seats), (to, seats)] {
            postings.append(Posting(term: term, unit: unit ?? -1, seats: change, day: day))
            terms[term - 1].givesSeats = terms[term - 1].givesSeats || to != nil
            if let unit { terms[term - 1].caps[unit, default: 0] += change } else { terms[term - 1].reserve += change }
        }
    }
}

/// Raw values of `FindingKind`.
enum Kind {
    static let multiple = 1
    static let unapproved = 2
    static let none = 3
    static let overCap = 7
    static let termExpired = 8
    static let standardSeverity = [multiple: 3, unapproved: 2, none: 3, 4: 1, 5: 3, 6: 2, overCap: 1, termExpired: 1]
}
