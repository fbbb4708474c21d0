internal import Shared

/// Who holds a seat: never more than the cap, first come first served, and a freed seat goes on in the same transaction.
struct SeatLedger {
    /// Seats that one decision hands out while reports wait; upkeep hands out the rest within the minute.
    static let promotedAtOnce = 1000

    let sql: SQLTransaction
    let policy: Policy
    let now: Milliseconds

    private var seats: SeatStore { SeatStore(sql: sql) }
    private var book: TermBook { policy.terms }

    /// Brings a device's seat in line with the licensed products that it has.
    ///
    /// `isHeard`: by a report; a device that is judged again without one is as silent as before.
    /// - Returns: the seat that it has now.
    func settle(
        _ deviceID: String,
        unit: String,
        approved: [String],
        current: SeatState,
        isHeard: Bool = true
    ) throws -> SeatState {
        let families = approved.filter { !book.granting($0).isEmpty }
        guard let first = families.first else { return current == .none ? .none : try release(deviceID) }
        // With one licensed product ever there is nothing to look up.
        if current == .held, book.licensedFamilies.count == 1, book.lapsed.isEmpty { return .held }
        guard current != .none, let seat = try seats.seat(of: deviceID), families.contains(seat.family) else {
            if current != .none { try release(deviceID) }
            guard isHeard || current != .idle else { return try wait(deviceID, unit: unit, family: first) }
            return try enter(deviceID, unit: unit, family: first)
        }
        switch seat.state {
        // Seats of a term that is over are moved by upkeep: whoever has had the product longest first, not who reports first.
        case .none, .held: return seat.state
        case .idle: return isHeard ? try resume(deviceID) : .idle
        case .overCap:
            try promote(unit: unit, family: seat.family)
            return try seats.seat(of: deviceID)?.state ?? .none
        }
    }

    /// Gives up a device's seat, or its place in the queue; a freed seat goes to the longest waiting device of its unit.
    @discardableResult
    func release(_ deviceID: String) throws -> SeatState {
        guard let seat = try seats.seat(of: deviceID) else { return .none }
        try seats.remove(deviceID)
        try record(seat, term: seat.term, event: seat.state == .held ? "released" : "left-queue", state: .none)
        if seat.state == .held { try giveBack(seat) }
        return .none
    }

    /// Takes the seat, or the place in the queue, of a device that was silent for too long.
    ///
    /// It waits for no seat until it is heard of again; whose seat it was is first in the queue then.
    /// - Returns: the seat that is free now, which is to be passed on.
    func suspend(_ deviceID: String) throws -> SeatRecord? {
        guard let seat = try seats.seat(of: deviceID), seat.state != .idle else { return nil }
        // Who was never heard of since it is in the queue got the seat by a judgement of what it once reported.
        let wasHeard =
            try DeviceStore(sql: sql).state(deviceID).map { $0.reportDay >= seat.queuedAt.reportDay } ?? false
        let priority = seat.state == .held && wasHeard ? 0 : seat.priority
        try put(seat, state: .idle, term: seat.term, priority: priority, event: "idle")
        guard seat.state == .held else { return nil }
        try seats.giveBack(term: seat.term, unit: seat.unit)
        return seat
    }

    /// Brings a device back that was silent, when it is heard of again: a free seat, else its place in the queue.
    @discardableResult
    func resume(_ deviceID: String) throws -> SeatState {
        guard let seat = try seats.seat(of: deviceID) else { return .none }
        return seat.state == .idle ? try place(seat, event: "returned") : seat.state
    }

    /// Moves a device's seat to another unit, after the device itself was moved: held where the new unit has a free one,
    /// else in its queue, with the time that it has waited.
    func move(_ deviceID: String, to unit: String) throws {
        guard var seat = try seats.seat(of: deviceID), seat.unit != unit else { return }
        let former = seat
        seat.unit = unit
        if former.state == .idle {
            try put(seat, state: .idle, term: seat.term, priority: seat.priority, event: "moved")
        } else if book.granting(seat.family).isEmpty {
            try release(deviceID)
        } else {
            try place(seat, event: "moved")
            if former.state == .held { try giveBack(former) }
        }
    }

    /// Moves a seat out of a term that gives none any more: into one that does, else into its queue.
    ///
    /// Whoever moves several does it in the order of `queuedAt`.
    @discardableResult
    func renew(_ deviceID: String) throws -> SeatState {
        guard let seat = try seats.seat(of: deviceID) else { return .none }
        let terms = book.granting(seat.family)
        guard let next = terms.first else { return try release(deviceID) }
        guard seat.state == .held, !terms.contains(where: { $0.id == seat.term }) else { return seat.state }
        try seats.giveBack(term: seat.term, unit: seat.unit)
        for term in terms where try seats.takeFree(term: term.id, unit: seat.unit) {
            try put(seat, state: .held, term: term.id, priority: 1, event: "renewed")
            return .held
        }
        try put(seat, state: .overCap, term: next.id, priority: 1, event: "queued")
        return .overCap
    }

    /// Hands free seats of a unit to those that wait, the longest waiting first; to none that comes after a newcomer.
    /// - Returns: the devices that got one.
    @discardableResult
    func promote(
        unit: String,
        family: String,
        limit: Int = Self.promotedAtOnce,
        aheadOf newcomer: SeatRecord? = nil
    ) throws -> [String] {
        try level(unit: unit, family: family)
        var seated: [String] = []
        while seated.count < limit, let next = try seats.longestWaiting(unit: unit, family: family) {
            if let newcomer, newcomer.rank < next.rank { break }
            guard let term = try takeFree(family, unit: unit) else { break }
            try put(next, state: .held, term: term, priority: 1, event: "taken")
            seated.append(next.deviceID)
        }
        return seated
    }

    private func enter(_ deviceID: String, unit: String, family: String) throws -> SeatState {
        try place(newcomer(deviceID, unit: unit, family: family), event: nil)
    }

    /// Keeps a silent device for the queue of another product, until it is heard of.
    private func wait(_ deviceID: String, unit: String, family: String) throws -> SeatState {
        let seat = newcomer(deviceID, unit: unit, family: family)
        guard let term = book.granting(family).first else { return .none }
        try put(seat, state: .idle, term: term.id, priority: seat.priority, event: "idle")
        return .idle
    }

    private func newcomer(_ deviceID: String, unit: String, family: String) -> SeatRecord {
        SeatRecord(
            deviceID: deviceID,
            term: 0,
            unit: unit,
            family: family,
            state: .none,
            since: now,
            queuedAt: now,
            priority: 1
        )
    }

    /// Gives a device a seat of its unit, or a place in the queue, behind those that are ahead of it.
    ///
    /// The event is what it is called in the device's history; `nil` stands for the usual words.
    @discardableResult
    func place(_ seat: SeatRecord, event: String?) throws -> SeatState {
        guard let next = book.granting(seat.family).first else { return try release(seat.deviceID) }
        // Who waits longer goes first, also when a cap was raised a moment ago.
        let ahead = try promote(unit: seat.unit, family: seat.family, aheadOf: seat)
        // Beyond the limit others are still ahead: then it is upkeep's turn.
        if ahead.count < Self.promotedAtOnce, let term = try takeFree(seat.family, unit: seat.unit) {
            try put(seat, state: .held, term: term, priority: 1, event: event ?? "taken")
            return .held
        }
        try put(seat, state: .overCap, term: next.id, priority: seat.priority, event: event ?? "queued")
        return .overCap
    }

    private func giveBack(_ seat: SeatRecord) throws {
        try seats.giveBack(term: seat.term, unit: seat.unit)
        try promote(unit: seat.unit, family: seat.family)
    }

    /// Moves seats above the cap of one term into free ones that the unit has in others of the product.
    ///
    /// A cap that is lowered below its use would leave an excess in one term beside free seats in another, which newcomers
    /// would take: more seats than the unit was given in all.
    /// - Returns: how many were moved.
    @discardableResult
    func level(unit: String, family: String, limit: Int = Self.promotedAtOnce) throws -> Int {
        let terms = book.granting(family)
        guard terms.count > 1 else { return 0 }
        var moved = 0
        for term in terms {
            let account = try seats.account(term: term.id, unit: unit)
            let excess = min(account.used - account.cap, limit - moved)
            guard excess > 0 else { continue }
            for seat in try seats.held(term: term.id, unit: unit, limit: excess) {
                guard let next = try takeFree(family, unit: unit, owing: .lapsed) else { return moved }
                try seats.giveBack(term: seat.term, unit: unit)
                try put(seat, state: .held, term: next, priority: seat.priority, event: "renewed")
                moved += 1
            }
        }
        return moved
    }

    /// Seats to which others come first.
    private enum Owed {
        /// Those that are held in terms that give none any more.
        case lapsed
        /// These, and those above the caps of terms that do.
        case all
    }

    /// Takes a free seat that nobody else is owed: the seats of terms that are over come first.
    /// - Returns: the term whose seat it is.
    private func takeFree(_ family: String, unit: String, owing: Owed = .all) throws -> Int64? {
        let terms = book.granting(family)
        if terms.count > 1 || !book.lapsed(family).isEmpty {
            let all = UnitSeats(try seats.accounts(unit: unit), of: family, in: book)
            guard all.lapsed + (owing == .all ? all.excess : 0) < all.free else { return nil }
        }
        for term in terms where try seats.takeFree(term: term.id, unit: unit) { return term.id }
        return nil
    }

    func put(_ seat: SeatRecord, state: SeatState, term: Int64, priority: Int, event: String) throws {
        var seat = seat
        seat.state = state
        seat.term = term
        seat.priority = priority
        seat.since = now
        try seats.put(seat)
        try record(seat, term: term, event: event, state: state)
    }

    func record(_ seat: SeatRecord, term: Int64, event: String, state: SeatState) throws {
        try seats.addEvent(seat.deviceID, term: term, unit: seat.unit, event: event, now: now)
        try DeviceStore(sql: sql).setSeatState(seat.deviceID, state)
        try FindingLedger(sql: sql, policy: policy, now: now).follow(
            seat.deviceID,
            kinds: state == .overCap ? [.overCap] : state == .held && book.isExpired(term) ? [.termExpired] : []
        )
    }
}
