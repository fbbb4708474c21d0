import Messages
import Shared

@testable import Collector

/// What officers read in lists, from the collector and from the model.
extension ModelledCollector {
    /// Of each unit: devices in order, in violation, silent; seats given, in use, waited for.
    func figures() async throws -> String {
        let response = try await handler.listUnits(request: Khien_V1_ListUnitsRequest(), context: context)
        return response.units.map { unit in
            let numbers = [
                unit.devices, unit.inOrder, unit.inViolation, unit.silent, unit.conflicts, unit.allocatedSeats,
                unit.usedSeats, unit.waiting, unit.shortfall, unit.overCap,
            ]
            return "\(unit.code) \(numbers.map(String.init).joined(separator: " "))"
        }.sorted().joined(separator: "\n")
    }

    /// What each account held at the end of a day.
    func ledger(at day: Int) async throws -> String {
        let text = Day(number: day)?.description ?? ""
        return try await database.read { sql in
            try sql.rows(
                """
                SELECT term_id, account, sum(seats) FROM (
                    SELECT term_id, to_account AS account, seats FROM ledger WHERE effective_on <= $1
                    UNION ALL SELECT term_id, from_account, -seats FROM ledger WHERE effective_on <= $1)
                WHERE account <> 'contract' GROUP BY term_id, account HAVING sum(seats) <> 0
                """,
                .text(text)
            ) { "\($0.integer(0)) \($0.text(1)) \($0.integer(2))" }.sorted().joined(separator: "\n")
        }
    }
}

extension Province {
    func figures() -> String {
        let violations = Set(violations)
        let counting = (1...terms.count).filter { granting(terms[$0 - 1].product).contains($0) }
        return units.compactMap { unit, state in
            let present = devices.values.filter { $0.unit == unit && $0.life == 0 }
            // A unit of before stands in the list as long as it has devices.
            guard !state.isClosed || !present.isEmpty else { return nil }
            let silent = present.filter { ($0.reportedAt ?? 0) / Self.day < now / Self.day - 7 }.count
            let heard = present.filter { ($0.reportedAt ?? 0) / Self.day >= now / Self.day - 7 }
            let violating = heard.filter { device in
                device.findings.contains { violations.contains($0.key) && !$0.value.isWaived }
            }.count
            let conflicts = present.filter { $0.findings[Kind.multiple]?.isWaived == false }.count
            let waiting = present.filter { $0.seat?.place == .waiting }.count
            let accounts = counting.map { (cap: cap(term: $0, unit: unit), used: used(term: $0, unit: unit)) }
            let excess = accounts.reduce(0) { $0 + max(0, $1.used - $1.cap) }
            let numbers = [
                present.count, present.count - silent - violating, violating, silent, conflicts,
                accounts.reduce(0) { $0 + $1.cap }, accounts.reduce(0) { $0 + $1.used }, waiting,
                accounts.reduce(0) { $0 + max(0, $1.cap - $1.used) }, waiting + excess,
            ]
            return "\(Name.unit(unit)) \(numbers.map(String.init).joined(separator: " "))"
        }.sorted().joined(separator: "\n")
    }

    func balances(at day: Int) -> String {
        var lines: [String] = []
        for term in 1...terms.count {
            for unit in [-1] + units.keys {
                let seats = balance(term: term, unit: unit, day: day)
                if seats != 0 { lines.append("\(term) \(unit < 0 ? "reserve" : "unit:\(Name.unit(unit))") \(seats)") }
            }
        }
        return lines.sorted().joined(separator: "\n")
    }
}
