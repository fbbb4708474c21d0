internal import Messages
internal import Shared

extension Khien_V1_ListUnitsResponse {
    init(_ overview: UnitService.Overview) {
        self.init()
        term = Khien_V1_Term(overview.term)
        units = overview.units.map { Khien_V1_UnitSummary($0) }
        terms = overview.terms.map { Khien_V1_Term($0) }
        openRequests = UInt32(clamping: overview.openRequests)
    }
}

extension Khien_V1_UnitSummary {
    init(_ unit: UnitRecord) {
        self.init()
        code = unit.code
        group = unit.group
        name = unit.name
        allocatedSeats = UInt32(clamping: unit.cap)
        usedSeats = UInt32(clamping: unit.used)
        overCap = UInt32(clamping: unit.overCap)
        devices = UInt32(clamping: unit.devices)
        inOrder = UInt32(clamping: unit.inOrder)
        inViolation = UInt32(clamping: unit.inViolation)
        silent = UInt32(clamping: unit.silent)
        conflicts = UInt32(clamping: unit.conflicts)
        waiting = UInt32(clamping: unit.waiting)
        shortfall = UInt32(clamping: unit.shortfall)
        if let moment = unit.lastReportAt { lastReportAtMs = moment.value }
        closedOn = unit.closedOn ?? ""
        successorCode = unit.successor ?? ""
    }
}

extension Khien_V1_GetUnitResponse {
    init(_ details: UnitService.Details) {
        self.init()
        unit = Khien_V1_UnitSummary(details.unit)
        contact = Khien_V1_UnitContact(details.contact)
        terms = details.terms.map { term in
            var message = Khien_V1_UnitTerm()
            message.termID = UInt32(clamping: term.term)
            message.productFamily = term.family
            message.state = Khien_V1_TermState(rawValue: details.book.state(of: term.term).rawValue) ?? .unspecified
            message.allocatedSeats = UInt32(clamping: term.cap)
            message.usedSeats = UInt32(clamping: term.used)
            return message
        }
        findings = details.findings.map { tally in
            var message = Khien_V1_FindingCount()
            message.kind = Khien_V1_FindingKind(tally.kind)
            message.open = UInt32(clamping: tally.open)
            message.overdue = UInt32(clamping: tally.overdue)
            message.waived = UInt32(clamping: tally.waived)
            return message
        }
        changes = details.changes.map { Khien_V1_UnitChange($0) }
        formerCodes = details.formerCodes
        openRequests = details.openRequests.map { Khien_V1_SeatRequest($0) }
        revision = UInt64(clamping: details.revision)
        resolvedFromFormer = details.isFormer
    }
}

extension Khien_V1_UnitContact {
    init(_ contact: UnitContact) {
        self.init()
        name = contact.name
        phone = contact.phone
        email = contact.email
        trainedOn = contact.trainedOn
    }
}

extension Khien_V1_UnitChange {
    init(_ change: UnitChangeRecord) {
        self.init()
        id = UInt64(clamping: change.id)
        kind = Khien_V1_UnitChangeKind(rawValue: change.kind.rawValue) ?? .unspecified
        unitCode = change.unit
        otherCode = change.other ?? ""
        effectiveOn = change.effectiveOn.description
        document = change.document
        reason = change.reason
        officer = change.officer
        recordedAtMs = change.recordedAt.value
        formerName = change.formerName
        seats = UInt32(clamping: change.seats)
        devices = UInt32(clamping: change.devices)
        officers = change.officers
    }
}

extension Khien_V1_UnitChangeAnswer {
    init(_ changes: [UnitChangeRecord]) {
        self.init()
        self.changes = changes.map { Khien_V1_UnitChange($0) }
    }
}

extension Decision {
    /// What the wire says of a decision about units.
    init(_ message: Khien_V1_UnitDecision) throws(CollectorError) {
        try self.init(document: message.document, reason: message.reason, effectiveOn: message.effectiveOn)
    }
}
