internal import Shared

/// Two records of one machine.
extension SeatLedger {
    /// Gives what one record has to the other: the very seat where both are of one unit, and the longer time in the queue.
    ///
    /// What both had is written down, so that they can part again. A record without the product keeps nothing: the seat goes
    /// on to whoever waits.
    func merge(_ other: String, into keep: String) throws {
        let seats = SeatStore(sql: sql)
        _ = try seats.takeMerged(other)
        guard let gone = try seats.seat(of: other) else { return }
        let former = try seats.seat(of: keep).flatMap { $0.family == gone.family ? $0 : nil }
        let takesSeat = former.map { $0.unit == gone.unit && gone.state == .held && $0.state != .held } ?? false
        try seats.putMerged(MergedSeat(gone, kept: former, isHandedOver: takesSeat))
        guard var kept = former else {
            try release(other)
            return
        }
        kept.queuedAt = min(kept.queuedAt, gone.queuedAt)
        if takesSeat {
            try seats.remove(other)
            try record(gone, term: gone.term, event: "released", state: .none)
            try handOver(gone, to: kept)
        } else {
            // Whose seat was released by silence goes first, by whichever record it returns.
            if kept.state != .held { kept.priority = min(kept.priority, gone.priority) }
            try seats.put(kept)
            try release(other)
            if kept.state == .overCap { try promote(unit: kept.unit, family: kept.family) }
        }
    }

    /// Parts two records again, after the one that was merged is back in service: each has the place that it had, and the
    /// seat that was handed over goes back while the other one still holds it.
    ///
    /// The other one keeps what it came by itself since: a place that it lost and took anew is not that of the merger.
    func part(_ other: String, from keep: String?) throws {
        let seats = SeatStore(sql: sql)
        let devices = DeviceStore(sql: sql)
        guard let left = try seats.takeMerged(other), let state = try devices.state(other),
            try devices.closing(ofUnit: state.unitCode) == nil
        else { return }
        var back = SeatRecord(
            deviceID: other,
            term: policy.terms.granting(left.family).first?.id ?? 0,
            unit: state.unitCode,
            family: left.family,
            state: .none,
            since: now,
            queuedAt: left.queuedAt,
            priority: left.priority
        )
        guard var kept = try keep.flatMap(seats.seat), kept.family == left.family else {
            return try comeBack(back, left)
        }
        let held = kept
        let merged = left.keptQueuedAt.map { min($0, left.queuedAt) }
        if let merged, held.queuedAt == merged, let queuedAt = left.keptQueuedAt {
            kept.queuedAt = queuedAt
            if held.state != .held, let priority = left.keptPriority,
                left.isHandedOver || held.priority == min(left.priority, priority)
            {
                kept.priority = priority
            }
        }
        if let keep { try seats.forget(left, in: keep) }
        // A further merger may have made the place older; one that was taken anew is later than both were.
        let isStillThere = merged.map { held.queuedAt <= $0 } ?? false
        guard left.isHandedOver, isStillThere, held.state == .held, held.unit == back.unit else {
            try seats.put(kept)
            return try comeBack(back, left)
        }
        try seats.remove(kept.deviceID)
        try record(held, term: held.term, event: "released", state: .none)
        back.priority = 1
        try handOver(held, to: back)
        kept.priority = left.keptPriority ?? 1
        try place(kept, event: nil)
    }

    /// A silent one goes on waiting for nothing until it is heard of.
    private func comeBack(_ seat: SeatRecord, _ left: MergedSeat) throws {
        guard !policy.terms.granting(seat.family).isEmpty else { return }
        if left.state == .idle {
            try put(seat, state: .idle, term: seat.term, priority: seat.priority, event: "idle")
        } else {
            try place(seat, event: nil)
        }
    }

    /// Gives a seat that is in use to another device of the unit; the account stays as it is.
    private func handOver(_ seat: SeatRecord, to taker: SeatRecord) throws {
        try put(taker, state: .held, term: seat.term, priority: 1, event: "taken")
    }
}
