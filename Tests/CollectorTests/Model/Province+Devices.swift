/// What devices do and what officers do with them. `false`: refused, and nothing changes.
extension Province {
    mutating func enroll(_ id: Int, unit: Int) -> Bool {
        guard isOpen(unit) else { return false }
        if devices[id] == nil { devices[id] = Device(unit: unit) }
        return true
    }

    mutating func report(_ id: Int, has: Set<Int>?) -> Bool {
        guard let device = devices[id], device.life != 3 else { return false }
        // Who was out of service and came back by itself within a month is not given another day.
        let isWatched = device.returnedAt.map { now - $0 < 30 * Self.day } ?? false
        if device.life != 0, now - device.lifeAt > Self.day || isWatched {
            comeBack(id)
            devices[id]?.returnedAt = now
        }
        devices[id]?.reportedAt = now
        heard.insert(now / Self.day)
        if let has, has != device.has {
            devices[id]?.has = has
            judge(id)
            if devices[id]?.life == 0 { settle(id) }
        } else if devices[id]?.seat?.place == .idle {
            queue(id)
        }
        return true
    }

    /// The findings that follow from what is installed.
    mutating func judge(_ id: Int) {
        guard let has = devices[id]?.has else { return }
        set(Kind.multiple, on: id, holds: has.count > 1, of: has)
        let unapproved = has.subtracting(approved)
        set(Kind.unapproved, on: id, holds: !unapproved.isEmpty, of: unapproved)
        set(Kind.none, on: id, holds: has.isEmpty)
    }

    mutating func retire(_ id: Int) -> Bool {
        guard devices[id]?.life == 0 else { return false }
        leave(id, life: 1)
        return true
    }

    mutating func restore(_ id: Int) -> Bool {
        guard let device = devices[id], device.life == 1, isOpen(device.unit) else { return false }
        comeBack(id)
        return true
    }

    mutating func revoke(_ id: Int) -> Bool {
        guard let device = devices[id] else { return false }
        if device.life != 3 { leave(id, life: 3) }
        return true
    }

    mutating func move(_ id: Int, to named: Int) -> Bool {
        guard let device = devices[id], let unit = standing(named), device.unit != unit, device.life != 3 else {
            return false
        }
        devices[id]?.unit = unit
        if isOpen(device.unit) {
            moveSeat(id, from: device.unit)
        } else if device.life == 0, device.has != nil {
            // Where it was there are no seats: it has its claim from now on.
            judge(id)
            settle(id)
        }
        return true
    }

    /// After the device itself was moved.
    mutating func moveSeat(_ id: Int, from unit: Int) {
        guard let seat = devices[id]?.seat, seat.place != .idle else { return }
        queue(id)
        if seat.place == .held { fill(unit: unit, product: seat.product) }
    }

    mutating func merge(_ id: Int, into keep: Int) -> Bool {
        guard id != keep, let other = devices[id], let kept = devices[keep], other.life < 2, kept.life == 0,
            !devices.values.contains(where: { $0.mergedInto == id })
        else { return false }
        let seat = kept.seat.flatMap { $0.product == other.seat?.product ? $0 : nil }
        devices[id]?.left = nil
        if let gone = other.seat {
            devices[id]?.left = Left(
                seat: gone,
                isHandedOver: seat.map { $0.place != .held && gone.place == .held && other.unit == kept.unit } ?? false,
                keptQueuedAt: seat?.queuedAt,
                keptPriority: seat?.priority
            )
        }
        if let gone = other.seat, let seat {
            devices[keep]?.seat?.queuedAt = min(seat.queuedAt, gone.queuedAt)
            if seat.place != .held {
                if other.unit == kept.unit, gone.place == .held {
                    devices[id]?.seat = nil
                    follow(id)
                    devices[keep]?.seat?.place = .held
                    devices[keep]?.seat?.term = gone.term
                    devices[keep]?.seat?.priority = 1
                    follow(keep)
                } else {
                    devices[keep]?.seat?.priority = min(seat.priority, gone.priority)
                    release(id)
                    if seat.place == .waiting { fill(unit: kept.unit, product: seat.product) }
                }
            }
        }
        leave(id, life: 2)
        devices[id]?.mergedInto = keep
        return true
    }

    mutating func unmerge(_ id: Int) -> Bool {
        guard let device = devices[id], device.life == 2, isOpen(device.unit) else { return false }
        comeBack(id)
        return true
    }

    private mutating func leave(_ id: Int, life: Int) {
        release(id)
        devices[id]?.life = life
        devices[id]?.lifeAt = now
        devices[id]?.mergedInto = nil
    }

    /// Back into service, judged from what was reported last.
    private mutating func comeBack(_ id: Int) {
        let keep = devices[id]?.mergedInto
        devices[id]?.life = 0
        devices[id]?.lifeAt = now
        devices[id]?.mergedInto = nil
        part(id, from: keep)
        guard devices[id]?.has != nil else { return }
        judge(id)
        settle(id, isHeard: false)
    }

    /// What later mergers found with the one that was kept is told without what this one had lent.
    private mutating func forget(_ left: Left, in keep: Int) {
        guard let place = left.keptQueuedAt, let priority = left.keptPriority else { return }
        let lent = (place: min(place, left.seat.queuedAt), priority: min(priority, left.seat.priority))
        for id in devices.keys where devices[id]?.mergedInto == keep {
            if devices[id]?.left?.keptQueuedAt == lent.place { devices[id]?.left?.keptQueuedAt = place }
            if devices[id]?.left?.keptPriority == lent.priority { devices[id]?.left?.keptPriority = priority }
        }
    }

    /// Each of two records has again what it had, as far as it is still there.
    private mutating func part(_ id: Int, from keep: Int?) {
        guard let left = devices[id]?.left else { return }
        devices[id]?.left = nil
        guard let unit = devices[id]?.unit, isOpen(unit) else { return }
        let kept = keep.flatMap { devices[$0]?.seat }.flatMap { $0.product == left.seat.product ? $0 : nil }
        let merged = left.keptQueuedAt.map { min($0, left.seat.queuedAt) }
        if let keep, let kept, let merged, kept.queuedAt == merged, let queuedAt = left.keptQueuedAt {
            devices[keep]?.seat?.queuedAt = queuedAt
            if kept.place != .held, let priority = left.keptPriority,
                left.isHandedOver || kept.priority == min(left.seat.priority, priority)
            {
                devices[keep]?.seat?.priority = priority
            }
        }
        if let keep, kept != nil { forget(left, in: keep) }
        if let keep, let kept, let merged, kept.queuedAt <= merged, left.isHandedOver, kept.place == .held,
            devices[keep]?.unit == devices[id]?.unit
        {
            let queuedAt = devices[keep]?.seat?.queuedAt ?? kept.queuedAt
            devices[keep]?.seat = nil
            follow(keep)
            devices[id]?.seat = Seat(
                product: kept.product,
                place: .held,
                term: kept.term,
                queuedAt: left.seat.queuedAt
            )
            follow(id)
            devices[keep]?.seat = Seat(
                product: kept.product,
                place: .idle,
                queuedAt: queuedAt,
                priority: left.keptPriority ?? 1
            )
            queue(keep)
        } else if let first = granting(left.seat.product).first {
            devices[id]?.seat = left.seat
            devices[id]?.seat?.place = .idle
            devices[id]?.seat?.term = first
            if left.seat.place == .idle { follow(id) } else { queue(id) }
        }
    }
}
