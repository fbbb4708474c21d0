extension Province {
    /// What a step should do.
    /// - Returns: whether it is accepted; what is refused changes nothing.
    mutating func apply(_ step: Step) -> Bool {
        var next = self
        let isAccepted = next.perform(step.operation)
        guard isAccepted, !(step.isStale && step.operation.carriesRevision) else { return false }
        self = next
        return true
    }

    private mutating func perform(_ operation: Operation) -> Bool {
        switch operation {
        case .enroll(let device, let unit): enroll(device, unit: unit)
        case .report(let device, let products): report(device, has: Set((0..<3).filter { products >> $0 & 1 == 1 }))
        case .heartbeat(let device): report(device, has: nil)
        case .retire(let device): retire(device)
        case .restore(let device): restore(device)
        case .move(let device, let unit): move(device, to: unit)
        case .merge(let device, let keep): merge(device, into: keep)
        case .unmerge(let device): unmerge(device)
        case .revoke(let device): revoke(device)
        case .days(let days, let upkeep): pass(days: days, upkeep: upkeep)
        case .allocate(let term, let unit, let seats): allocate(term: term, unit: unit, seats: seats)
        case .importAllocations(let term, let first, let seats):
            importAllocations(term: term, firstUnit: first, seats: seats)
        case .ask(let unit, let seats, let term): ask(unit: unit, seats: seats, term: term)
        case .approve(let request, let seats, let from): approve(request, seats: seats, from: from)
        case .refuse(let request): answer(request, state: 3)
        case .withdraw(let request): answer(request, state: 4)
        case .addTerm(let product, let seats, let startsIn, let days, let silence, let renews, let copies):
            open(
                Term(
                    product: product,
                    total: seats,
                    starts: today + startsIn,
                    ends: today + startsIn + days - 1,
                    silence: silence,
                    renews: renews
                ),
                copies: copies
            )
        case .addUnit(let unit): addUnit(unit)
        case .mergeUnits(let gone, let into): mergeUnits(gone, into: into)
        case .split(let unit, let new, let seats, let devices): split(unit, new: new, seats: seats, devices: devices)
        case .close(let unit): close(unit)
        case .waive(let device, let kind, let days): waive(device, kind: kind, days: days)
        case .unwaive(let device, let kind): unwaive(device, kind: kind)
        case .setSeverity(let kind, let severity): setSeverity(kind: kind, severity: severity)
        }
    }

    /// An even number of days goes by with others that report daily, an odd one is an outage.
    static func busyDays(_ days: Int, until now: Int64) -> [Int64] {
        guard days > 0, days % 2 == 0 else { return [] }
        return Array((now / day - Int64(days) + 1)...(now / day))
    }

    private mutating func pass(days: Int, upkeep: Bool) -> Bool {
        now += Int64(days) * Self.day
        for day in Self.busyDays(days, until: now) { heard.insert(day) }
        isKept = isKept && days == 0
        if upkeep { keepUp() }
        return true
    }
}

extension Operation {
    /// Whether its request says what the officer looked at.
    var carriesRevision: Bool {
        switch self {
        case .allocate, .importAllocations, .approve, .refuse, .withdraw, .waive, .unwaive, .setSeverity, .move: true
        default: false
        }
    }
}
