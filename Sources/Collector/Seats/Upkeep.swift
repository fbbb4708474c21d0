internal import Shared

/// The end of a term, announced ahead.
struct TermNotice: Sendable, Hashable {
    var term: TermRecord
    /// To the last day; 0 when it is over.
    var daysLeft: Int
}

/// What the passing of time does to seats: silent devices give them back, terms end and follow one another.
///
/// What is left to do follows from the database alone, so that a step that is repeated, late or cut short does no harm.
struct Upkeep {
    /// Devices in one transaction: some tens of milliseconds for which reports wait.
    static let batchDevices = 100
    /// Days before a term's end at which it is announced, each once.
    static let noticeDays = [90, 30, 7]
    /// Who did it, in the audit.
    static let actor = "upkeep"

    /// What one step does.
    enum Work {
        /// Silent devices give back their seats, or places in the queue.
        case suspend([String])
        /// Devices wait for a product that no term gives seats for any more.
        case release([String])
        /// Seats of terms that are over, the longest queued first.
        case renew([String])
        case promote(unit: String, family: String)
        /// A unit holds more of one term than it was given, and less of another one.
        case level(unit: String, family: String)
        /// Devices hold seats of a term that has ended, and these are looked at as far as that id; none is left when it is `nil`.
        case expire(TermRecord, [String], reached: String?)
        /// Its end comes in so many days, which passes these marks.
        case announce(TermNotice, marks: [Int])
        /// Waivers of these findings are over.
        case endWaivers([Int64])

        /// What it is about, for a step that fails and is to be passed over.
        var subjects: [Subject] {
            switch self {
            case .suspend(let ids), .release(let ids), .renew(let ids): ids.map { .device($0) }
            case .expire(let term, let ids, _): ids.isEmpty ? [.term(term.id)] : ids.map { .device($0) }
            case .promote(let unit, let family), .level(let unit, let family): [.queue(unit: unit, family: family)]
            case .announce(let notice, _): [.term(notice.term.id)]
            case .endWaivers(let ids): ids.map { .finding($0) }
            }
        }
    }

    /// Something that a step works on.
    enum Subject: Sendable, Hashable {
        case device(String)
        case queue(unit: String, family: String)
        case term(Int64)
        case finding(Int64)
    }

    /// Which part of what is due is looked at.
    struct Scope: Sendable {
        /// Devices in one transaction.
        var batch = Upkeep.batchDevices
        /// What failed, and waits for the next pass.
        var passedOver: Set<Subject> = []
    }

    /// A step that has something to do and can do nothing.
    struct Stuck: Error {}

    private let sql: SQLTransaction
    private let policy: Policy
    private let now: Milliseconds
    private let scope: Scope
    /// Rows to ask for, so that a batch is left of them without those that are passed over.
    private var limit: Int { scope.batch + scope.passedOver.count }

    private var seats: SeatStore { SeatStore(sql: sql) }
    private var ledger: SeatLedger { SeatLedger(sql: sql, policy: policy, now: now) }
    private var book: TermBook { policy.terms }

    private init(_ sql: SQLTransaction, now: Milliseconds, scope: Scope) throws {
        self.sql = sql
        self.now = now
        self.scope = scope
        policy = try PolicyStore(sql: sql).policy(now: now)
    }

    /// Does the next thing that is due, for at most a batch of devices, and announces a term's end.
    /// - Returns: whether something was done: then there may be more.
    static func step(
        _ sql: SQLTransaction,
        now: Milliseconds,
        scope: Scope = Scope(),
        announce: (TermNotice) -> Void = { _ in }
    ) throws -> Bool {
        let upkeep = try Upkeep(sql, now: now, scope: scope)
        guard let work = try upkeep.next() else { return false }
        try upkeep.perform(work, announce: announce)
        return true
    }

    /// What is due next; changes nothing, so that a quiet minute takes no time from the reports.
    static func due(_ sql: SQLTransaction, now: Milliseconds, scope: Scope = Scope()) throws -> Work? {
        try Upkeep(sql, now: now, scope: scope).next()
    }

    private func next() throws -> Work? {
        let silent = try nextOfSilent()
        if !silent.isEmpty { return .suspend(silent) }
        if let work = try nextOfLapsed() ?? nextOfQueues() { return work }
        if let work = try nextOfEnds() { return work }
        let ended = try FindingStore(sql: sql).withEndedWaivers(now: now, limit: limit).filter {
            !scope.passedOver.contains(.finding($0))
        }
        return ended.isEmpty ? nil : .endWaivers(Array(ended.prefix(scope.batch)))
    }

    /// The devices that are not passed over, a batch of them.
    private func batch(_ ids: [String]) -> [String] {
        Array(ids.filter { !scope.passedOver.contains(.device($0)) }.prefix(scope.batch))
    }

    private func nextOfQueues() throws -> Work? {
        let limit = 1 + scope.passedOver.count
        func first(of units: [String], _ family: String) -> String? {
            units.first { !scope.passedOver.contains(.queue(unit: $0, family: family)) }
        }
        // All excess is moved before anybody is served: what it moves into is not free for those who wait.
        for term in book.counting {
            for other in book.granting(term.productFamily) where other.id != term.id {
                let units = try seats.unitsToLevel(from: term.id, to: other.id, limit: limit)
                if let unit = first(of: units, term.productFamily) {
                    return .level(unit: unit, family: term.productFamily)
                }
            }
        }
        for term in book.counting {
            let units = try seats.unitsToServe(term: term.id, family: term.productFamily, limit: limit)
            if let unit = first(of: units, term.productFamily) {
                return .promote(unit: unit, family: term.productFamily)
            }
        }
        return nil
    }

    /// Silent ones come before all else, so that their seats are not moved along while others lose theirs; and of these who
    /// wait, so that no freed seat goes to one of them.
    private func nextOfSilent() throws -> [String] {
        let terms = try book.counting + book.lapsed.filter { try seats.used(term: $0.id) > 0 }
        // A row more than days, for the day from which they are counted.
        let longest = 1 + (terms.map(\.silenceDays).max() ?? 0)
        let silence = Silence(heard: try seats.heardDays(upTo: now.reportDay, limit: longest))
        for family in book.licensedFamilies.sorted() {
            // Who waits is measured by the term that it waits for now: the one that it first asked may be over.
            guard let term = book.granting(family).first, let day = silence.cutoff(days: term.silenceDays) else {
                continue
            }
            let silent = try batch(seats.silentWaiting(family: family, before: day, limit: limit))
            if !silent.isEmpty { return silent }
        }
        var silent: [String] = []
        for term in terms where silent.count < scope.batch {
            guard let day = silence.cutoff(days: term.silenceDays) else { continue }
            silent += try batch(seats.silentHolders(term: term.id, before: day, limit: limit))
        }
        return Array(silent.prefix(scope.batch))
    }

    private func nextOfLapsed() throws -> Work? {
        for family in book.unlicensedFamilies.sorted() {
            let waiting = try batch(seats.waiting(family: family, limit: limit))
            if !waiting.isEmpty { return .release(waiting) }
        }
        for term in book.lapsed {
            for unit in try seats.unitsWithSeats(term: term.id, limit: 1 + scope.passedOver.count) {
                let held = try book.lapsed(term.productFamily).flatMap {
                    try seats.held(term: $0.id, unit: unit, limit: limit)
                }
                let next = batch(held.sorted { $0.rank < $1.rank }.map(\.deviceID))
                if !next.isEmpty { return .renew(next) }
            }
        }
        return nil
    }

    private func nextOfEnds() throws -> Work? {
        for term in book.terms where !scope.passedOver.contains(.term(term.id)) {
            switch book.state(of: term.id) {
            case .upcoming, .succeeded: continue
            case .inForce:
                let left = book.daysLeft(term)
                let marks = try Self.noticeDays.filter {
                    try left <= $0 && !seats.hasNotice(term: term.id, days: $0)
                }
                if !marks.isEmpty { return .announce(TermNotice(term: term, daysLeft: left), marks: marks) }
            case .expired:
                guard try seats.hasNotice(term: term.id, days: 0) else {
                    return .announce(TermNotice(term: term, daysLeft: book.daysLeft(term)), marks: [0])
                }
                if let work = try nextOfHolders(term) { return work }
            }
        }
        return nil
    }

    /// Holders of a term that has ended, who are to be told.
    private func nextOfHolders(_ term: TermRecord) throws -> Work? {
        guard let reached = try seats.reached(term: term.id) else { return nil }
        let holders = try seats.holdersToTell(term: term.id, after: reached, limit: limit)
        let next = batch(holders)
        // Those that are passed over are left for the next pass, which looks again from before the first of them.
        guard let first = holders.first(where: { scope.passedOver.contains(.device($0)) }) else {
            return .expire(term, next, reached: next.last)
        }
        return next.isEmpty ? nil : .expire(term, next, reached: next.last { $0 < first } ?? reached)
    }

    private func perform(_ work: Work, announce: (TermNotice) -> Void) throws {
        let findings = FindingLedger(sql: sql, policy: policy, now: now)
        switch work {
        case .suspend(let devices):
            try suspend(devices)
        case .release(let devices):
            for id in devices { try ledger.release(id) }
        case .renew(let devices):
            for id in devices { try ledger.renew(id) }
        case .promote(let unit, let family):
            guard try !ledger.promote(unit: unit, family: family, limit: scope.batch).isEmpty else { throw Stuck() }
        case .level(let unit, let family):
            guard try ledger.level(unit: unit, family: family, limit: scope.batch) > 0 else { throw Stuck() }
        case .expire(let term, let devices, let reached):
            for id in devices { try findings.follow(id, kinds: [.termExpired]) }
            try seats.putNotice(term: term.id, days: 0, reached: reached, now: now)
        case .announce(let notice, let marks):
            try note(notice, marks: marks)
            announce(notice)
        case .endWaivers(let ids):
            for id in ids { try findings.endWaiver(id) }
        }
    }

    /// Takes all their seats before any is passed on: to none of them, and whatever their order.
    private func suspend(_ ids: [String]) throws {
        let freed = try ids.compactMap { try ledger.suspend($0) }
        for seat in freed {
            try AuditStore(sql: sql).add(
                actor: Self.actor,
                action: "seat-released-silent",
                target: seat.deviceID,
                detail: "term \(seat.term), \(book.term(seat.term)?.silenceDays ?? 0) days",
                now: now
            )
        }
        for (unit, seats) in Dictionary(grouping: freed, by: \.unit) {
            for family in Set(seats.map(\.family)) { try ledger.promote(unit: unit, family: family) }
        }
    }

    private func note(_ notice: TermNotice, marks: [Int]) throws {
        let term = notice.term
        let isOver = marks == [0]
        // A term that gives no seats any more has no devices to tell.
        let reached = isOver && book.counting.contains { $0.id == term.id } ? "" : nil
        for days in marks { try seats.putNotice(term: term.id, days: days, reached: reached, now: now) }
        try AuditStore(sql: sql).add(
            actor: Self.actor,
            action: isOver ? "term-ended" : "term-ends-soon",
            target: "term:\(term.id)",
            detail: "last day \(term.endsOn), \(notice.daysLeft) days left",
            now: now
        )
    }
}
