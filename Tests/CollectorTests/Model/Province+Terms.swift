/// Terms and the calendar.
extension Province {
    mutating func open(_ term: Term, copies: Bool) -> Bool {
        guard term.total > 0, term.ends >= max(term.starts, today) else { return false }
        // All but the first are by one document, so that product and first day say whether it is the same contract.
        guard !terms.dropFirst().contains(where: { $0.product == term.product && $0.starts == term.starts })
        else { return false }
        var copied: [Int: Int] = [:]
        if term.renews != 0 {
            guard (1...terms.count).contains(term.renews), !terms.contains(where: { $0.renews == term.renews }),
                terms[term.renews - 1].starts < term.starts
            else { return false }
            if copies { copied = terms[term.renews - 1].caps.filter { $0.value > 0 } }
        } else if copies {
            return false
        }
        guard copied.values.reduce(0, +) <= term.total else { return false }
        addTerm(term)
        for (unit, seats) in copied { shift(seats, term: terms.count, from: nil, to: unit, day: term.starts) }
        // Upkeep does what follows, within the minute.
        if term.starts <= today { isKept = false }
        return true
    }

    /// What follows from the calendar: silent devices give up their seats, seats go over into terms that give some, free ones
    /// are handed out, devices of terms that are over are told, waivers end.
    mutating func keepUp() {
        isKept = true
        // A seat that goes over into another term has that one's limit of silence.
        repeat {
            repeat {
                suspendSilent()
                renewLapsed()
            } while devices.keys.contains(where: isOverdue)
            for unit in units.keys { fillAll(unit: unit) }
        } while devices.keys.contains(where: isOverdue)
        for id in devices.keys {
            follow(id)
            endWaivers(id)
        }
    }

    private mutating func suspendSilent() {
        for place in [Place.waiting, .held] {
            let silent = devices.keys.filter { devices[$0]?.seat?.place == place && isOverdue($0) }
            for id in silent { suspend(id) }
            guard place == .held else { continue }
            for unit in Set(silent.compactMap { devices[$0]?.unit }) {
                for product in Set(silent.compactMap { devices[$0]?.unit == unit ? devices[$0]?.seat?.product : nil }) {
                    fill(unit: unit, product: product)
                }
            }
        }
    }

    private mutating func renewLapsed() {
        for id in devices.keys.sorted() {
            guard let seat = devices[id]?.seat, seat.place == .waiting, granting(seat.product).isEmpty else { continue }
            release(id)
        }
        let held = devices.keys.filter { devices[$0]?.seat?.place == .held }
        for id in held.sorted(by: { order($0) < order($1) }) { renew(id) }
    }

    /// A device that was silent for too long waits for no seat, and holds none, until it is heard of again.
    ///
    /// Its seat is handed on when all that are silent have lost theirs.
    private mutating func suspend(_ id: Int) {
        guard let device = devices[id], let seat = device.seat else { return }
        devices[id]?.seat?.place = .idle
        guard seat.place == .held else { return follow(id) }
        // Who was never heard of since it is in the queue has nothing to come back to.
        if (device.reportedAt ?? 0) / Self.day >= seat.queuedAt / Self.day { devices[id]?.seat?.priority = 0 }
        follow(id)
    }

    private func isOverdue(_ id: Int) -> Bool {
        guard let device = devices[id], let seat = device.seat, seat.place != .idle else { return false }
        // Who waits is measured by the term that it waits for now.
        guard let term = seat.place == .held ? seat.term : granting(seat.product).first else { return false }
        return isSilent(device, for: terms[term - 1].silence)
    }

    private func order(_ id: Int) -> (Int64, Int) { (devices[id]?.seat?.queuedAt ?? 0, id) }

    /// Counted in days on which anybody was heard of; of more than four days without a word, one counts.
    private func isSilent(_ device: Device, for days: Int) -> Bool {
        guard let reportedAt = device.reportedAt else { return false }
        let since = heard.filter { $0 >= reportedAt / Self.day && $0 <= now / Self.day }.sorted()
        let silence = zip(since, since.dropFirst()).reduce(Int64(0)) { $0 + ($1.1 - $1.0 > 4 ? 1 : $1.1 - $1.0) }
        return silence > Int64(days)
    }

    private mutating func endWaivers(_ id: Int) {
        for (kind, finding) in devices[id]?.findings ?? [:] where finding.isWaived && finding.waivedUntil < today {
            devices[id]?.findings[kind]?.isWaived = false
        }
    }
}
