internal import Foundation
internal import Shared

/// A database filled with devices as they would be on a usual morning, in a folder of its own that goes with it.
///
/// Nine of ten devices hold a seat, one unit in fifty has some that wait, one device in ten has an open finding and one in
/// twenty was not heard of for weeks.
final class MeasuredDatabase {
    let database: Database
    let devices: Int
    let now: Milliseconds
    private let folder: String

    /// Fills a new database; a million devices take about a minute.
    /// - Throws: `CollectorError` (`dataDirectory`) when the folder cannot be used.
    init(in parent: String, devices: Int, units: Int, now: Milliseconds) throws(CollectorError) {
        folder = "\(parent)/khien-measure-\(UUID().uuidString)"
        try StateFile.makeDirectory(folder)
        self.devices = devices
        self.now = now
        do throws(CollectorError) {
            database = try Database(path: "\(folder)/khien.db")
            try Self.fill(database, devices: devices, units: units, now: now)
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    deinit {
        try? database.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The size of the database file, in bytes.
    var fileSize: Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/khien.db")
        return attributes?[.size] as? Int ?? 0
    }

    /// A device that is to report.
    struct Reporter: Sendable, Hashable {
        var id: String
        var hostName: String
    }

    /// Devices at random, each once.
    func sample(_ count: Int) async throws(CollectorError) -> [Reporter] {
        try await database.read { sql in
            try sql.rows(
                "SELECT device_id, host_name FROM device WHERE life = 0 ORDER BY random() LIMIT $1",
                .integer(count)
            ) { Reporter(id: $0.text(0), hostName: $0.text(1)) }
        }
    }

    private static func fill(
        _ database: Database,
        devices: Int,
        units: Int,
        now: Milliseconds
    ) throws(CollectorError) {
        let perUnit = max(1, devices / units)
        let allocations = (0..<units).map { number in
            InitialData.UnitAllocation(
                code: "unit-\(number)",
                group: "department",
                name: "Đơn vị số \(number)",
                // One unit in fifty has fewer seats than devices with the product.
                seats: number % 50 == 0 ? perUnit * 85 / 100 : perUnit * 95 / 100
            )
        }
        let officer = InitialData.FirstOfficer(
            name: "center",
            certificateSerial: "01",
            certificateExpiresAt: Milliseconds(.max)
        )
        let today = Day(milliseconds: now.value, minutesAhead: 420)
        try database.seed(
            .firstTerm(units: allocations, totalSeats: devices, officer: officer, startsOn: today.adding(days: -30)),
            now: now
        )
        try database.writeNow { sql in
            for statement in Self.statements {
                try sql.execute(statement, .integer(devices), .integer(units), .integer(now.value))
            }
        }
    }

    /// Each takes the number of devices, the number of units, and the moment.
    private static let statements = [
        """
        WITH RECURSIVE number(n, devices, units, now) AS (
            SELECT 0, $1, $2, $3 UNION ALL SELECT n + 1, devices, units, now FROM number WHERE n + 1 < devices
        )
        INSERT INTO device (device_id, unit_code, public_key, host_name, platform, operating_system, architecture,
            agent_version, enrolled_at_ms, certificate_expires_at_ms, epoch, sequence, last_report_at_ms, observed_at_ms,
            inventory_digest, seat_state, open_findings, catalog_version, open_violations, open_conflicts, antivirus,
            report_day)
        SELECT lower(hex(randomblob(16))), 'unit-' || (n % units), zeroblob(91), 'PC-' || n, 2, 'Windows 10 Pro 22H2',
            'x86_64', '0.1.0', 0, now + 10000000000, 1, 10, now - 86400000 * (CASE WHEN n / units % 20 = 0 THEN 21 ELSE 0 END),
            now, zeroblob(32),
            -- The first devices of a unit hold its seats, some of the next wait.
            CASE WHEN n / units < seat_account.cap * 98 / 100 THEN 1
                WHEN (n % units) % 50 = 0 AND n / units BETWEEN seat_account.cap AND seat_account.cap + 9 THEN 2 ELSE 0 END,
            n / units % 10 = 3, 2, n / units % 10 = 3, n / units % 50 = 3, 'Kaspersky Endpoint Security',
            (now - 86400000 * (CASE WHEN n / units % 20 = 0 THEN 21 ELSE 0 END)) / 86400000
        FROM number JOIN seat_account ON seat_account.term_id = 1 AND seat_account.unit_code = 'unit-' || (n % units)
        """,
        """
        INSERT INTO seat (device_id, term_id, unit_code, state, since_ms, product_family, queued_at_ms, priority)
        SELECT device_id, 1, unit_code, seat_state = 1, now - abs(random() % 1000000000),
            'kaspersky-endpoint-security', now - abs(random() % 1000000000), 1
        FROM (SELECT $1 AS devices, $2 AS units, $3 AS now) CROSS JOIN device WHERE seat_state > 0
        """,
        """
        UPDATE seat_account SET used = (
            SELECT count(*) FROM seat WHERE seat.unit_code = seat_account.unit_code AND state = 1
        ) WHERE $1 > 0 AND $2 > 0 AND $3 > 0
        """,
        """
        INSERT INTO finding (device_id, kind, products, opened_at_ms, opened_by_epoch, opened_by_sequence, unit_code,
            deadline_ms)
        SELECT device_id, CASE WHEN open_conflicts > 0 THEN 'multiple-antivirus' ELSE 'unapproved-antivirus' END,
            'Kaspersky Endpoint Security', now - abs(random() % 1000000000), 1, 1, unit_code,
            now + 604800000 - abs(random() % 1000000000)
        FROM (SELECT $1 AS devices, $2 AS units, $3 AS now) CROSS JOIN device WHERE open_findings > 0
        """,
        """
        INSERT INTO product (device_id, family, name, vendor, version, first_seen_ms)
        SELECT device_id, 'kaspersky-endpoint-security', 'Kaspersky Endpoint Security', 'Kaspersky', '12.1', now
        FROM (SELECT $1 AS devices, $2 AS units, $3 AS now) CROSS JOIN device
        """,
        """
        INSERT INTO fact (device_id, family, position, source, kind, weight, role, is_weak, value, publisher, detail)
        SELECT device_id, 'kaspersky-endpoint-security', position.p, 3 + position.p, 1, 3, 1, 0,
            'name-' || position.p, 'AO Kaspersky Lab', ''
        FROM device CROSS JOIN (SELECT 0 AS p UNION SELECT 1 UNION SELECT 2) AS position
        WHERE $1 > 0 AND $2 > 0 AND $3 > 0
        """,
        """
        INSERT INTO source_status (device_id, source, state, reason, entries)
        SELECT device_id, source.s, 1, '', 10
        FROM device CROSS JOIN (SELECT 1 AS s UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) AS source
        WHERE $1 > 0 AND $2 > 0 AND $3 > 0
        """,
    ]
}
