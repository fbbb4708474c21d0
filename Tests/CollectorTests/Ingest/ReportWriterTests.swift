import ServiceLifecycle
import Shared
import Testing

@testable import Collector

@Suite struct ReportWriterTests {
    /// Runs a writer while the body runs, then stops it gracefully.
    private func withWriter<Result: Sendable>(
        _ collector: TestCollector,
        limits: ReportWriter.Limits = ReportWriter.Limits(),
        _ body: (ReportWriter) async throws -> Result
    ) async throws -> Result {
        let now = collector.now
        let writer = ReportWriter(
            database: collector.database,
            clock: WallClock { now },
            shelf: collector.shelf,
            limits: limits,
            logger: TestCollector.logger
        )
        let group = ServiceGroup(services: [writer], logger: TestCollector.logger)
        async let running: Void = group.run()
        let result = try await body(writer)
        await group.triggerGracefulShutdown()
        try await running
        return result
    }

    @Test func fiveHundredReportsAtOnceAgainstACapOfAHundredTakeExactlyAHundredSeats() async throws {
        let collector = try TestCollector(caps: [("unit-a", 100)])
        for index in 0..<500 { try collector.addDevice("d\(index)") }
        let reports = (0..<500).map { collector.report("d\($0)", .complete(.installed(TestCollector.approved))) }
        let states = try await withWriter(collector) { writer in
            try await withThrowingTaskGroup(of: SeatState.self) { group in
                for report in reports { group.addTask { try await writer.submit(report).seat } }
                return try await group.reduce(into: [SeatState]()) { $0.append($1) }
            }
        }
        #expect(states.count { $0 == .held } == 100)
        #expect(states.count { $0 == .overCap } == 400)
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 1") == 100)
        #expect(try collector.number("SELECT used FROM seat_account") == 100)
        #expect(try collector.number("SELECT count(*) FROM report") == 500)
    }

    @Test func onlyDevicesInServiceSetTheLastReportOfTheirUnit() async throws {
        let collector = try TestCollector()
        for id in ["dev1", "dev2", "dev3"] {
            try collector.addDevice(id)
            try collector.submit(id, .complete())
        }
        func lastReport(after id: String) async throws -> Int {
            collector.now = collector.now.adding(seconds: 60)
            let report = collector.report(id, .complete())
            // The same report once more says no more of the unit.
            try await withWriter(collector) { writer in
                for _ in 0..<2 { _ = try await writer.submit(report) }
            }
            return try collector.number(
                "SELECT coalesce(last_report_at_ms, 0) FROM unit_figure WHERE unit_code = 'unit-a'"
            )
        }
        _ = try await collector.lifecycles.retire("dev2", reason: "x", by: .center)
        _ = try await collector.lifecycles.merge(keep: "dev1", other: "dev3", reason: "x", by: .center)
        let first = Int(collector.now.value)
        for id in ["dev2", "dev3"] { #expect(try await lastReport(after: id) <= first, "\(id)") }
        #expect(try await lastReport(after: "dev1") == Int(collector.now.value))
        // Back in service, it counts again.
        collector.advance(days: 2)
        #expect(try await lastReport(after: "dev2") == Int(collector.now.value))
    }

    @Test func whatWasHandedInBeforeTheStopIsCommittedAndWhatComesAfterIsRefused() async throws {
        let collector = try TestCollector(caps: [("unit-a", 100)])
        for index in 0..<50 { try collector.addDevice("d\(index)") }
        let reports = (0..<50).map { collector.report("d\($0)", .complete()) }
        let late = collector.report("d0", .complete())
        let writer = try await withWriter(collector) { writer in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for report in reports { group.addTask { _ = try await writer.submit(report) } }
                try await group.waitForAll()
            }
            return writer
        }
        #expect(try collector.number("SELECT count(*) FROM report") == 50)
        await #expect(throws: CollectorError.self) { try await writer.submit(late) }
        #expect(try collector.number("SELECT count(*) FROM report") == 50)
    }

    @Test func aFullQueueRefusesInsteadOfGrowing() async throws {
        let collector = try TestCollector()
        try collector.addDevice("d1")
        let report = collector.report("d1", .complete())
        var limits = ReportWriter.Limits()
        limits.queuedReports = 0
        let code = try await withWriter(collector, limits: limits) { writer in
            do throws(CollectorError) {
                _ = try await writer.submit(report)
                return CollectorError.Code?.none
            } catch {
                return error.code
            }
        }
        #expect(code == .resourceExhausted)
    }

    @Test func oneReportThatTheDatabaseRefusesDoesNotTakeItsNeighborsDown() async throws {
        let collector = try TestCollector(caps: [("unit-a", 100)])
        for index in 0..<20 { try collector.addDevice("d\(index)") }
        try collector.database.writeNow { sql in
            try sql.script(
                "CREATE TRIGGER poison BEFORE INSERT ON report WHEN new.device_id = 'd7' BEGIN SELECT raise(ABORT, 'no'); END"
            )
        }
        let reports = (0..<20).map { collector.report("d\($0)", .complete()) }
        let stored = try await withWriter(collector) { writer in
            await withTaskGroup(of: Bool.self) { group in
                for report in reports {
                    group.addTask { (try? await writer.submit(report)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
        }
        #expect(stored == 19)
        #expect(try collector.number("SELECT count(*) FROM report") == 19)
    }
}
