import Shared
import Testing

@testable import Collector

extension TestCollector {
    var clock: WallClock {
        let now = now
        return WallClock { now }
    }
    var findings: FindingService { FindingService(database: database, clock: clock) }
    var devices: DeviceService { DeviceService(database: database, clock: clock) }

    var lifecycles: DeviceLifecycleService {
        DeviceLifecycleService(database: database, clock: clock, shelf: shelf)
    }

    /// Changes the policy; its sweep does not run unless somebody runs it.
    func policies(sweep: CatalogSweep? = nil) -> PolicyService {
        PolicyService(
            database: database,
            clock: clock,
            shelf: shelf,
            sweep: sweep ?? CatalogSweep(database: database, clock: clock, shelf: shelf, logger: Self.logger),
            answerTime: sweep == nil ? .zero : .seconds(3600)
        )
    }

    /// The open finding of a kind on a device.
    func finding(_ kind: FindingKind, of id: String) throws -> UInt64 {
        let open = try database.writeNow { try FindingStore(sql: $0).open(of: id) }
        return UInt64(try #require(open.first { $0.kind == kind }).id)
    }

    func advance(days: Int) { now = now.adding(seconds: Int64(days) * 86400) }

    /// Does what the clock brings for waivers.
    @discardableResult
    func endWaivers(limit: Int = 100) throws -> Int {
        try database.writeNow { sql in
            let policy = try PolicyStore(sql: sql).policy(now: now)
            let ended = try FindingStore(sql: sql).withEndedWaivers(now: now, limit: limit)
            for id in ended { try FindingLedger(sql: sql, policy: policy, now: now).endWaiver(id) }
            return ended.count
        }
    }

    /// How SQLite will go about a statement.
    func plan(_ statement: String) throws -> [String] {
        let parameters = statement.matches(of: /\$(\d+)/).compactMap { Int($0.output.1) }.max() ?? 0
        return try database.writeNow { sql in
            try sql.rows("EXPLAIN QUERY PLAN " + statement, values: Array(repeating: .integer(1), count: parameters)) {
                $0.text(3)
            }
        }
    }
}

/// Decisions of somebody who has just looked at the finding.
extension FindingService {
    private func seen(_ id: UInt64) async throws -> UInt64 {
        UInt64(try await history(id, for: .center).finding.details.revision)
    }

    func acknowledge(_ id: UInt64, note: String, by caller: Caller) async throws -> FindingEntry {
        try await acknowledge(id, note: note, expected: seen(id), by: caller)
    }

    func waive(_ id: UInt64, until: String, reason: String, by caller: Caller) async throws -> FindingEntry {
        try await waive(id, until: until, reason: reason, expected: seen(id), by: caller)
    }

    func unwaive(_ id: UInt64, reason: String, by caller: Caller) async throws -> FindingEntry {
        try await unwaive(id, reason: reason, expected: seen(id), by: caller)
    }
}

/// Why something was refused; `nil` when it was not.
func refusal(_ body: () async throws -> Void) async -> CollectorError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? CollectorError ?? CollectorError(.internal, "\(error)")
    }
}
