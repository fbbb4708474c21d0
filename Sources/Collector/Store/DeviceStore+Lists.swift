internal import Shared

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
    var life: DeviceLife
    /// Of a merged one: the record that is kept.
    var mergedInto: String?
    var lastReportAt: Milliseconds?
    var seat: SeatState
    var epoch: UInt64
    var sequence: UInt64
    var openFindings: Int
    /// Those that put it into violation.
    var openViolations: Int
    /// Names of confirmed antivirus products; `nil` when the device was judged before they were kept here.
    var antivirus: [String]?
}

/// Which devices a list holds.
enum DeviceFilter: Sendable, Hashable, CaseIterable {
    case inService
    /// The next three are the devices in service, each once.
    case inOrder
    case inViolation
    case silent
    case revoked
    case retired
    case merged

    /// What holds of the columns of `device` beside its last report.
    fileprivate var condition: String {
        switch self {
        case .inService: "device.life = 0"
        case .inOrder: "device.life = 0 AND device.open_violations = 0"
        case .inViolation: "device.life = 0 AND device.open_violations > 0"
        case .silent: "device.life = 0"
        case .revoked: "device.life = 3 AND device.life <> 0"
        case .retired: "device.life = 1 AND device.life <> 0"
        case .merged: "device.life = 2 AND device.life <> 0"
        }
    }

    /// Whether few devices of a unit are meant, which are better found by an index and then sorted than met on the way through
    /// all of them: an expression in the order is what makes SQLite do so.
    fileprivate var isFoundFirst: Bool { [.silent, .revoked, .retired, .merged].contains(self) }

    /// Whether silence decides.
    private var minds: Bool { [.inOrder, .inViolation, .silent].contains(self) }

    fileprivate func day(_ silentBefore: Int64) -> SQLValue { .integer(minds ? silentBefore : 0) }
}

/// SQL of lists of devices.
extension DeviceStore {
    /// Where a device stands in a list: by unit, host name and id.
    struct Key: Sendable, Hashable {
        var unit: String
        var host = ""
        var id = ""
    }

    private static let columns = """
        device.device_id, device.host_name, device.unit_code, unit.name, device.platform, device.operating_system,
        device.agent_version, device.enrolled_at_ms, device.certificate_expires_at_ms, device.life,
        device.last_report_at_ms, device.seat_state, device.epoch, device.sequence, device.open_findings,
        device.antivirus, device.open_violations, device.merged_into
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
            life: DeviceLife(rawValue: row.int(9)) ?? .revoked,
            mergedInto: row.optionalText(17),
            lastReportAt: row.optionalInteger(10).map { Milliseconds($0) },
            seat: SeatState(rawValue: row.int(11)) ?? .none,
            epoch: UInt64(clamping: row.integer(12)),
            sequence: UInt64(clamping: row.integer(13)),
            openFindings: row.int(14),
            openViolations: row.int(16),
            // Names never hold a line break (see `ReportDecoder`).
            antivirus: row.optionalText(15).map { $0.split(separator: "\n").map(String.init) }
        )
    }

    /// Devices whose id begins with a text, at most `limit`; of one unit where one is given.
    func withPrefix(_ prefix: String, unit: String?, limit: Int) throws -> [DeviceRecord] {
        try sql.rows(
            Self.prefixStatement(isOfOneUnit: unit != nil),
            .text(unit ?? ""),
            .text(prefix),
            .text(prefix + "~"),
            .integer(limit),
            read: Self.record
        )
    }

    /// Of one unit, nothing is read of the others: neither is the answer, nor how long it takes, about them.
    static func prefixStatement(isOfOneUnit: Bool) -> String {
        """
        SELECT \(columns) FROM device CROSS JOIN unit
        WHERE unit.code = device.unit_code AND \(isOfOneUnit ? "device.unit_code" : "''") = $1
            AND device.device_id >= $2 AND device.device_id < $3
        ORDER BY device.device_id LIMIT $4
        """
    }

    /// One page in the order of unit, host name and id, beginning after a key.
    ///
    /// `silentBefore`: the day (`report_day`) before which a last report makes a device silent.
    func page(
        _ filter: DeviceFilter,
        unit: String?,
        silentBefore: Int64,
        after: Key?,
        limit: Int
    ) throws -> [DeviceRecord] {
        let first = after ?? Key(unit: unit ?? "")
        guard filter == .silent, unit == nil else {
            return try page(filter, lane: unit, silentBefore: silentBefore, after: first, limit: limit)
        }
        // Silent ones are found by their last report within each unit, so that a province without any is not walked through.
        var rows: [DeviceRecord] = []
        for code in try sql.rows(
            "SELECT code FROM unit WHERE code >= $1 ORDER BY code",
            .text(first.unit),
            read: { $0.text(0) }
        )
        where rows.count < limit {
            rows += try page(
                filter,
                lane: code,
                silentBefore: silentBefore,
                after: code == first.unit ? first : Key(unit: code),
                limit: limit - rows.count
            )
        }
        return rows
    }

    private func page(
        _ filter: DeviceFilter,
        lane: String?,
        silentBefore: Int64,
        after: Key,
        limit: Int
    ) throws -> [DeviceRecord] {
        try sql.rows(
            Self.statement(filter, isOfOneUnit: lane != nil),
            .text(lane ?? ""),
            filter.day(silentBefore),
            .text(after.unit),
            .text(after.host),
            .text(after.id),
            .integer(limit),
            read: Self.record
        )
    }

    /// CROSS JOIN is an order to SQLite, not a product: devices first.
    ///
    /// The plus keeps it from an index by the last report, in whose order the page is not.
    static func statement(_ filter: DeviceFilter, isOfOneUnit: Bool) -> String {
        let host = isOfOneUnit && filter.isFoundFirst ? "device.host_name || ''" : "device.host_name"
        let order = "\(host), device.device_id"
        let day = filter == .silent ? "device.report_day <" : "+device.report_day >="
        return isOfOneUnit
            ? """
            SELECT \(columns) FROM device CROSS JOIN unit
            WHERE unit.code = device.unit_code AND device.unit_code = $1 AND \(filter.condition) AND \(day) $2
                AND $3 <= $1 AND (\(order)) > ($4, $5)
            ORDER BY \(order) LIMIT $6
            """
            : """
            SELECT \(columns) FROM device CROSS JOIN unit
            WHERE unit.code = device.unit_code AND '' = $1 AND \(filter.condition) AND \(day) $2
                AND (device.unit_code, \(order)) > ($3, $4, $5)
            ORDER BY device.unit_code, \(order) LIMIT $6
            """
    }

    /// How many devices the pages hold together: from kept figures where there are some.
    func count(_ filter: DeviceFilter, unit: String?, silentBefore: Int64) throws -> Int {
        switch filter {
        case .inService: try figure("devices", unit)
        case .silent: try silent(unit, silentBefore, isViolating: false)
        case .inViolation: try figure("violating", unit) - silent(unit, silentBefore, isViolating: true)
        case .inOrder:
            try figure("devices", unit) - figure("violating", unit) - silent(unit, silentBefore, isViolating: false)
                + silent(unit, silentBefore, isViolating: true)
        case .retired: try count(.retired, unit)
        case .merged: try count(.merged, unit)
        case .revoked: try count(.revoked, unit)
        }
    }

    private func figure(_ column: String, _ unit: String?) throws -> Int {
        try sql.first(
            "SELECT coalesce(sum(\(column)), 0) FROM unit_figure WHERE \(unit == nil ? "''" : "unit_code") = $1",
            .text(unit ?? "")
        ) { $0.int(0) } ?? 0
    }

    private func silent(_ unit: String?, _ silentBefore: Int64, isViolating: Bool) throws -> Int {
        try sql.first(
            """
            SELECT coalesce(sum((
                SELECT count(*) FROM device WHERE device.unit_code = unit.code AND device.report_day < $1
                    AND device.life = 0 AND device.open_violations >= $2
            )), 0) FROM unit WHERE \(unit == nil ? "''" : "code") = $3
            """,
            .integer(silentBefore),
            .integer(isViolating ? 1 : 0),
            .text(unit ?? "")
        ) { $0.int(0) } ?? 0
    }

    private func count(_ life: DeviceLife, _ unit: String?) throws -> Int {
        try sql.first(
            """
            SELECT count(*) FROM device
            WHERE life = $1 AND life <> 0 AND \(unit == nil ? "''" : "unit_code") = $2
            """,
            .integer(life.rawValue),
            .text(unit ?? "")
        ) { $0.int(0) } ?? 0
    }
}
