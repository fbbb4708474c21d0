internal import Shared

/// A device as the writer sees it when a report arrives.
struct DeviceState: Sendable {
    var unitCode: String
    var isRevoked: Bool
    var epoch: UInt64
    var sequence: UInt64
    var inventoryDigest: [UInt8]?
    var seat: SeatState
    var openFindings: Int
    var platform: HostDescription.Platform?
    /// Of the catalog that recognized the stored products.
    var catalogVersion: Int
}

/// What a judgement leaves in a device's row, so that lists need not look further.
struct DeviceFigures: Sendable, Hashable {
    /// Of the catalog that recognized the products.
    var catalogVersion: Int
    var openFindings: Int
    /// Those that put the device into violation.
    var violations: Int
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
}

/// A device as lists show it.
struct DeviceRecord: Sendable, Hashable {
    var id: String
    var hostName: String
    var unitCode: String
    var unitName: String
    var platform: HostDescription.Platform?
    var operatingSystem: String
    var agentVersion: String
    var enrolledAt: Milliseconds
    var certificateExpiresAt: Milliseconds
    var revokedAt: Milliseconds?
    var lastReportAt: Milliseconds?
    var seat: SeatState
    var epoch: UInt64
    var sequence: UInt64
    var openFindings: Int
    /// Names of confirmed antivirus products; `nil` when the device was judged before they were kept here.
    var antivirus: [String]?
}

/// SQL of the table `device`.
struct DeviceStore {
    let sql: SQLTransaction

    func state(_ id: String) throws -> DeviceState? {
        try sql.first(
            """
            SELECT unit_code, revoked_at_ms IS NOT NULL, epoch, sequence, inventory_digest, seat_state, open_findings,
                platform, catalog_version
            FROM device WHERE device_id = $1
            """,
            .text(id)
        ) { row in
            DeviceState(
                unitCode: row.text(0),
                isRevoked: row.bool(1),
                epoch: UInt64(clamping: row.integer(2)),
                sequence: UInt64(clamping: row.integer(3)),
                inventoryDigest: row.optionalBlob(4),
                seat: SeatState(rawValue: row.int(5)) ?? .none,
                openFindings: row.int(6),
                platform: HostDescription.Platform(rawValue: row.int(7)),
                catalogVersion: row.int(8)
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
            "UPDATE device SET revoked_at_ms = $1, seat_state = 0 WHERE device_id = $2 AND revoked_at_ms IS NULL",
            .integer(now.value),
            .text(id)
        ) == 1
    }

    func recordReport(
        _ id: String,
        epoch: UInt64,
        sequence: UInt64,
        observedAt: Milliseconds,
        now: Milliseconds
    ) throws {
        try sql.execute(
            """
            UPDATE device SET epoch = $1, sequence = $2, observed_at_ms = $3, last_report_at_ms = $4
            WHERE device_id = $5
            """,
            .integer(Int64(clamping: epoch)),
            .integer(Int64(clamping: sequence)),
            .integer(observedAt.value),
            .integer(now.value),
            .text(id)
        )
    }

    func recordInventory(
        _ id: String,
        digest: [UInt8],
        host: HostDescription
    ) throws {
        try sql.execute(
            """
            UPDATE device SET inventory_digest = $1, host_name = $2, platform = $3, operating_system = $4,
                architecture = $5, agent_version = $6
            WHERE device_id = $7
            """,
            .blob(digest),
            .text(host.name),
            .integer(host.platform.rawValue),
            .text(host.operatingSystem),
            .text(host.architecture),
            .text(host.agentVersion),
            .text(id)
        )
    }

    func recordFigures(_ id: String, _ figures: DeviceFigures) throws {
        try sql.execute(
            """
            UPDATE device SET catalog_version = $1, open_findings = $2, open_violations = $3, antivirus = $4
            WHERE device_id = $5
            """,
            .integer(figures.catalogVersion),
            .integer(figures.openFindings),
            .integer(figures.violations),
            .text(figures.antivirus.joined(separator: "\n")),
            .text(id)
        )
    }

    /// Devices that are not revoked and whose products an older catalog recognized, in the order of their ids, after one.
    func judgedBefore(catalog version: Int, after id: String, limit: Int) throws -> [String] {
        try sql.rows(
            """
            SELECT device_id FROM device
            WHERE inventory_digest IS NOT NULL AND revoked_at_ms IS NULL AND catalog_version < $1 AND device_id > $2
            ORDER BY device_id LIMIT $3
            """,
            .integer(version),
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

    private static let columns = """
        device.device_id, device.host_name, device.unit_code, unit.name, device.platform, device.operating_system,
        device.agent_version, device.enrolled_at_ms, device.certificate_expires_at_ms, device.revoked_at_ms,
        device.last_report_at_ms, device.seat_state, device.epoch, device.sequence, device.open_findings,
        device.antivirus
        """

    private static func record(_ row: SQLRow) -> DeviceRecord {
        DeviceRecord(
            id: row.text(0),
            hostName: row.text(1),
            unitCode: row.text(2),
            unitName: row.text(3),
            platform: HostDescription.Platform(rawValue: row.int(4)),
            operatingSystem: row.text(5),
            agentVersion: row.text(6),
            enrolledAt: Milliseconds(row.integer(7)),
            certificateExpiresAt: Milliseconds(row.integer(8)),
            revokedAt: row.optionalInteger(9).map { Milliseconds($0) },
            lastReportAt: row.optionalInteger(10).map { Milliseconds($0) },
            seat: SeatState(rawValue: row.int(11)) ?? .none,
            epoch: UInt64(clamping: row.integer(12)),
            sequence: UInt64(clamping: row.integer(13)),
            openFindings: row.int(14),
            // Names never hold a line break (see `ReportDecoder`).
            antivirus: row.optionalText(15).map { $0.split(separator: "\n").map(String.init) }
        )
    }

    /// Devices whose id begins with a text, at most `limit`; of one unit where one is given.
    func withPrefix(_ prefix: String, unit: String?, limit: Int) throws -> [DeviceRecord] {
        try sql.rows(
            """
            SELECT \(Self.columns) FROM device JOIN unit ON unit.code = device.unit_code
            WHERE device.device_id >= $1 AND device.device_id < $2 AND ($3 IS NULL OR device.unit_code = $3)
            ORDER BY device.device_id LIMIT $4
            """,
            .text(prefix),
            .text(prefix + "~"),
            .optional(unit),
            .integer(limit),
            read: Self.record
        )
    }

    /// One page in the order of unit, host name and id, beginning after a key.
    func page(unit: String?, after: (unit: String, host: String, id: String)?, limit: Int) throws -> [DeviceRecord] {
        let order = "ORDER BY device.unit_code, device.host_name, device.device_id"
        if let after {
            return try sql.rows(
                """
                SELECT \(Self.columns) FROM device JOIN unit ON unit.code = device.unit_code
                WHERE (device.unit_code, device.host_name, device.device_id) > ($1, $2, $3)
                    AND ($4 IS NULL OR device.unit_code = $4)
                \(order) LIMIT $5
                """,
                .text(after.unit),
                .text(after.host),
                .text(after.id),
                .optional(unit),
                .integer(limit),
                read: Self.record
            )
        }
        return try sql.rows(
            """
            SELECT \(Self.columns) FROM device JOIN unit ON unit.code = device.unit_code
            WHERE $1 IS NULL OR device.unit_code = $1 \(order) LIMIT $2
            """,
            .optional(unit),
            .integer(limit),
            read: Self.record
        )
    }

    func count(unit: String?) throws -> Int {
        try sql.first(
            "SELECT count(*) FROM device WHERE $1 IS NULL OR unit_code = $1",
            .optional(unit)
        ) { $0.int(0) } ?? 0
    }
}
