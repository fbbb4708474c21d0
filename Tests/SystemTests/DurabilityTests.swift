import Foundation
import GRDB
import Testing

/// What was acknowledged is in the database, whatever happens to the collector.
@Suite struct DurabilityTests {
    /// Device, epoch and sequence of every line that the fleet wrote after an acknowledgement.
    private func acknowledged(_ file: URL) throws -> Set<String> {
        let text = try String(contentsOf: file, encoding: .utf8)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // The last line may be cut where the fleet was stopped.
        if !lines.isEmpty { lines.removeLast() }
        return Set(lines.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") })
    }

    private func stored(_ province: Province) throws -> (reports: Set<String>, check: String) {
        let database = try DatabaseQueue(path: province.databasePath)
        defer { try? database.close() }
        return try database.read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT device_id, epoch, sequence FROM report")
            let check = try String.fetchOne(db, sql: "PRAGMA integrity_check") ?? ""
            return (Set(rows.map { "\($0[0] as String) \($0[1] as Int64) \($0[2] as Int64)" }), check)
        }
    }

    /// Loads a collector, ends it with a signal in the middle, and compares.
    private func load(_ province: Province, then signal: Int32) async throws {
        try await province.initialize()
        let serving = try await province.serve()
        let join = try await province.join("so-nnptnt", uses: 40, serving: serving)
        let file = province.folder.appending(path: "acknowledged.txt")
        // It goes on until this test ends it, however late a busy machine lets the test look; the time is only a bound.
        let fleet = try Program.fleet.start([
            "run", "--join", join, "--devices", "40", "--duration", "900", "--time-limit", "900", "--workers", "8",
            "--seed", "3", "--acknowledged", file.path,
        ])
        // In the middle of the load: when some hundred reports are acknowledged.
        while try await fleetIsBelow(200, file, fleet) { try await Task.sleep(for: .milliseconds(5)) }
        serving.running.send(signal)
        let outcome = await serving.running.outcome()
        if signal == SIGTERM { #expect(outcome.status == 0, "\(outcome.errors)") }
        fleet.send(SIGKILL)
        _ = await fleet.outcome()

        let promised = try acknowledged(file)
        #expect(promised.count >= 200)
        // The restart recovers what the log holds, and serves.
        let restarted = try await province.serve()
        await restarted.stop()
        let (reports, check) = try stored(province)
        #expect(check == "ok")
        #expect(
            promised.subtracting(reports).isEmpty,
            "\(promised.subtracting(reports).count) of \(promised.count) lost"
        )
    }

    private func fleetIsBelow(_ count: Int, _ file: URL, _ fleet: RunningProgram) async throws -> Bool {
        if fleet.hasEnded {
            let outcome = await fleet.outcome()
            throw Province.Failure("the fleet ended early: \(outcome.errors)")
        }
        guard let data = try? Data(contentsOf: file) else { return true }
        return data.count { $0 == UInt8(ascii: "\n") } < count
    }

    @Test func aKilledCollectorHasEveryReportThatItAcknowledged() async throws {
        try await load(try Province(), then: SIGKILL)
    }

    @Test func aCollectorThatIsAskedToStopHasEveryReportThatItAcknowledged() async throws {
        try await load(try Province(), then: SIGTERM)
    }
}
