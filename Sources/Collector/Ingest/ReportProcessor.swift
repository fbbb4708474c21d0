internal import Shared

/// What one report changes, within the transaction that commits it: its row, the device's state, products, findings, seat.
struct ReportProcessor {
    /// Reports after which a device's old reports are dropped; bounds both the table and the work per report.
    static let pruneEvery: UInt64 = 64

    let sql: SQLTransaction
    let policy: Policy
    let now: Milliseconds

    private var devices: DeviceStore { DeviceStore(sql: sql) }
    private var reports: ReportStore { ReportStore(sql: sql) }

    /// - Returns: the answer, or why the report is refused; a refused report changes nothing but the audit.
    func apply(_ report: VerifiedReport) throws -> Result<SubmitOutcome, CollectorError> {
        guard let state = try devices.state(report.deviceID) else {
            return .failure(
                CollectorError(.permissionDenied, "This device is not enrolled here. Enroll it with a token.")
            )
        }
        guard !state.isRevoked else {
            return .failure(
                CollectorError(
                    .permissionDenied,
                    "This device was revoked. Ask the center; a new key has to be enrolled."
                )
            )
        }
        guard (report.epoch, report.sequence) > (state.epoch, state.sequence) else {
            return try answerAgain(report, state)
        }
        try reports.insert(report, now: now)
        if report.sequence % Self.pruneEvery == 0 { try prune(report.deviceID) }
        try devices.recordReport(
            report.deviceID,
            epoch: report.epoch,
            sequence: report.sequence,
            observedAt: report.observedAt,
            now: now
        )
        guard let contents = report.inventory, state.inventoryDigest != report.inventoryDigest else {
            let findings = try openFindings(report.deviceID, state)
            return .success(
                outcome(
                    report,
                    findings: findings,
                    seat: state.seat,
                    wantsInventory: state.inventoryDigest != report.inventoryDigest
                )
            )
        }
        return .success(try judge(report, contents, state))
    }

    private func judge(
        _ report: VerifiedReport,
        _ contents: VerifiedReport.Contents,
        _ state: DeviceState
    ) throws -> SubmitOutcome {
        let inventories = InventoryStore(sql: sql)
        let earlier = state.inventoryDigest == nil ? nil : try inventories.inventory(report.deviceID)
        let open = try openFindings(report.deviceID, state)
        let (judgement, effective) = OneAntivirusRule(approvedFamilies: policy.approvedFamilies).judge(
            contents.inventory,
            after: earlier,
            open: Set(open.map(\.kind)),
            hadApproved: state.seat != .none
        )
        try inventories.replace(report.deviceID, earlier, with: effective)
        let findings = try FindingLedger(sql: sql, now: now).settle(
            report,
            judgement: judgement,
            products: effective.products,
            open: open
        )
        let seat = try SeatLedger(sql: sql, term: policy.term, now: now).settle(
            report.deviceID,
            unit: state.unitCode,
            hasApproved: judgement.hasApproved,
            current: state.seat
        )
        try devices.recordInventory(
            report.deviceID,
            digest: report.inventoryDigest,
            host: contents.host,
            openFindings: findings.count
        )
        return outcome(report, findings: findings, seat: seat, wantsInventory: false)
    }

    /// A report that is not newer than the last one: the same bytes again get the same answer, anything else is refused.
    private func answerAgain(
        _ report: VerifiedReport,
        _ state: DeviceState
    ) throws -> Result<SubmitOutcome, CollectorError> {
        guard let stored = try reports.payload(report.deviceID, epoch: report.epoch, sequence: report.sequence) else {
            return .failure(
                CollectorError(
                    .failedPrecondition,
                    "A newer report of this device is already here. If its disk was restored, begin a new epoch."
                )
            )
        }
        guard stored == report.payload else {
            try AuditStore(sql: sql).addAtMostHourly(
                actor: "device:\(report.deviceID)",
                action: "report-number-used-twice",
                target: report.deviceID,
                now: now
            )
            return .failure(
                CollectorError(
                    .alreadyExists,
                    "Another report has this number already: two devices hold one key. Enroll one of them anew."
                )
            )
        }
        return .success(
            outcome(
                report,
                findings: try openFindings(report.deviceID, state),
                seat: state.seat,
                wantsInventory: state.inventoryDigest == nil
            )
        )
    }

    private func openFindings(_ deviceID: String, _ state: DeviceState) throws -> [FindingRecord] {
        state.openFindings == 0 ? [] : try FindingStore(sql: sql).open(of: deviceID)
    }

    private func outcome(
        _ report: VerifiedReport,
        findings: [FindingRecord],
        seat: SeatState,
        wantsInventory: Bool
    ) -> SubmitOutcome {
        SubmitOutcome(
            epoch: report.epoch,
            sequence: report.sequence,
            findings: findings,
            seat: seat,
            wantsInventory: wantsInventory,
            nextReportSeconds: policy.reportIntervalSeconds,
            answeredAt: now
        )
    }

    private func prune(_ deviceID: String) throws {
        let day: Int64 = 86400
        try reports.prune(
            deviceID,
            heartbeatsBefore: now.adding(seconds: -day * Int64(policy.heartbeatRetentionDays)),
            inventoriesBefore: now.adding(seconds: -day * Int64(policy.inventoryRetentionDays))
        )
    }
}
