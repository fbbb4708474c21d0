internal import Shared

/// What one report changes, within the transaction that commits it: its row, the device's state, products, findings, seat.
struct ReportProcessor {
    /// Reports after which a device's old reports are dropped; bounds both the table and the work per report.
    static let pruneEvery: UInt64 = 64

    let sql: SQLTransaction
    let policy: Policy
    let catalogs: CurrentCatalog
    let now: Milliseconds

    private var devices: DeviceStore { DeviceStore(sql: sql) }
    private var reports: ReportStore { ReportStore(sql: sql) }

    /// - Returns: the answer, or why the report is refused; a refused report changes nothing but the audit.
    func apply(_ report: VerifiedReport) throws -> Result<SubmitOutcome, CollectorError> {
        guard var state = try devices.state(report.deviceID) else {
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
        state = try DeviceReturn(sql: sql, policy: policy, catalog: catalogs.catalog, now: now)
            .heard(report.deviceID, state)
        try reports.insert(report, now: now)
        if report.sequence % Self.pruneEvery == 0 { try prune(report.deviceID) }
        let arrival = ReportArrival(place: report.place, observedAt: report.observedAt, receivedAt: now)
        guard let contents = report.inventory, state.inventoryDigest != report.inventoryDigest else {
            try devices.recordReport(arrival, after: state)
            return .success(try answerUnjudged(report, state))
        }
        return .success(try judge(report, contents, arrival, state))
    }

    /// A report that says nothing new; a device that was silent comes back by it.
    private func answerUnjudged(_ report: VerifiedReport, _ state: DeviceState) throws -> SubmitOutcome {
        var seat = state.seat
        var open = state.findings.open > 0
        if seat == .idle {
            seat = try SeatLedger(sql: sql, policy: policy, now: now).resume(report.deviceID)
            open = true
        }
        return outcome(
            report,
            of: state,
            findings: open ? try FindingStore(sql: sql).open(of: report.deviceID) : [],
            seat: seat,
            wantsInventory: state.inventoryDigest != report.inventoryDigest
        )
    }

    private func judge(
        _ report: VerifiedReport,
        _ contents: VerifiedReport.Contents,
        _ arrival: ReportArrival,
        _ state: DeviceState
    ) throws -> SubmitOutcome {
        let stored = state.inventoryDigest == nil ? nil : try InventoryStore(sql: sql).inventory(report.deviceID)
        let open = try openFindings(report.deviceID, state)
        let (judgement, effective) = OneAntivirusRule(approvedFamilies: policy.approvedFamilies).judge(
            recognized(contents.inventory, by: contents.catalogVersion, on: contents.host.platform),
            after: stored.map { recognized($0, by: state.catalogVersion, on: contents.host.platform) },
            open: open.members(among: stored?.products ?? []),
            hadApproved: state.seat != .none
        )
        let result = try DeviceLedger(sql: sql, policy: policy, now: now).settle(
            DeviceLedger.Entry(
                place: report.place,
                state: state,
                stored: stored,
                effective: effective,
                judgement: judgement,
                open: open
            )
        )
        try devices.recordInventory(
            arrival,
            digest: report.inventoryDigest,
            host: contents.host,
            figures: DeviceFigures(
                catalogVersion: max(contents.catalogVersion, catalogs.catalog.version),
                approval: policy.approval,
                antivirus: result.antivirus
            ),
            after: state
        )
        return outcome(
            report,
            of: state,
            findings: result.findings,
            seat: result.seat,
            wantsInventory: false
        )
    }

    /// What an older catalog recognized is recognized anew; what a newer one did is taken as it is.
    private func recognized(
        _ inventory: Inventory,
        by version: Int,
        on platform: HostDescription.Platform
    ) -> Inventory {
        version < catalogs.catalog.version ? catalogs.catalog.reclassified(inventory, on: platform) : inventory
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
                of: state,
                findings: try openFindings(report.deviceID, state),
                seat: state.seat,
                wantsInventory: state.inventoryDigest == nil
            )
        )
    }

    private func openFindings(_ deviceID: String, _ state: DeviceState) throws -> [FindingRecord] {
        state.findings.open == 0 ? [] : try FindingStore(sql: sql).open(of: deviceID)
    }

    private func outcome(
        _ report: VerifiedReport,
        of state: DeviceState,
        findings: [FindingRecord],
        seat: SeatState,
        wantsInventory: Bool
    ) -> SubmitOutcome {
        SubmitOutcome(
            epoch: report.epoch,
            sequence: report.sequence,
            // What is tolerated is nothing that the device is to be told of.
            findings: findings.filter { !$0.isWaived },
            seat: seat,
            wantsInventory: wantsInventory,
            nextReportSeconds: policy.reportIntervalSeconds,
            answeredAt: now,
            catalogVersion: catalogs.published?.version ?? 0,
            unitCode: state.life == .inService ? state.unitCode : nil
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
