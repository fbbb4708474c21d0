internal import Shared

/// Brings devices back into service that go on reporting: a list that says that a machine is gone must not outlive the proof
/// that it is there.
struct DeviceReturn {
    /// For so long after it was taken out of service a device may report without coming back: it is being switched off.
    static let graceSeconds: Int64 = 86400
    /// For so long after it came back by itself there is no such time: who takes it out of service every day would hide it.
    static let watchedSeconds: Int64 = 30 * 86400
    private static let action = "device-returned"

    let sql: SQLTransaction
    let policy: Policy
    let catalog: Catalog
    let now: Milliseconds

    /// What a report means for a device: back into service after the time of grace, if it has one, with its findings, and a
    /// seat or a place in the queue; without either where its unit is closed.
    /// - Returns: how it stands now.
    func heard(_ id: String, _ state: DeviceState) throws -> DeviceState {
        guard [.retired, .merged].contains(state.life), let since = state.lifeAt,
            try now > since.adding(seconds: Self.graceSeconds) || isWatched(id)
        else { return state }
        let devices = DeviceStore(sql: sql)
        let audit = AuditStore(sql: sql)
        if try devices.closing(ofUnit: state.unitCode) != nil {
            // It takes no seat there, and stands in the lists until the center moves it.
            try audit.addAtMostHourly(
                actor: "device:\(id)",
                action: "device-of-a-closed-unit-reports",
                target: id,
                now: now
            )
        }
        let keeper = try devices.keeper(of: id)
        try devices.setLife(id, .inService, now: now)
        try SeatLedger(sql: sql, policy: policy, now: now).part(id, from: keeper)
        try Rejudgement(sql: sql, policy: policy, catalog: catalog, now: now).comeBack(id)
        try audit.add(
            actor: "device:\(id)",
            action: Self.action,
            target: id,
            detail: state.life == .retired ? "was retired" : "was merged",
            now: now
        )
        if let keeper {
            try audit.add(
                actor: "device:\(id)",
                action: "device-unmerge-kept",
                target: keeper,
                detail: id + DeviceLifecycleService.beforeReason + "reported again",
                now: now
            )
        }
        return try devices.state(id) ?? state
    }

    private func isWatched(_ id: String) throws -> Bool {
        try AuditStore(sql: sql)
            .holds(Self.action, of: id, since: now.adding(seconds: -Self.watchedSeconds))
    }
}
