internal import Shared

/// How a device stands; the first three are what a unit's devices are counted by.
enum Standing: Sendable, Hashable {
    case inOrder
    case inViolation
    case silent
    case revoked
    case retired
    case merged

    init(_ device: DeviceRecord, policy: Policy, now: Milliseconds) {
        self =
            switch device.life {
            case .revoked: .revoked
            case .retired: .retired
            case .merged: .merged
            case .inService:
                if device.lastReportAt.map({ $0.reportDay < policy.silentBeforeDay(now) }) ?? true {
                    .silent
                } else {
                    device.openViolations > 0 ? .inViolation : .inOrder
                }
            }
    }
}

/// Lists, shows and revokes devices.
struct DeviceService: Sendable {
    /// Characters of an id that may stand for the whole.
    static let shortestPrefix = 4
    private static let wholeID = 32
    /// Findings of one device that are shown, the newest first; and so many events of each sort.
    private static let shown = 100

    let database: Database
    let clock: WallClock

    /// A device in a list, with what holds for it.
    struct Summary: Sendable {
        var device: DeviceRecord
        var standing: Standing
        /// Open ones that are not waived.
        var findings: [FindingKind]
        /// Names of confirmed antivirus products.
        var antivirus: [String]
    }

    /// Everything that is known of one device.
    struct Details: Sendable {
        var summary: Summary
        var inventory: Inventory?
        var approvedFamilies: Set<String>
        var findings: [FindingEntry]
        var seatSince: Milliseconds?
        /// Records of the same machine that were merged into it.
        var mergedIDs: [String]
        /// The last first.
        var seatEvents: [SeatEvent]
        /// The last first.
        var events: [AuditRow]
    }

    func list(
        unit: String,
        filter: DeviceFilter = .inService,
        pageSize: UInt32,
        pageToken: String,
        for caller: Caller
    ) async throws(CollectorError) -> Listing<Summary> {
        let size = try PageToken.size(pageSize)
        let token = try PageToken.parse(pageToken, parts: 3)
        let now = clock.now()
        return try await database.read { sql in
            let scope = try UnitDirectory(sql: sql).scope(unit, for: caller, evenClosed: true)
            let policy = try PolicyStore(sql: sql).policy(now: now)
            let silentBefore = policy.silentBeforeDay(now)
            let devices = DeviceStore(sql: sql)
            let rows = try devices.page(
                filter,
                unit: scope,
                silentBefore: silentBefore,
                after: token.map { DeviceStore.Key(unit: $0.parts[0], host: $0.parts[1], id: $0.parts[2]) },
                limit: size + 1
            )
            let page = Array(rows.prefix(size))
            let next = rows.count > size ? page.last : nil
            return Listing(
                rows: try page.map { try Self.summary(of: $0, for: caller, sql: sql, policy: policy, now: now) },
                total: try devices.count(filter, unit: scope, silentBefore: silentBefore),
                nextToken: next.map { PageToken([$0.unitCode, $0.hostName, $0.id]).text } ?? ""
            )
        }
    }

    /// Everything that is known of the device with this id, or with the only id that begins so.
    func details(_ id: String, for caller: Caller) async throws(CollectorError) -> Details {
        let now = clock.now()
        return try await database.read { sql in
            let device = try Self.find(id, for: caller, sql: sql)
            let policy = try PolicyStore(sql: sql).policy(now: now)
            let sight = OfficerSight(sql: sql, caller: caller)
            return Details(
                summary: try Self.summary(of: device, for: caller, sql: sql, policy: policy, now: now),
                inventory: try InventoryStore(sql: sql).inventory(device.id),
                approvedFamilies: policy.approvedFamilies,
                findings: try FindingListStore(sql: sql).all(of: device.id, limit: Self.shown)
                    .compactMap { try $0.seen(by: sight).map { FindingEntry($0, policy: policy, now: now) } },
                seatSince: try SeatStore(sql: sql).seat(of: device.id)?.since,
                mergedIDs: try DeviceStore(sql: sql).merged(into: device.id, unit: caller.ownUnit),
                seatEvents: try SeatEventStore(sql: sql).events(of: device.id, limit: Self.shown)
                    .map { $0.seen(by: caller) },
                events: try AuditStore(sql: sql).rows(of: device.id, limit: Self.shown)
                    .map { try $0.seen(by: sight, of: device.id) }
            )
        }
    }

    /// Refuses a device's key for good.
    ///
    /// The id has to be whole, so that nobody refuses another machine by a slip.
    func revoke(_ id: String, reason: String, by caller: Caller) async throws(CollectorError) {
        try caller.requireChange()
        let reason = try OfficerText.reason(reason)
        let whole = try Self.checked(id)
        let scope = caller.ownUnit
        let now = clock.now()
        try await database.write { sql in
            let devices = DeviceStore(sql: sql)
            guard let device = try devices.withPrefix(whole, unit: scope, limit: 1).first else {
                throw Self.unknownDevice(id)
            }
            guard device.id == whole else { throw Self.wholeIDNeeded(id) }
            guard device.life != .revoked else { return }
            let policy = try PolicyStore(sql: sql).policy(now: now)
            try SeatLedger(sql: sql, policy: policy, now: now).release(whole)
            _ = try devices.revoke(whole, now: now)
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "device-revoked",
                target: whole,
                detail: reason,
                now: now
            )
        }
    }

    /// The device that an officer means, by its id or the beginning of it.
    /// - Throws: `CollectorError`: `invalidArgument` for too little of an id, `notFound`, `failedPrecondition` where several
    ///   fit.
    static func find(_ id: String, for caller: Caller, sql: SQLTransaction) throws -> DeviceRecord {
        let prefix = try checked(id)
        let found = try DeviceStore(sql: sql).withPrefix(prefix, unit: caller.ownUnit, limit: 2)
        guard let device = found.first else { throw unknownDevice(id) }
        guard found.count == 1 || device.id == prefix else {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "Several devices have an id that begins so. Give more of it.",
                    vi: "Có nhiều thiết bị có mã bắt đầu như vậy. Hãy ghi thêm ký tự."
                )
            )
        }
        return device
    }

    /// An id, or the beginning of one, in small letters.
    /// - Throws: `CollectorError` (`invalidArgument`) for too little of an id, and for what is longer than one.
    private static func checked(_ id: String) throws(CollectorError) -> String {
        guard (shortestPrefix...wholeID).contains(id.utf8.count) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "Give the device's id, or at least its first \(shortestPrefix) characters; `khien devices` lists them.",
                    vi: "Hãy ghi mã thiết bị, hoặc ít nhất \(shortestPrefix) ký tự đầu; "
                        + "lệnh `khien devices` liệt kê các thiết bị."
                )
            )
        }
        return id.lowercased()
    }

    static func summary(
        of device: DeviceRecord,
        for caller: Caller,
        sql: SQLTransaction,
        policy: Policy,
        now: Milliseconds
    ) throws -> Summary {
        var shown = device
        if let keeper = device.mergedInto, let own = caller.ownUnit,
            try DeviceStore(sql: sql).state(keeper)?.unitCode != own
        {
            shown.mergedInto = nil
        }
        return Summary(
            device: shown,
            standing: Standing(device, policy: policy, now: now),
            findings: device.openFindings == 0
                ? [] : try FindingStore(sql: sql).open(of: device.id).filter { !$0.isWaived }.map(\.kind),
            antivirus: try device.antivirus ?? antivirus(of: device.id, sql: sql)
        )
    }

    /// For a device that was judged before its row held the names.
    private static func antivirus(of id: String, sql: SQLTransaction) throws -> [String] {
        let products = try InventoryStore(sql: sql).inventory(id)?.products ?? []
        return products.filter(\.isConfirmedAntivirus).map(\.name).sorted()
    }

    private static func wholeIDNeeded(_ id: String) -> CollectorError {
        let id = id.prefix(64)
        return CollectorError(
            .invalidArgument,
            Phrase(
                "A device is revoked for good, so its whole id is needed: `khien device show \(id)` shows it.",
                vi: "Thu hồi thiết bị là vĩnh viễn nên cần mã số đầy đủ: `khien device show \(id)` hiển thị mã đó."
            )
        )
    }

    private static func unknownDevice(_ id: String) -> CollectorError {
        CollectorError(
            .notFound,
            Phrase(
                "There is no device \"\(id.prefix(64))\". `khien devices` lists them.",
                vi: "Không có thiết bị \"\(id.prefix(64))\". Lệnh `khien devices` liệt kê các thiết bị."
            )
        )
    }
}

extension SeatEvent {
    /// Without the units of others.
    fileprivate func seen(by caller: Caller) -> SeatEvent {
        guard let own = caller.ownUnit, unitCode != own else { return self }
        var seen = self
        seen.unitCode = ""
        return seen
    }
}

extension AuditRow {
    /// Without the units, devices and tokens of others, and without others' officers and their words.
    fileprivate func seen(by sight: OfficerSight, of device: String) throws -> AuditRow {
        var seen = self
        seen.actor = try sight.actor(actor, of: device)
        if sight.hidesWords(of: actor, seenAs: seen.actor) {
            seen.detail = ""
        } else if sight.caller.ownUnit != nil, DeviceLifecycleService.actionsThatName.contains(action),
            let end = detail.firstRange(of: DeviceLifecycleService.beforeReason)
        {
            // What is named stands before the reason.
            seen.detail = String(detail[end.upperBound...])
        }
        return seen
    }
}
