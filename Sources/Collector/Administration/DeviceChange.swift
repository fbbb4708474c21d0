internal import Shared

/// What changes of a device have in common, within their transaction.
struct DeviceChange {
    let sql: SQLTransaction
    let policy: Policy
    let catalog: Catalog
    let caller: Caller
    let now: Milliseconds

    var seats: SeatLedger { SeatLedger(sql: sql, policy: policy, now: now) }

    func find(_ id: String) throws -> DeviceRecord { try DeviceService.find(id, for: caller, sql: sql) }

    /// - Throws: `CollectorError` (`failedPrecondition`) for a device that is out of service, saying how it comes back.
    func requireService(_ device: DeviceRecord) throws {
        switch device.life {
        case .inService: return
        case .retired: throw DeviceLifecycleService.isRetired(device)
        case .merged: throw DeviceLifecycleService.isMerged(device)
        case .revoked: throw DeviceLifecycleService.isRevoked(device)
        }
    }

    /// Refuses what would make a chain of merged records.
    ///
    /// Where all of them are of other units, a unit's officer is not told that there are any.
    /// - Throws: `CollectorError` (`failedPrecondition`).
    func requireNoneMerged(into device: DeviceRecord) throws {
        let devices = DeviceStore(sql: sql)
        guard try !devices.merged(into: device.id, unit: nil).isEmpty else { return }
        throw try devices.merged(into: device.id, unit: caller.ownUnit).isEmpty
            ? CollectorError(
                .failedPrecondition,
                Phrase(
                    "The record \(device.id) has to be the one that is kept. Name it first, or ask the center.",
                    vi:
                        "Bản ghi \(device.id) phải là bản ghi được giữ. Hãy nêu bản ghi này trước, hoặc đề nghị trung tâm."
                )
            )
            : CollectorError(
                .failedPrecondition,
                Phrase(
                    "Other records were merged into \(device.id). Keep that one, or unmerge the others first.",
                    vi:
                        "Đã có bản ghi khác được gộp vào \(device.id). Hãy giữ bản ghi đó, hoặc tách các bản ghi kia trước."
                )
            )
    }

    func setLife(_ device: DeviceRecord, _ life: DeviceLife, keeper: String? = nil) throws {
        try DeviceStore(sql: sql).setLife(device.id, life, keeper: keeper, now: now)
    }

    /// Back into service, judged from what was reported last.
    func comeBack(_ device: DeviceRecord) throws {
        if let day = try DeviceStore(sql: sql).closing(ofUnit: device.unitCode) {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "The device's unit is closed since \(day). Have the center move the device first.",
                    vi: "Đơn vị của thiết bị đã đóng từ ngày \(day). Hãy đề nghị trung tâm chuyển thiết bị trước."
                )
            )
        }
        try setLife(device, .inService)
        try seats.part(device.id, from: device.mergedInto)
        try Rejudgement(sql: sql, policy: policy, catalog: catalog, now: now).comeBack(device.id)
    }

    /// Gives a device what it has a claim to in its new unit, where it comes from a closed one: there were no seats.
    ///
    /// `former`: the device as it was before it was moved.
    func settle(comingFrom former: DeviceRecord) throws {
        guard former.life == .inService, try DeviceStore(sql: sql).closing(ofUnit: former.unitCode) != nil else {
            return
        }
        try Rejudgement(sql: sql, policy: policy, catalog: catalog, now: now).comeBack(former.id)
    }

    /// The code of the unit that is meant, which has to be open.
    func openUnit(_ name: String) throws -> String {
        guard !name.isEmpty, let code = try UnitDirectory(sql: sql).scope(name, for: caller) else {
            throw CollectorError(
                .invalidArgument,
                Phrase("Say to which unit: --unit CODE.", vi: "Hãy nêu đơn vị nhận thiết bị: --unit MÃ.")
            )
        }
        if let day = try DeviceStore(sql: sql).closing(ofUnit: code) {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "The unit \"\(code)\" is closed since \(day). Choose another unit.",
                    vi: "Đơn vị \"\(code)\" đã đóng từ ngày \(day). Hãy chọn đơn vị khác."
                )
            )
        }
        return code
    }

    /// Who moved a device last.
    func lastMove(of id: String) throws -> AuditRow? {
        try AuditStore(sql: sql).rows(of: id, limit: 100).first { $0.action == "device-moved" }
    }

    ///
    /// `names`: units or devices that stand before the reason.
    func audit(_ action: String, _ id: String, _ reason: String, naming names: String? = nil) throws {
        let kept = OfficerText.plain(reason)
        try AuditStore(sql: sql).add(
            actor: "officer:\(caller.name)",
            action: action,
            target: id,
            detail: names.map { $0 + DeviceLifecycleService.beforeReason + kept } ?? kept,
            now: now
        )
    }
}

extension DeviceLifecycleService {
    static func isRevoked(_ device: DeviceRecord) -> CollectorError {
        CollectorError(
            .failedPrecondition,
            Phrase(
                "The device \(device.id) is revoked for good. Enroll the machine with a new key.",
                vi: "Thiết bị \(device.id) đã bị thu hồi vĩnh viễn. Hãy ghi danh lại máy bằng khóa mới."
            )
        )
    }

    static func isMerged(_ device: DeviceRecord) -> CollectorError {
        CollectorError(
            .failedPrecondition,
            Phrase(
                "The record \(device.id) is merged into another one. Use that one, or unmerge this one first: "
                    + "khien device unmerge \(device.id).",
                vi:
                    "Bản ghi \(device.id) đã được gộp vào bản ghi khác. Hãy dùng bản ghi kia, hoặc tách bản ghi này trước: "
                    + "khien device unmerge \(device.id)."
            )
        )
    }

    static func isRetired(_ device: DeviceRecord) -> CollectorError {
        CollectorError(
            .failedPrecondition,
            Phrase(
                "The device \(device.id) is retired. Restore it first: khien device restore \(device.id).",
                vi: "Thiết bị \(device.id) đã ngừng sử dụng. Hãy khôi phục trước: khien device restore \(device.id)."
            )
        )
    }

    static func notRetired(_ device: DeviceRecord) -> CollectorError {
        switch device.life {
        case .revoked: isRevoked(device)
        case .merged: isMerged(device)
        case .inService, .retired:
            CollectorError(
                .failedPrecondition,
                Phrase(
                    "The device \(device.id) is in service already; nothing was changed.",
                    vi: "Thiết bị \(device.id) đang được sử dụng; không có gì thay đổi."
                )
            )
        }
    }

    static func movedMeanwhile(_ device: DeviceRecord, last: AuditRow?) -> CollectorError {
        let actor = last?.actor ?? "another"
        return CollectorError(
            .aborted,
            Phrase(
                "The device \(device.id) is in unit \"\(device.unitCode)\" now, moved there by \(actor). "
                    + "Look at it again: khien device show \(device.id).",
                vi: "Thiết bị \(device.id) hiện thuộc đơn vị \"\(device.unitCode)\", do \(actor) chuyển. "
                    + "Hãy xem lại: khien device show \(device.id)."
            )
        )
    }
}
