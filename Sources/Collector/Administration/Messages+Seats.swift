internal import Messages
internal import Shared

extension Khien_V1_Term {
    init(_ summary: TermSummary) {
        self.init()
        let term = summary.term
        id = UInt32(clamping: term.id)
        productFamily = term.productFamily
        startsOn = term.startsOn.description
        endsOn = term.endsOn.description
        state = Khien_V1_TermState(rawValue: summary.state.rawValue) ?? .unspecified
        silenceDays = UInt32(clamping: term.silenceDays)
        document = term.document
        renewsTermID = UInt32(clamping: term.renews ?? 0)
        daysLeft = Int32(clamping: summary.daysLeft)
        addedBy = term.addedBy
        addedAtMs = term.addedAt.value
        guard let sums = summary.sums else { return }
        totalSeats = UInt32(clamping: term.totalSeats)
        reserveSeats = UInt32(clamping: sums.reserve)
        allocatedSeats = UInt32(clamping: sums.allocated)
        usedSeats = UInt32(clamping: sums.used)
        revision = UInt64(clamping: sums.revision)
    }
}

extension Khien_V1_Allocation {
    init(_ allocation: AllocationRecord) {
        self.init()
        unitCode = allocation.unit
        unitName = allocation.unitName
        group = allocation.group
        seats = UInt32(clamping: allocation.seats)
        usedSeats = UInt32(clamping: allocation.used)
        waiting = UInt32(clamping: allocation.waiting)
        document = allocation.decision?.document ?? ""
        effectiveOn = allocation.decision?.effectiveOn ?? ""
        officer = allocation.decision?.officer ?? ""
    }
}

extension Khien_V1_AllocationChange {
    init(_ change: AllocationChange) {
        self.init()
        unitCode = change.unit
        unitName = change.unitName
        formerSeats = UInt32(clamping: change.former)
        seats = UInt32(clamping: change.seats)
        usedSeats = UInt32(clamping: change.used)
    }
}

extension Khien_V1_AccountBalance {
    init(_ balance: AccountBalance) {
        self.init()
        termID = UInt32(clamping: balance.term)
        account = balance.account
        unitName = balance.unitName
        seats = balance.seats
    }
}

extension Khien_V1_LedgerEntry {
    init(_ entry: LedgerEntry) {
        self.init()
        id = UInt64(clamping: entry.id)
        termID = UInt32(clamping: entry.term)
        fromAccount = entry.from
        toAccount = entry.to
        seats = UInt32(clamping: entry.seats)
        document = entry.document
        reason = entry.reason
        officer = entry.officer
        effectiveOn = entry.effectiveOn
        recordedAtMs = entry.recordedAt.value
        requestID = UInt64(clamping: entry.requestID ?? 0)
    }
}

extension Khien_V1_Seat {
    init(_ listing: SeatListing) {
        self.init()
        let seat = listing.seat
        deviceID = seat.deviceID
        hostName = listing.hostName
        unitCode = seat.unit
        unitName = listing.unitName
        state = Khien_V1_SeatState(seat.state)
        termID = UInt32(clamping: seat.term)
        productFamily = seat.family
        sinceMs = seat.since.value
        queuedAtMs = seat.queuedAt.value
        if let moment = listing.lastReportAt { lastReportAtMs = moment.value }
        place = UInt32(clamping: listing.place ?? 0)
        excess = listing.isExcess
    }
}
