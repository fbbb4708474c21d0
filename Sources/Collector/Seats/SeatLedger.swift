/// Who holds a seat: never more than the cap, first come first served, and a freed seat goes on in the same transaction.
struct SeatLedger {
    let sql: SQLTransaction
    let term: TermRecord
    let now: Milliseconds

    private var seats: SeatStore { SeatStore(sql: sql) }

    /// Brings a device's seat in line with whether it has the approved product.
    func settle(_ deviceID: String, unit: String, hasApproved: Bool, current: SeatState) throws -> SeatState {
        switch (hasApproved, current) {
        case (false, .none), (true, .held):
            return current
        case (true, .none):
            // Who waits longest goes first, also when a cap was raised a moment ago.
            try promote(unit: unit)
            let isHeld = try seats.takeFree(term: term.id, unit: unit)
            try seats.put(deviceID, term: term.id, unit: unit, isHeld: isHeld, since: now)
            return try record(
                deviceID,
                unit: unit,
                event: isHeld ? "taken" : "queued",
                state: isHeld ? .held : .overCap
            )
        case (true, .overCap):
            try promote(unit: unit)
            return try seats.seat(of: deviceID)?.isHeld == true ? .held : .overCap
        case (false, .held), (false, .overCap):
            return try release(deviceID)
        }
    }

    /// Gives up a device's seat, or its place in the queue; a freed seat goes to the longest waiting device of its unit.
    @discardableResult
    func release(_ deviceID: String) throws -> SeatState {
        guard let seat = try seats.seat(of: deviceID) else { return .none }
        try seats.remove(deviceID)
        let event = seat.isHeld ? "released" : "left-queue"
        let state = try record(deviceID, unit: seat.unit, event: event, state: .none)
        if seat.isHeld {
            try seats.giveBack(term: seat.term, unit: seat.unit)
            try promote(unit: seat.unit)
        }
        return state
    }

    /// Hands free seats of a unit to those that wait, the longest waiting first.
    func promote(unit: String) throws {
        while let next = try seats.longestWaiting(unit: unit), try seats.takeFree(term: term.id, unit: unit) {
            try seats.put(next, term: term.id, unit: unit, isHeld: true, since: now)
            _ = try record(next, unit: unit, event: "taken", state: .held)
        }
    }

    private func record(_ deviceID: String, unit: String, event: String, state: SeatState) throws -> SeatState {
        try seats.addEvent(deviceID, term: term.id, unit: unit, event: event, now: now)
        try DeviceStore(sql: sql).setSeatState(deviceID, state)
        return state
    }
}
