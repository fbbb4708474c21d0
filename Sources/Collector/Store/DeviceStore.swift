internal import Shared

/// A device as the writer sees it when a report arrives.
struct DeviceState: Sendable {
    var unitCode: String
    var hostName: String
    var isRevoked: Bool
    var epoch: UInt64
    var sequence: UInt64
    var inventoryDigest: [UInt8]?
    var seat: SeatState
    var platform: HostDescription.Platform?
    /// Of the catalog that recognized the stored products.
    var catalogVersion: Int
    /// By which approval of products it was judged: see `Policy.approval`.
    var approval: Int
    var life: DeviceLife
    /// Since when, for a device that was ever taken out of service.
    var lifeAt: Milliseconds?
    /// The day of the last report (`device.report_day`).
    var reportDay: Int64
    /// What is counted of the open findings.
    var findings: FindingFigures
}

/// Whether a device is in service; only then is it counted, and only then may it have a seat.
///
/// Raw values are what the database keeps.
enum DeviceLife: Int, Sendable, Hashable, CaseIterable {
    case inService = 0
    /// Taken out of use by an officer.
    case retired = 1
    /// A second record of a machine.
    case merged = 2
    /// Its key is refused.
    case revoked = 3
}

/// A report as a device's row sees it.
struct ReportArrival: Sendable, Hashable {
    var place: ReportPlace
    /// By the device's clock.
    var observedAt: Milliseconds
    /// By the collector's.
    var receivedAt: Milliseconds
}

/// What a judgement leaves in a device's row, so that lists need not look further.
struct DeviceFigures: Sendable, Hashable {
    /// Of the catalog that recognized the products.
    var catalogVersion: Int
    var approval: Int
    /// Names of confirmed antivirus products.
    var antivirus: [String]
}

/// Whether a device has a seat.
///
/// Raw values are what the database keeps; the wire's numbers are one higher.
enum SeatState: Int, Sendable, Hashable {
    case none = 0
    case held = 1
    case overCap = 2
    /// Released because the device was silent for too long.
    case idle = 3
}

/// SQL of the table `device`.
struct DeviceStore {
    let sql: SQLTransaction

    func state(_ id: String) throws -> DeviceState? {
        try sql.first(
            """
            SELECT unit_code, revoked_at_ms IS NOT NULL, epoch, sequence, inventory_digest, seat_state, open_findings,
                platform, catalog_version, approval, life, life_at_ms, host_name, report_day, open_violations,
                open_conflicts
            FROM device WHERE device_id = $1
            """,
            .text(id)
        ) { row in
            DeviceState(
                unitCode: row.text(0),
                hostName: row.text(12),
                isRevoked: row.bool(1),
                epoch: UInt64(clamping: row.integer(2)),
                sequence: UInt64(clamping: row.integer(3)),
                inventoryDigest: row.optionalBlob(4),
                seat: SeatState(rawValue: row.int(5)) ?? .none,
                platform: HostDescription.Platform(rawValue: row.int(7)),
                catalogVersion: row.int(8),
                approval: row.int(9),
                life: DeviceLife(rawValue: row.int(10)) ?? .revoked,
                lifeAt: row.optionalInteger(11).map { Milliseconds($0) },
                reportDay: row.integer(13),
                findings: FindingFigures(open: row.int(6), violations: row.int(14), conflicts: row.int(15))
            )
        }
    }

    /// Adds a device, or gives the one that has this key a new certificate; its unit stays what it was.
    func upsert(
        id: String,
        publicKey: [UInt8],
        unitCode: String,
        hostName: String,
        agentVersion: String,
        certificateExpiresAt: Milliseconds,
        now: Milliseconds
    ) throws {
        try sql.execute(
            """
            INSERT INTO device (device_id, unit_code, public_key, host_name, agent_version, enrolled_at_ms,
                                certificate_expires_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (device_id) DO UPDATE SET certificate_expires_at_ms = excluded.certificate_expires_at_ms
            """,
            .text(id),
            .text(unitCode),
            .blob(publicKey),
            .text(hostName),
            .text(agentVersion),
            .integer(now.value),
            .integer(certificateExpiresAt.value)
        )
    }

    func setCertificateExpiry(_ id: String, at: Milliseconds) throws {
        try sql.execute(
            "UPDATE device SET certificate_expires_at_ms = $1 WHERE device_id = $2",
            .integer(at.value),
            .text(id)
        )
    }

    /// - Returns: whether there was such a device that was not revoked yet.
    func revoke(_ id: String, now: Milliseconds) throws -> Bool {
        try sql.execute(
            """
            UPDATE device SET revoked_at_ms = $1, life = 3, life_at_ms = $1, seat_state = 0, merged_into = NULL
            WHERE device_id = $2 AND revoked_at_ms IS NULL
            """,
            .integer(now.value),
            .text(id)
        ) == 1
    }

    /// Writes down that a device reported, and nothing else of it.
    ///
    /// The day is written only when it is another one: an index is over it.
    func recordReport(_ arrival: ReportArrival, after state: DeviceState) throws {
        let id = arrival.place.deviceID
        try sql.execute(
            """
            UPDATE device SET epoch = $1, sequence = $2, observed_at_ms = $3, last_report_at_ms = $4
            WHERE device_id = $5
            """,
            .integer(Int64(clamping: arrival.place.epoch)),
            .integer(Int64(clamping: arrival.place.sequence)),
            .integer(arrival.observedAt.value),
            .integer(arrival.receivedAt.value),
            .text(id)
        )
        try recordDay(id, arrival, after: state)
    }

    /// Writes down a report with an inventory and what follows from it, the whole row at once.
    ///
    /// Columns with an index over them are written only where they change (see `recordFindings`).
    func recordInventory(
        _ arrival: ReportArrival,
        digest: [UInt8],
        host: HostDescription,
        figures: DeviceFigures,
        after state: DeviceState
    ) throws {
        let id = arrival.place.deviceID
        try sql.execute(
            """
            UPDATE device SET epoch = $1, sequence = $2, observed_at_ms = $3, last_report_at_ms = $4,
                inventory_digest = $5, platform = $6, operating_system = $7, architecture = $8, agent_version = $9,
                catalog_version = $10, approval = $11, antivirus = $12
            WHERE device_id = $13
            """,
            .integer(Int64(clamping: arrival.place.epoch)),
            .integer(Int64(clamping: arrival.place.sequence)),
            .integer(arrival.observedAt.value),
            .integer(arrival.receivedAt.value),
            .blob(digest),
            .integer(host.platform.rawValue),
            .text(host.operatingSystem),
            .text(host.architecture),
            .text(host.agentVersion),
            .integer(figures.catalogVersion),
            .integer(figures.approval),
            .text(figures.antivirus.joined(separator: "\n")),
            .text(id)
        )
        if host.name != state.hostName {
            try sql.execute("UPDATE device SET host_name = $1 WHERE device_id = $2", .text(host.name), .text(id))
        }
        try recordDay(id, arrival, after: state)
    }

    private func recordDay(_ id: String, _ arrival: ReportArrival, after state: DeviceState) throws {
        let day = arrival.receivedAt.reportDay
        guard day != state.reportDay else { return }
        try sql.execute("UPDATE device SET report_day = $1 WHERE device_id = $2", .integer(day), .text(id))
    }

    /// Writes down by which catalog a device was judged again, and what that found.
    func recordJudgement(_ id: String, _ figures: DeviceFigures) throws {
        try sql.execute(
            "UPDATE device SET catalog_version = $1, approval = $2, antivirus = $3 WHERE device_id = $4",
            .integer(figures.catalogVersion),
            .integer(figures.approval),
            .text(figures.antivirus.joined(separator: "\n")),
            .text(id)
        )
    }

    /// Writes what is counted of a device's open findings.
    func recordFindings(_ id: String, _ figures: FindingFigures) throws {
        try sql.execute(
            "UPDATE device SET open_findings = $1, open_violations = $2, open_conflicts = $3 WHERE device_id = $4",
            .integer(figures.open),
            .integer(figures.violations),
            .integer(figures.conflicts),
            .text(id)
        )
    }

    /// Counts anew what puts devices into violation, of those that have an open finding of this kind.
    ///
    /// `violations`: the kinds that do now.
    func recountViolations(of kind: FindingKind, violations: [FindingKind]) throws {
        // Words of ours, so that nothing can be smuggled into the text.
        let words = violations.map { "'\($0.word)'" }.joined(separator: ", ")
        // Those in service by the kind of their findings, the others by themselves: no other open finding is read.
        for condition in [
            "device_id IN (SELECT device_id FROM finding WHERE kind = $1 AND closed_at_ms IS NULL AND is_listed = 1)",
            """
            life <> 0 AND EXISTS (SELECT 1 FROM finding
                WHERE finding.device_id = device.device_id AND kind = $1 AND closed_at_ms IS NULL)
            """,
        ] {
            try sql.execute(
                """
                UPDATE device SET open_violations = (
                    SELECT count(*) FROM finding
                    WHERE finding.device_id = device.device_id AND finding.closed_at_ms IS NULL
                        AND finding.is_waived = 0 AND finding.kind IN (\(words))
                )
                WHERE \(condition)
                """,
                .text(kind.word)
            )
        }
    }

    /// Devices that are not revoked and whose products an older catalog recognized, or that were judged by an earlier
    /// approval, in the order of their ids, after one.
    func judgedBefore(catalog version: Int, approval: Int = 0, after id: String, limit: Int) throws -> [String] {
        try sql.rows(
            """
            SELECT device_id FROM device
            WHERE inventory_digest IS NOT NULL AND revoked_at_ms IS NULL
                AND (catalog_version < $1 OR approval < $2) AND device_id > $3
            ORDER BY device_id LIMIT $4
            """,
            .integer(version),
            .integer(approval),
            .text(id),
            .integer(limit)
        ) { $0.text(0) }
    }

    func setSeatState(_ id: String, _ state: SeatState) throws {
        try sql.execute(
            "UPDATE device SET seat_state = $1 WHERE device_id = $2",
            .integer(state.rawValue),
            .text(id)
        )
    }
}
