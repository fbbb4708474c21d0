internal import Shared

/// How a device stands; the first three are what a unit's devices are counted by.
enum Standing: Sendable, Hashable {
    case inOrder
    case inViolation
    case silent
    case revoked
}

/// Lists, shows and revokes devices.
struct DeviceService: Sendable {
    /// Characters of an id that may stand for the whole.
    static let shortestPrefix = 4
    /// Findings of one device that are shown, the newest first.
    private static let shownFindings = 100
    private static let reasonBytes = 1...500

    let database: Database
    let clock: WallClock

    /// A device in a list, with what holds for it.
    struct Summary: Sendable {
        var device: DeviceRecord
        var standing: Standing
        var findings: [FindingKind]
        /// Names of confirmed antivirus products.
        var antivirus: [String]
    }

    /// Everything that is known of one device.
    struct Details: Sendable {
        var summary: Summary
        var inventory: Inventory?
        var approvedFamilies: Set<String>
        var findings: [FindingRecord]
        var seatSince: Milliseconds?
    }

    func list(
        unit: String,
        pageSize: UInt32,
        pageToken: String,
        for caller: Caller
    ) async throws(CollectorError) -> Listing<Summary> {
        let scope = try caller.scope(unit)
        let size = try PageToken.size(pageSize)
        let token = try PageToken.parse(pageToken, parts: 3)
        let now = clock.now()
        return try await database.read { sql in
            try UnitStore(sql: sql).requireKnown(scope)
            let devices = DeviceStore(sql: sql)
            let rows = try devices.page(
                unit: scope,
                after: token.map { ($0.parts[0], $0.parts[1], $0.parts[2]) },
                limit: size + 1
            )
            let policy = try PolicyStore(sql: sql).policy()
            let page = Array(rows.prefix(size))
            let next = rows.count > size ? page.last : nil
            return Listing(
                rows: try page.map { try Self.summary(of: $0, sql: sql, policy: policy, now: now) },
                total: try devices.count(unit: scope),
                nextToken: next.map { PageToken([$0.unitCode, $0.hostName, $0.id]).text } ?? ""
            )
        }
    }

    /// Everything that is known of the device with this id, or with the only id that begins so.
    func details(_ id: String, for caller: Caller) async throws(CollectorError) -> Details {
        guard (Self.shortestPrefix...32).contains(id.utf8.count) else {
            throw CollectorError(
                .invalidArgument,
                "Give the device's id, or at least its first \(Self.shortestPrefix) characters; `khien devices` lists them."
            )
        }
        let scope = try caller.scope("")
        let now = clock.now()
        return try await database.read { sql in
            let found = try DeviceStore(sql: sql).withPrefix(id.lowercased(), unit: scope, limit: 2)
            guard let device = found.first else { throw Self.unknownDevice(id) }
            guard found.count == 1 else {
                throw CollectorError(.failedPrecondition, "Several devices have an id that begins so. Give more of it.")
            }
            let policy = try PolicyStore(sql: sql).policy()
            return Details(
                summary: try Self.summary(of: device, sql: sql, policy: policy, now: now),
                inventory: try InventoryStore(sql: sql).inventory(device.id),
                approvedFamilies: policy.approvedFamilies,
                findings: try FindingStore(sql: sql).all(of: device.id, limit: Self.shownFindings),
                seatSince: try SeatStore(sql: sql).seat(of: device.id)?.since
            )
        }
    }

    func revoke(_ id: String, reason: String, by caller: Caller) async throws(CollectorError) {
        try caller.requireChange()
        guard Self.reasonBytes.contains(reason.utf8.count) else {
            throw CollectorError(.invalidArgument, "Say why in 1 to 500 bytes: --reason \"…\".")
        }
        let scope = try caller.scope("")
        let now = clock.now()
        try await database.write { sql in
            let devices = DeviceStore(sql: sql)
            guard let device = try devices.withPrefix(id, unit: scope, limit: 1).first, device.id == id else {
                throw Self.unknownDevice(id)
            }
            guard device.revokedAt == nil else { return }
            let policy = try PolicyStore(sql: sql).policy()
            try SeatLedger(sql: sql, term: policy.term, now: now).release(id)
            _ = try devices.revoke(id, now: now)
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "device-revoked",
                target: id,
                detail: reason,
                now: now
            )
        }
    }

    private static func summary(
        of device: DeviceRecord,
        sql: SQLTransaction,
        policy: Policy,
        now: Milliseconds
    ) throws -> Summary {
        let findings = device.openFindings == 0 ? [] : try FindingStore(sql: sql).open(of: device.id).map(\.kind)
        let isHeardOf = device.lastReportAt.map { $0 >= policy.silentSince(now) } ?? false
        let standing: Standing =
            if device.revokedAt != nil {
                .revoked
            } else if !isHeardOf {
                .silent
            } else {
                findings.contains(where: \.isViolation) ? .inViolation : .inOrder
            }
        return Summary(
            device: device,
            standing: standing,
            findings: findings,
            antivirus: try device.antivirus ?? antivirus(of: device.id, sql: sql)
        )
    }

    /// For a device that was judged before its row held the names.
    private static func antivirus(of id: String, sql: SQLTransaction) throws -> [String] {
        let products = try InventoryStore(sql: sql).inventory(id)?.products ?? []
        return products.filter(\.isConfirmedAntivirus).map(\.name).sorted()
    }

    private static func unknownDevice(_ id: String) -> CollectorError {
        CollectorError(.notFound, "There is no device \"\(id.prefix(64))\". `khien devices` lists them.")
    }
}
