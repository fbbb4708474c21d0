/// Units that are added, merged, split and closed. `false`: refused, and nothing changes.
extension Province {
    mutating func addUnit(_ unit: Int) -> Bool {
        guard units[unit] == nil else { return false }
        units[unit] = Unit()
        return true
    }

    mutating func mergeUnits(_ gone: [Int], into: Int) -> Bool {
        guard !gone.isEmpty, isOpen(into), gone.allSatisfy({ isOpen($0) && $0 != into }), Set(gone).count == gone.count
        else { return false }
        for unit in gone {
            for term in 1...terms.count {
                shift(cap(term: term, unit: unit), term: term, from: unit, to: into, day: day(term))
            }
            for id in devices.keys where devices[id]?.unit == unit { devices[id]?.unit = into }
            for index in requests.indices where requests[index].unit == unit && requests[index].state == 1 {
                requests[index].unit = into
            }
            units[unit] = Unit(isClosed: true, successor: into)
        }
        fillAll(unit: into)
        return true
    }

    mutating func split(_ unit: Int, new: Int, seats: Int, devices ids: [Int]) -> Bool {
        guard isOpen(unit), units[new] == nil, seats > 0 || !ids.isEmpty, let current,
            ids.allSatisfy({ devices[$0]?.unit == unit })
        else { return false }
        let product = terms[current - 1].product
        let caps = granting(product).map { (term: $0, seats: cap(term: $0, unit: unit)) }
        guard caps.reduce(0, { $0 + $1.seats }) >= seats else { return false }
        units[new] = Unit()
        for id in ids { devices[id]?.unit = new }
        // Those that fit stay as they are, in the seats that come along.
        var left = seats
        var settled: Set<Int> = []
        for (term, cap) in caps {
            let count = min(left, cap)
            left -= count
            shift(count, term: term, from: unit, to: new, day: day(term))
            let held = ids.filter { id in
                devices[id]?.seat?.place == .held && devices[id]?.seat?.product == product && !settled.contains(id)
            }
            for id in held.sorted(by: { splitOrder($0, term) < splitOrder($1, term) }).prefix(count) {
                devices[id]?.seat?.term = term
                settled.insert(id)
                follow(id)
            }
        }
        let others = ids.filter { devices[$0]?.seat != nil && !settled.contains($0) }
        moveSeats(of: others.sorted { queueOrder($0) < queueOrder($1) }, from: unit)
        fillAll(unit: new)
        fillAll(unit: unit)
        return true
    }

    /// One after the other: who has not had its turn still has its seat where it was.
    private mutating func moveSeats(of ids: [Int], from unit: Int) {
        let new = ids.first.flatMap { devices[$0]?.unit }
        for id in ids { devices[id]?.unit = unit }
        for id in ids {
            if let new { devices[id]?.unit = new }
            moveSeat(id, from: unit)
        }
    }

    private func splitOrder(_ id: Int, _ term: Int) -> (Int, Int64, Int) {
        guard let seat = devices[id]?.seat else { return (2, 0, id) }
        return (seat.term == term ? 0 : 1, seat.queuedAt, id)
    }

    private func queueOrder(_ id: Int) -> (Int, Int64, Int) {
        guard let seat = devices[id]?.seat else { return (2, 0, id) }
        return (seat.priority, seat.queuedAt, id)
    }

    mutating func close(_ unit: Int) -> Bool {
        guard isOpen(unit), !devices.values.contains(where: { $0.unit == unit && $0.life == 0 }) else { return false }
        for term in 1...terms.count {
            shift(cap(term: term, unit: unit), term: term, from: unit, to: nil, day: day(term))
        }
        for index in requests.indices where requests[index].unit == unit && requests[index].state == 1 {
            requests[index].state = 4
        }
        units[unit]?.isClosed = true
        return true
    }

    /// The term that lists are headed with, counted from 1.
    var current: Int? {
        (1...terms.count).filter { granting(terms[$0 - 1].product).contains($0) }
            .max { (terms[$0 - 1].starts, $0) < (terms[$1 - 1].starts, $1) }
    }
}
