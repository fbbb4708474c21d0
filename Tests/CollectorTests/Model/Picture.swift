@testable import Collector

/// What can be seen of a province, as text, in the same form from the database and from the model.
struct Picture: Sendable, Equatable {
    /// Named parts, each a line for each thing.
    var parts: [String]

    static let names = ["devices", "accounts", "terms", "units", "requests", "policy"]

    /// One statement, so that a look at everything costs little more than one at a row.
    private static let query = """
        SELECT
            (SELECT coalesce(group_concat(line, char(10)), '') FROM (
                SELECT device_id || ' ' || unit_code || ' ' || life || ' ' || coalesce(merged_into, '-') || ' ' || report_day
                    || ' ' || seat_state || ' ' || coalesce((
                        SELECT term_id || ',' || unit_code || ',' || product_family
                            || ',' || state || ',' || queued_at_ms || ',' || priority
                        FROM seat WHERE seat.device_id = device.device_id), '-')
                    || ' ' || coalesce((
                        SELECT group_concat(kind || CASE is_waived WHEN 0 THEN '' ELSE '-waived-until-'
                                || ((waived_until_ms + 25200000) / 86400000 - 1) END, ',') FROM (
                            SELECT * FROM finding
                            WHERE finding.device_id = device.device_id AND closed_at_ms IS NULL ORDER BY kind)), '-')
                    || ' ' || coalesce((
                        SELECT group_concat(family, ',') FROM (
                            SELECT family FROM product WHERE product.device_id = device.device_id ORDER BY family)), '-')
                    AS line
                FROM device ORDER BY device_id)),
            (SELECT coalesce(group_concat(term_id || ' ' || unit_code || ' ' || cap || ' ' || used, char(10)), '') FROM (
                SELECT * FROM seat_account WHERE cap > 0 OR used > 0 ORDER BY term_id, unit_code)),
            (SELECT coalesce(group_concat(term_id || ' ' || total_seats || ' ' || reserve_seats, char(10)), '') FROM (
                SELECT * FROM term ORDER BY term_id)),
            (SELECT coalesce(group_concat(code || ' ' || (closed_on IS NOT NULL) || ' ' || coalesce(successor, '-'),
                    char(10)), '') FROM (SELECT * FROM unit ORDER BY code)),
            (SELECT coalesce(group_concat(number || ' ' || term_id || ' ' || unit_code || ' ' || seats || ' ' || state
                    || ' ' || granted_seats, char(10)), '') FROM (
                SELECT *, row_number() OVER (ORDER BY filed_at_ms) AS number FROM seat_request ORDER BY filed_at_ms)),
            (SELECT coalesce(group_concat(name || ' ' || value, char(10)), '') FROM (
                SELECT * FROM setting WHERE name LIKE 'severity.%' ORDER BY name))
        """

    init(_ sql: SQLTransaction) throws {
        parts = try sql.first(Self.query) { row in Self.names.indices.map { row.text($0) } } ?? []
    }

    init(parts: [String]) {
        self.parts = parts
    }

    /// The lines that are not the same.
    func difference(from expected: Picture) -> String {
        var lines: [String] = []
        for (index, name) in Self.names.enumerated() where parts[index] != expected.parts[index] {
            let actual = parts[index].split(separator: "\n")
            let wanted = expected.parts[index].split(separator: "\n")
            lines.append("\(name):")
            lines += wanted.filter { !actual.contains($0) }.map { "  model     \($0)" }
            lines += actual.filter { !wanted.contains($0) }.map { "  collector \($0)" }
        }
        return lines.joined(separator: "\n")
    }
}

/// The names of what is counted.
enum Name {
    static func unit(_ number: Int) -> String { "unit-\(padded(number))" }
    static func device(_ number: Int) -> String { "device-\(padded(number))" }
    /// So that names come in the order of the numbers.
    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// Writes a model's picture; lines of devices that did not change are kept.
struct Painter {
    private var devices: [Int: (device: Province.Device, line: String)] = [:]

    mutating func paint(_ province: Province) -> Picture {
        var lines: [String] = []
        for (id, device) in province.devices.sorted(by: { $0.key < $1.key }) {
            if let known = devices[id], known.device == device {
                lines.append(known.line)
            } else {
                let line = Self.line(id, device)
                devices[id] = (device, line)
                lines.append(line)
            }
        }
        let counts = province.used()
        var accounts: [String] = []
        for (index, term) in province.terms.enumerated() {
            for unit in province.units.keys.sorted() {
                let cap = term.caps[unit] ?? 0
                let used = counts[[index + 1, unit]] ?? 0
                if cap > 0 || used > 0 { accounts.append("\(index + 1) \(Name.unit(unit)) \(cap) \(used)") }
            }
        }
        let terms = province.terms.enumerated().map { "\($0.offset + 1) \($0.element.total) \($0.element.reserve)" }
        let units = province.units.sorted { $0.key < $1.key }.map { code, unit in
            "\(Name.unit(code)) \(unit.isClosed ? 1 : 0) \(unit.successor.map(Name.unit) ?? "-")"
        }
        let requests = province.requests.enumerated().map { index, request in
            "\(index + 1) \(request.term) \(Name.unit(request.unit)) \(request.seats) \(request.state) \(request.granted)"
        }
        let policy = province.severities.map { kind, severity in
            "severity.\(FindingName.words[kind] ?? "?") \(["", "notice", "warning", "critical"][severity])"
        }
        return Picture(
            parts: [lines, accounts, terms, units, requests, policy.sorted()].map { $0.joined(separator: "\n") }
        )
    }

    private static func line(_ id: Int, _ device: Province.Device) -> String {
        var seat = "-"
        var state = 0
        if let held = device.seat {
            state = [2, 1, 3][held.place.rawValue]
            seat = [
                "\(held.term)", Name.unit(device.unit), Province.products[held.product],
                "\(held.place.rawValue)", "\(held.queuedAt)", "\(held.priority)",
            ].joined(separator: ",")
        }
        let findings = device.findings.map { kind, finding in
            (FindingName.words[kind] ?? "?") + (finding.isWaived ? "-waived-until-\(finding.waivedUntil)" : "")
        }
        let products = (device.has ?? []).map { Province.products[$0] }
        return [
            Name.device(id), Name.unit(device.unit), "\(device.life)", device.mergedInto.map(Name.device) ?? "-",
            "\((device.reportedAt ?? 0) / Province.day)", "\(state)", seat,
            findings.isEmpty ? "-" : findings.sorted().joined(separator: ","),
            products.isEmpty ? "-" : products.sorted().joined(separator: ","),
        ].joined(separator: " ")
    }
}

enum FindingName {
    static let words = [
        Kind.multiple: "multiple-antivirus", Kind.unapproved: "unapproved-antivirus", Kind.none: "no-antivirus",
        Kind.overCap: "over-cap", Kind.termExpired: "term-expired",
    ]
}
