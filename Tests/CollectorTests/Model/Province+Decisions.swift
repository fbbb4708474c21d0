/// What officers decide about seats, findings and the policy. `false`: refused, and nothing changes.
extension Province {
    mutating func allocate(term: Int, unit: Int, seats: Int) -> Bool {
        guard mayAllocate(term), isOpen(unit), seats == cap(term: term, unit: unit) || !endsOthers(term) else {
            return false
        }
        return set([(unit, seats)], term: term)
    }

    mutating func importAllocations(term: Int, firstUnit: Int, seats: [Int]) -> Bool {
        let wanted = seats.enumerated().map { (firstUnit + $0.offset, $0.element) }
        guard mayAllocate(term), wanted.allSatisfy({ isOpen($0.0) }) else { return false }
        if endsOthers(term), wanted.contains(where: { $0.1 > 0 }) {
            guard unitsThatYield(to: term).isSubset(of: wanted.map(\.0)) else { return false }
            // Upkeep moves the seats of the terms whose place it takes, within the minute.
            isKept = false
        }
        return set(wanted, term: term)
    }

    func mayAllocate(_ term: Int) -> Bool {
        guard (1...terms.count).contains(term) else { return false }
        return state(of: term) == .upcoming || granting(terms[term - 1].product).contains(term)
    }

    func mayAsk(_ term: Int) -> Bool {
        (1...terms.count).contains(term) && [.upcoming, .inForce].contains(state(of: term))
    }

    private mutating func set(_ wanted: [(unit: Int, seats: Int)], term: Int) -> Bool {
        let changes = wanted.map { ($0.unit, $0.seats - cap(term: term, unit: $0.unit)) }
        guard changes.reduce(0, { $0 + $1.1 }) <= terms[term - 1].reserve else { return false }
        for (unit, change) in changes where change < 0 {
            shift(-change, term: term, from: unit, to: nil, day: day(term))
        }
        for (unit, change) in changes where change > 0 {
            shift(change, term: term, from: nil, to: unit, day: day(term))
        }
        for (unit, change) in changes {
            let product = terms[term - 1].product
            if change > 0 {
                fill(unit: unit, product: product)
            } else if change < 0 {
                level(unit: unit, product: product)
            }
        }
        return true
    }

    /// From which day a decision holds that names none.
    func day(_ term: Int) -> Int { max(today, terms[term - 1].starts) }

    mutating func ask(unit: Int, seats: Int, term: Int) -> Bool {
        guard mayAsk(term), let unit = standing(unit) else { return false }
        requests.append(Request(term: term, unit: unit, seats: seats))
        return true
    }

    func isPending(_ request: Int) -> Bool {
        requests.indices.contains(request - 1) && requests[request - 1].state == 1
    }

    mutating func approve(_ id: Int, seats: Int, from: Int?) -> Bool {
        let giver = from.flatMap { isOpen($0) ? $0 : nil }
        guard isPending(id), from == nil || giver != nil else { return false }
        let request = requests[id - 1]
        let granted = seats == 0 ? request.seats : seats
        guard granted > 0, granted <= request.seats, mayAsk(request.term), !endsOthers(request.term, isAhead: true)
        else {
            return false
        }
        if let from = giver {
            guard from != request.unit, spare(term: request.term, unit: from) >= granted else { return false }
        } else {
            guard terms[request.term - 1].reserve >= granted else { return false }
        }
        requests[id - 1].state = 2
        requests[id - 1].granted = granted
        shift(granted, term: request.term, from: giver, to: request.unit, day: day(request.term))
        fill(unit: request.unit, product: terms[request.term - 1].product)
        return true
    }

    mutating func answer(_ id: Int, state: Int) -> Bool {
        guard isPending(id) else { return false }
        requests[id - 1].state = state
        return true
    }

    mutating func waive(_ id: Int, kind: Int, days: Int) -> Bool {
        guard days > 0, days <= 366, let finding = devices[id]?.findings[kind] else { return false }
        let last = today + days
        devices[id]?.findings[kind]?.isWaived = true
        devices[id]?.findings[kind]?.waivedUntil = last
        devices[id]?.findings[kind]?.waivedFor = finding.products
        return true
    }

    mutating func unwaive(_ id: Int, kind: Int) -> Bool {
        guard devices[id]?.findings[kind]?.isWaived == true else { return false }
        devices[id]?.findings[kind]?.isWaived = false
        return true
    }

    mutating func setSeverity(kind: Int, severity: Int) -> Bool {
        guard severities[kind] ?? Kind.standardSeverity[kind] != severity else { return false }
        severities[kind] = severity
        return true
    }

    /// Raw values of the kinds that are violations.
    var violations: [Int] {
        Kind.standardSeverity.filter { (severities[$0.key] ?? $0.value) >= 2 }.keys.sorted()
    }
}
