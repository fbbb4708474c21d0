internal import Shared

/// Takes devices out of service, brings them back, moves and merges them; each in one transaction with the seats.
struct DeviceLifecycleService: Sendable {
    /// Actions of the audit whose detail names a unit or another device before the reason.
    static let actionsThatName: Set<String> = [
        "device-moved", "device-merged", "device-merge-kept", "device-unmerged", "device-unmerge-kept",
    ]
    /// What stands between what is named and the reason; in no code of a unit and no id of a device.
    static let beforeReason = ": "

    let database: Database
    let clock: WallClock
    let shelf: CatalogShelf

    /// How a device stands after a change.
    struct Answer: Sendable {
        var summary: DeviceService.Summary
        /// Other devices that got a seat by it.
        var seated: [String]
    }

    /// Takes a device out of use: its seat goes on to whoever waits, and it counts no more.
    func retire(_ id: String, reason: String, by caller: Caller) async throws(CollectorError) -> Answer {
        try await change(by: caller, reason: reason) { change in
            let device = try change.find(id)
            try change.requireService(device)
            try change.seats.release(device.id)
            try change.setLife(device, .retired)
            try change.audit("device-retired", device.id, reason)
            return device.id
        }
    }

    /// Brings a retired device back, with a seat or a place in the queue from now on.
    func restore(_ id: String, reason: String, by caller: Caller) async throws(CollectorError) -> Answer {
        try await change(by: caller, reason: reason) { change in
            let device = try change.find(id)
            guard device.life == .retired else { throw Self.notRetired(device) }
            try change.comeBack(device)
            try change.audit("device-restored", device.id, reason)
            return device.id
        }
    }

    /// Moves a device with its seat and its open findings to another unit.
    ///
    /// `expected`: where it was when that was decided; empty: not checked.
    func move(
        _ id: String,
        to unit: String,
        reason: String,
        expected: String,
        by caller: Caller
    ) async throws(CollectorError) -> Answer {
        try caller.requireCenter()
        return try await change(by: caller, reason: reason) { change in
            let device = try change.find(id)
            guard expected.isEmpty || expected == device.unitCode else {
                throw Self.movedMeanwhile(device, last: try change.lastMove(of: device.id))
            }
            guard device.life != .revoked else { throw Self.isRevoked(device) }
            let target = try change.openUnit(unit)
            guard target != device.unitCode else {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "The device is in unit \"\(target)\" already; nothing was changed.",
                        vi: "Thiết bị đã thuộc đơn vị \"\(target)\"; không có gì thay đổi."
                    )
                )
            }
            try DeviceStore(sql: change.sql).setUnit(device.id, target)
            try change.seats.move(device.id, to: target)
            try change.settle(comingFrom: device)
            try change.audit("device-moved", device.id, reason, naming: "\(device.unitCode) -> \(target)")
            return device.id
        }
    }

    /// Makes two records of one machine one: the other's seat or place in the queue goes to the one that is kept.
    ///
    /// Records of two units only the center can merge: nobody else sees both.
    func merge(
        keep: String,
        other: String,
        reason: String,
        by caller: Caller
    ) async throws(CollectorError) -> Answer {
        try await change(by: caller, reason: reason) { change in
            let kept = try change.find(keep)
            let gone = try change.find(other)
            guard kept.id != gone.id else {
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "Both ids mean the same record. Name two records.",
                        vi: "Hai mã này là cùng một bản ghi. Hãy nêu hai bản ghi khác nhau."
                    )
                )
            }
            try change.requireService(kept)
            guard gone.life != .revoked else { throw Self.isRevoked(gone) }
            guard gone.life != .merged else { throw Self.isMerged(gone) }
            try change.requireNoneMerged(into: gone)
            try change.seats.merge(gone.id, into: kept.id)
            try change.setLife(gone, .merged, keeper: kept.id)
            try change.audit("device-merged", gone.id, reason, naming: "into \(kept.id)")
            try change.audit("device-merge-kept", kept.id, reason, naming: gone.id)
            return kept.id
        }
    }

    /// Makes a merged record a device of its own again, with a seat or a place in the queue from now on.
    func unmerge(_ id: String, reason: String, by caller: Caller) async throws(CollectorError) -> Answer {
        try await change(by: caller, reason: reason) { change in
            let device = try change.find(id)
            guard device.life == .merged else {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "The record \(device.id) is not merged into another one; nothing was changed.",
                        vi: "Bản ghi \(device.id) không được gộp vào bản ghi nào; không có gì thay đổi."
                    )
                )
            }
            try change.comeBack(device)
            let keeper = device.mergedInto ?? ""
            try change.audit("device-unmerged", device.id, reason, naming: "from \(keeper)")
            try change.audit("device-unmerge-kept", keeper, reason, naming: device.id)
            return device.id
        }
    }

    private func change(
        by caller: Caller,
        reason: String,
        _ body: @Sendable (DeviceChange) throws -> String
    ) async throws(CollectorError) -> Answer {
        try caller.requireChange()
        _ = try OfficerText.reason(reason)
        let now = clock.now()
        let catalog = shelf.current.catalog
        return try await database.write { sql in
            let policy = try PolicyStore(sql: sql).policy(now: now)
            let events = SeatEventStore(sql: sql)
            let last = try events.last()
            let id = try body(DeviceChange(sql: sql, policy: policy, catalog: catalog, caller: caller, now: now))
            let device = try DeviceService.find(id, for: caller, sql: sql)
            return Answer(
                summary: try DeviceService.summary(of: device, for: caller, sql: sql, policy: policy, now: now),
                seated: try events.seated(after: last, but: id, unit: caller.ownUnit)
            )
        }
    }
}
