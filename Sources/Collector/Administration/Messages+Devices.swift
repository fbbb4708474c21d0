internal import Messages
internal import Shared

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
            case .retired: .retired
            case .merged: .merged
            }
        mergedInto = device.mergedInto ?? ""
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
        mergedIds = details.mergedIDs
        seatEvents = details.seatEvents.map { event in
            var message = Khien_V1_SeatEvent()
            message.atMs = event.at.value
            message.event = event.event
            message.unitCode = event.unitCode
            message.termID = UInt32(clamping: event.term)
            return message
        }
        events = details.events.map { row in
            var message = Khien_V1_DeviceEvent()
            message.atMs = row.at.value
            message.actor = row.actor
            message.action = row.action
            message.detail = row.detail
            return message
        }
    }
}

extension Khien_V1_DeviceAnswer {
    init(_ answer: DeviceLifecycleService.Answer) {
        self.init()
        device = Khien_V1_Device(answer.summary)
        seatedDeviceIds = answer.seated
    }
}

extension DeviceFilter {
    /// - Throws: `CollectorError` (`invalidArgument`) for a standing that there is not.
    init(_ standing: Khien_V1_Standing) throws(CollectorError) {
        switch standing {
        case .unspecified: self = .inService
        case .inOrder: self = .inOrder
        case .inViolation: self = .inViolation
        case .silent: self = .silent
        case .revoked: self = .revoked
        case .retired: self = .retired
        case .merged: self = .merged
        case .UNRECOGNIZED:
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "There is no such standing of a device. Update khien, or leave the standing out.",
                    vi: "Không có tình trạng thiết bị này. Hãy cập nhật khien hoặc bỏ tùy chọn tình trạng."
                )
            )
        }
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
