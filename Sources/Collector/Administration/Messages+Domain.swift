internal import Messages
internal import Shared

extension Khien_V1_ListUnitsResponse {
    init(_ overview: UnitService.Overview) {
        self.init()
        term.productFamily = overview.term.productFamily
        term.totalSeats = UInt32(clamping: overview.term.totalSeats)
        term.startsOn = overview.term.startsOn
        term.endsOn = overview.term.endsOn
        term.reserveSeats = UInt32(clamping: overview.reserve)
        units = overview.units.map { Khien_V1_UnitSummary($0) }
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
        if let moment = unit.lastReportAt { lastReportAtMs = moment.value }
    }
}

extension Khien_V1_Conflict {
    init(_ conflict: ConflictRecord) {
        self.init()
        deviceID = conflict.deviceID
        hostName = conflict.hostName
        unitCode = conflict.unitCode
        unitName = conflict.unitName
        openedAtMs = conflict.openedAt.value
        lastReportAtMs = conflict.lastReportAt.value
        products = conflict.products
    }
}

extension Khien_V1_Device {
    init(_ summary: DeviceService.Summary) {
        self.init()
        let device = summary.device
        id = device.id
        hostName = device.hostName
        unitCode = device.unitCode
        unitName = device.unitName
        platform = device.platform.flatMap { Khien_V1_Platform(rawValue: $0.rawValue) } ?? .unspecified
        operatingSystem = device.operatingSystem
        agentVersion = device.agentVersion
        standing =
            switch summary.standing {
            case .inOrder: .inOrder
            case .inViolation: .inViolation
            case .silent: .silent
            case .revoked: .revoked
            }
        findings = summary.findings.map { Khien_V1_FindingKind($0) }
        seat = Khien_V1_SeatState(device.seat)
        antivirus = summary.antivirus
        enrolledAtMs = device.enrolledAt.value
        if let moment = device.lastReportAt { lastReportAtMs = moment.value }
    }
}

extension Khien_V1_GetDeviceResponse {
    init(_ details: DeviceService.Details) {
        self.init()
        device = Khien_V1_Device(details.summary)
        products = (details.inventory?.products ?? []).map { product in
            Khien_V1_AssessedProduct(product, isApproved: details.approvedFamilies.contains(product.family))
        }
        findings = details.findings.map { Khien_V1_Finding($0) }
        sources = (details.inventory?.sources ?? []).map { status in
            var message = Khien_V1_SourceStatus()
            message.source = Khien_V1_Source(rawValue: status.source.rawValue) ?? .unspecified
            message.state = Khien_V1_SourceState(rawValue: status.state.rawValue) ?? .unspecified
            message.reason = status.reason
            message.entries = UInt32(clamping: status.entries)
            return message
        }
        if let moment = details.seatSince { seatSinceMs = moment.value }
        epoch = details.summary.device.epoch
        sequence = details.summary.device.sequence
        certificateExpiresAtMs = details.summary.device.certificateExpiresAt.value
    }
}

extension Khien_V1_AssessedProduct {
    init(_ product: Product, isApproved: Bool) {
        self.init()
        family = product.family
        name = product.name
        vendor = product.vendor
        version = product.version ?? ""
        role = Khien_V1_Role(rawValue: product.role.rawValue) ?? .unspecified
        grade = Khien_V1_Grade(rawValue: product.grade.rawValue) ?? .unspecified
        approved = isApproved
        facts = product.facts.map { Khien_V1_Fact($0) }
        if let said = product.status { status = Khien_V1_ProductStatus(said) }
    }
}

extension Khien_V1_Finding {
    init(_ finding: FindingRecord) {
        self.init()
        kind = Khien_V1_FindingKind(finding.kind)
        openedAtMs = finding.openedAt.value
        if let moment = finding.closedAt { closedAtMs = moment.value }
        products = finding.products
    }
}

extension Khien_V1_Token {
    init(_ token: TokenRecord) {
        self.init()
        id = token.id
        unitCode = token.unitCode
        uses = UInt32(clamping: token.uses)
        usesLeft = UInt32(clamping: token.usesLeft)
        createdAtMs = token.createdAt.value
        expiresAtMs = token.expiresAt.value
        createdBy = token.createdBy
        if let moment = token.revokedAt { revokedAtMs = moment.value }
    }
}

extension Khien_V1_Officer {
    init(_ officer: OfficerRecord) {
        self.init()
        name = officer.name
        role = Khien_V1_OfficerRole(rawValue: officer.role.rawValue) ?? .unspecified
        unitCode = officer.unitCode ?? ""
        createdAtMs = officer.createdAt.value
        certificateExpiresAtMs = officer.certificateExpiresAt.value
        if let moment = officer.revokedAt { revokedAtMs = moment.value }
    }
}
