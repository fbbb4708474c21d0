internal import Messages
internal import Shared

extension Khien_V1_Finding {
    init(_ entry: FindingEntry) {
        self.init()
        let details = entry.details
        kind = Khien_V1_FindingKind(details.finding.kind)
        openedAtMs = details.finding.openedAt.value
        if let moment = details.finding.closedAt { closedAtMs = moment.value }
        products = details.finding.products
        id = UInt64(clamping: details.finding.id)
        deviceID = details.deviceID
        hostName = details.hostName
        unitCode = details.unitCode
        unitName = details.unitName
        state = Khien_V1_FindingState(rawValue: details.state.rawValue) ?? .unspecified
        severity = Khien_V1_Severity(rawValue: entry.severity.rawValue) ?? .unspecified
        deadlineMs = details.deadline.value
        overdue = entry.isOverdue
        if let moment = details.lastReportAt { lastReportAtMs = moment.value }
        acknowledgedBy = details.acknowledgedBy
        if let moment = details.acknowledgedAt { acknowledgedAtMs = moment.value }
        waivedUntil = entry.waivedUntil?.description ?? ""
        waivedBy = details.waivedBy
        waiverReason = details.waiverReason
        revision = UInt64(clamping: details.revision)
    }
}

extension Khien_V1_FindingEvent {
    init(_ event: FindingEvent) {
        self.init()
        findingID = UInt64(clamping: event.findingID)
        atMs = event.at.value
        actor = event.actor
        self.event = event.kind.rawValue
        detail = event.detail
    }
}

extension FindingService.Query {
    /// - Throws: `CollectorError` (`invalidArgument`) for a kind or a state that there is not, or a moment before 1970.
    init(_ request: Khien_V1_ListFindingsRequest) throws(CollectorError) {
        var kinds: Set<FindingKind> = []
        for kind in request.kinds {
            guard let kind = FindingKind(rawValue: kind.rawValue) else {
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "There is no such kind of finding. Update khien, or leave the kind out.",
                        vi: "Không có loại phát hiện này. Hãy cập nhật khien hoặc bỏ tùy chọn loại phát hiện."
                    )
                )
            }
            kinds.insert(kind)
        }
        guard let filter = FindingFilter(rawValue: request.filter.rawValue) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "There is no such state of a finding. Update khien, or leave the state out.",
                    vi: "Không có trạng thái phát hiện này. Hãy cập nhật khien hoặc bỏ tùy chọn trạng thái."
                )
            )
        }
        guard request.sinceMs >= 0 else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "The first moment of the list is before 1970. Give a later day.",
                    vi: "Thời điểm bắt đầu của danh sách trước năm 1970. Hãy chọn một ngày muộn hơn."
                )
            )
        }
        self.init(
            kinds: kinds,
            unit: request.unit,
            since: request.sinceMs == 0 ? nil : Milliseconds(request.sinceMs),
            filter: filter,
            pageSize: request.page.size,
            pageToken: request.page.token
        )
    }
}

extension Khien_V1_ListFindingsResponse {
    init(_ page: FindingService.Page) {
        self.init()
        findings = page.findings.rows.map { Khien_V1_Finding($0) }
        nextPageToken = page.findings.nextToken
        total = UInt32(clamping: page.findings.total)
        waived = UInt32(clamping: page.waived)
        overdue = UInt32(clamping: page.overdue)
    }
}

extension Khien_V1_GetFindingResponse {
    init(_ history: FindingService.History) {
        self.init()
        finding = Khien_V1_Finding(history.finding)
        events = history.events.map { Khien_V1_FindingEvent($0) }
        earlier = history.earlier.map { Khien_V1_Finding($0) }
    }
}

extension Khien_V1_FindingAnswer {
    init(_ entry: FindingEntry) {
        self.init()
        finding = Khien_V1_Finding(entry)
    }
}
