/// Who holds a seat and who waits.
extension Province {
    enum TermState { case upcoming, inForce, expired, succeeded }

    func state(of term: Int) -> TermState {
        if terms[term - 1].starts > today { return .upcoming }
        let isReplaced = terms.indices.map({ $0 + 1 }).contains { other in
            terms[other - 1].starts <= today && givesSeats(other) && takesPlace(other, of: term)
        }
        if isReplaced { return .succeeded }
        return terms[term - 1].ends < today ? .expired : .inForce
    }

    private func givesSeats(_ term: Int) -> Bool { terms[term - 1].givesSeats }

    /// By its words, or because it begins when the other one of its product is over.
    private func takesPlace(_ term: Int, of other: Int) -> Bool {
        terms[term - 1].renews == other
            || terms[term - 1].product == terms[other - 1].product && terms[term - 1].starts > terms[other - 1].ends
    }

    /// Terms that give seats for a product, the first to be asked first, counted from 1; those that are over come last.
    func granting(_ product: Int) -> [Int] {
        let all = terms.indices.map { $0 + 1 }.filter { terms[$0 - 1].product == product }
        let sorted = all.sorted { (terms[$0 - 1].starts, $0) < (terms[$1 - 1].starts, $1) }
        return sorted.filter { state(of: $0) == .inForce } + sorted.filter { state(of: $0) == .expired }
    }

    /// Whether a first allocation of this term would end the seats that are in use in others; also later, when it begins.
    func endsOthers(_ term: Int, isAhead: Bool = false) -> Bool { !unitsThatYield(to: term, isAhead: isAhead).isEmpty }

    /// Whose seats a first allocation of this term would end.
    func unitsThatYield(to term: Int, isAhead: Bool = false) -> Set<Int> {
        guard isAhead || terms[term - 1].starts <= today, !givesSeats(term) else { return [] }
        let others = terms.indices.map { $0 + 1 }.filter { other in
            granting(terms[other - 1].product).contains(other) && takesPlace(term, of: other)
        }
        return Set(
            devices.values.filter { device in
                device.seat.map { $0.place == .held && others.contains($0.term) } ?? false
            }.map(\.unit)
        )
    }

    /// Licensed products; by name, as the collector asks them.
    var licensed: [Int] {
        [0, 1].filter { !granting($0).isEmpty }.sorted { Self.products[$0] < Self.products[$1] }
    }

    /// What puts no device into violation.
    var approved: Set<Int> {
        let counting = terms.indices.map { $0 + 1 }.filter { granting(terms[$0 - 1].product).contains($0) }
        let current = counting.max { (terms[$0 - 1].starts, $0) < (terms[$1 - 1].starts, $1) } ?? 1
        return Set(licensed).union([terms[current - 1].product])
    }

    /// The queue of a unit for a product.
    func waiting(unit: Int, product: Int) -> [Int] {
        devices.filter { _, device in
            device.unit == unit && device.seat?.place == .waiting && device.seat?.product == product
        }
        .sorted { left, right in
            guard let first = left.value.seat, let second = right.value.seat else { return false }
            return (first.priority, first.queuedAt, left.key) < (second.priority, second.queuedAt, right.key)
        }
        .map(\.key)
    }

    /// A free seat of a unit that nobody else is owed: seats of terms that give none any more stay with their holders, and
    /// wait for upkeep to move them; seats above a cap go into another term.
    func free(unit: Int, product: Int, besidesExcess: Bool = true) -> Int? {
        let terms = granting(product)
        var owed = 0
        for term in self.terms.indices.map({ $0 + 1 }) where self.terms[term - 1].product == product {
            let used = used(term: term, unit: unit)
            if state(of: term) == .succeeded { owed += used }
            if besidesExcess, terms.contains(term) { owed += max(0, used - cap(term: term, unit: unit)) }
        }
        let open = terms.map { (term: $0, seats: max(0, cap(term: $0, unit: unit) - used(term: $0, unit: unit))) }
        guard open.reduce(0, { $0 + $1.seats }) > owed else { return nil }
        return open.first { $0.seats > 0 }?.term
    }

    /// Moves seats above the cap of one term into free ones of others, those that have been in the queue longest first.
    mutating func level(unit: Int, product: Int) {
        let terms = granting(product)
        for term in terms where terms.count > 1 {
            let excess = used(term: term, unit: unit) - cap(term: term, unit: unit)
            let holders = devices.filter {
                $0.value.unit == unit && $0.value.seat?.place == .held && $0.value.seat?.term == term
            }
            .sorted { ($0.value.seat?.queuedAt ?? 0, $0.key) < ($1.value.seat?.queuedAt ?? 0, $1.key) }
            for (id, _) in holders.prefix(max(0, excess)) {
                guard let next = free(unit: unit, product: product, besidesExcess: false) else { return }
                devices[id]?.seat?.term = next
                follow(id)
            }
        }
    }

    /// What a unit can give of a term without taking a seat from anybody, then or on the term's first day.
    func spare(term: Int, unit: Int) -> Int {
        let product = terms[term - 1].product
        var then = self
        if terms[term - 1].starts > today { then.now = Int64(terms[term - 1].starts) * Self.day }
        let open = then.granting(product)
        var owed = waiting(unit: unit, product: product).count
        for other in terms.indices.map({ $0 + 1 }) where terms[other - 1].product == product {
            if then.state(of: other) == .succeeded { owed += used(term: other, unit: unit) }
        }
        let free = open.reduce(0) { $0 + max(0, cap(term: $1, unit: unit) - used(term: $1, unit: unit)) }
        return min(cap(term: term, unit: unit) - used(term: term, unit: unit), free - owed)
    }

    /// Hands out what is free, the longest waiting first; nobody behind the last one gets any.
    mutating func fill(unit: Int, product: Int, upTo last: Int? = nil) {
        level(unit: unit, product: product)
        for next in waiting(unit: unit, product: product) {
            guard let term = free(unit: unit, product: product) else { return }
            devices[next]?.seat?.place = .held
            devices[next]?.seat?.term = term
            devices[next]?.seat?.priority = 1
            follow(next)
            if next == last { return }
        }
    }

    mutating func fillAll(unit: Int) {
        for product in [0, 1] { fill(unit: unit, product: product) }
    }

    /// Gives up a seat or a place in the queue.
    mutating func release(_ id: Int) {
        guard let device = devices[id], let seat = device.seat else { return }
        devices[id]?.seat = nil
        follow(id)
        if seat.place == .held { fill(unit: device.unit, product: seat.product) }
    }

    /// What a device has decides whether it holds or waits; one that is not heard of stays as silent as it is.
    ///
    /// In a closed unit there is nothing to hold or to wait for.
    mutating func settle(_ id: Int, isHeard: Bool = true) {
        guard let device = devices[id], isOpen(device.unit) else { return }
        let wanted = licensed.filter { device.has?.contains($0) == true }
        guard let first = wanted.first else { return release(id) }
        guard let seat = device.seat, wanted.contains(seat.product) else {
            release(id)
            devices[id]?.seat = Seat(product: first, place: .idle, queuedAt: now)
            return queue(id)
        }
        switch seat.place {
        case .held: break
        case .waiting: fill(unit: device.unit, product: seat.product)
        case .idle: if isHeard { queue(id) }
        }
    }

    /// Puts a device into its place in the queue, and gives it a seat where one is free for it.
    mutating func queue(_ id: Int) {
        guard let device = devices[id], let seat = device.seat else { return }
        guard let first = granting(seat.product).first else { return release(id) }
        devices[id]?.seat?.place = .waiting
        devices[id]?.seat?.term = first
        follow(id)
        fill(unit: device.unit, product: seat.product, upTo: id)
    }

    /// A seat of a term that gives none any more goes over into one that does, or its device waits.
    mutating func renew(_ id: Int) {
        guard let device = devices[id], let seat = device.seat, seat.place == .held else { return }
        let terms = granting(seat.product)
        guard let first = terms.first else { return release(id) }
        guard !terms.contains(seat.term) else { return }
        let free = terms.first { cap(term: $0, unit: device.unit) > used(term: $0, unit: device.unit) }
        devices[id]?.seat?.term = free ?? first
        if free == nil { devices[id]?.seat?.place = .waiting }
        follow(id)
    }

    /// The findings that follow from a seat.
    mutating func follow(_ id: Int) {
        let seat = devices[id]?.seat
        set(Kind.overCap, on: id, holds: seat?.place == .waiting)
        set(Kind.termExpired, on: id, holds: seat.map { $0.place == .held && state(of: $0.term) == .expired } ?? false)
    }

    mutating func set(_ kind: Int, on id: Int, holds: Bool, of products: Set<Int> = []) {
        let open = devices[id]?.findings[kind]
        if !holds {
            devices[id]?.findings[kind] = nil
            if let open { devices[id]?.former[kind] = open }
        } else {
            // A waiver that still runs goes over to a finding that comes back; it is for the products that it was given for,
            // whichever of them are there, and for no others.
            let former = open ?? devices[id]?.former[kind].flatMap { $0.waivedUntil >= today ? $0 : nil }
            let waived = former.flatMap { $0.isWaived && products.isSubset(of: $0.waivedFor) ? $0 : nil }
            devices[id]?.findings[kind] = Finding(
                isWaived: waived != nil,
                waivedUntil: waived?.waivedUntil ?? 0,
                products: products,
                waivedFor: waived?.waivedFor ?? []
            )
        }
    }
}
