import ServiceLifecycle
import Shared
import Testing

@testable import Collector

@Suite struct SeatContentionTests {
    private static let devices = 1000

    /// A thousand devices of one unit, and a watch on whoever takes a seat above the cap.
    private func crowd(cap: Int, total: Int) throws -> TestCollector {
        let collector = try TestCollector(caps: [("unit-a", cap)], total: total)
        let now = collector.now
        try collector.database.writeNow { sql in
            for index in 0..<Self.devices {
                try DeviceStore(sql: sql).upsert(
                    id: "d\(index)",
                    publicKey: [1],
                    unitCode: "unit-a",
                    hostName: "d\(index)",
                    agentVersion: "0.1.0",
                    certificateExpiresAt: Milliseconds(.max),
                    now: now
                )
            }
            try sql.script(
                """
                CREATE TABLE overrun (used INTEGER, cap INTEGER);
                CREATE TRIGGER overrun_seen AFTER UPDATE OF used ON seat_account
                WHEN NEW.used > OLD.used AND NEW.used > NEW.cap BEGIN
                    INSERT INTO overrun VALUES (NEW.used, NEW.cap);
                END;
                """
            )
        }
        return collector
    }

    /// Hands in a report of every device at once through the real writer, while the body runs.
    /// - Returns: what the devices were answered.
    private func reportAll(_ collector: TestCollector, during body: () async throws -> Void) async throws -> [SeatState]
    {
        let reports = (0..<Self.devices).map { collector.report("d\($0)", TestCollector.withApproved) }
        let writer = ReportWriter(
            database: collector.database,
            clock: collector.clock,
            shelf: collector.shelf,
            // Small batches, so that officers get in between.
            limits: .init(queuedReports: Self.devices, queuedBytes: .max, batchReports: 20),
            logger: TestCollector.logger
        )
        let group = ServiceGroup(services: [writer], logger: TestCollector.logger)
        async let running: Void = group.run()
        async let states = withThrowingTaskGroup(of: SeatState.self) { group in
            for report in reports { group.addTask { try await writer.submit(report).seat } }
            return try await group.reduce(into: [SeatState]()) { $0.append($1) }
        }
        try await body()
        let answered = try await states
        await group.triggerGracefulShutdown()
        try await running
        return answered
    }

    @Test func aThousandReportsAtOnceAgainstACapOf500TakeExactly500SeatsAnd500Wait() async throws {
        let collector = try crowd(cap: 500, total: 500)
        let states = try await reportAll(collector) {}
        #expect(states.count { $0 == .held } == 500 && states.count { $0 == .overCap } == 500)
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 1") == 500)
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 0") == 500)
        #expect(try collector.number("SELECT count(*) FROM overrun") == 0)
        try collector.checkSeats()
    }

    @Test func theSameWhileTwoOfficersChangeTheCap() async throws {
        let collector = try crowd(cap: 100, total: 500)
        let allocations = collector.licenses.allocations
        let database = collector.database
        let decision = try Decision(document: "1", reason: "", effectiveOn: "")
        /// Twenty changes each; whoever was slower looks again.
        @Sendable func decide(_ officer: String, _ seed: UInt64) async throws -> Int {
            var random = SplitMix64(state: seed)
            var done = 0
            while done < 20 {
                let revision = try await database.read { try SeatStore(sql: $0).revision(term: 1) }
                do throws(CollectorError) {
                    _ = try await allocations.set(
                        .init(
                            term: 1,
                            unit: "unit-a",
                            seats: UInt32.random(in: 50...500, using: &random),
                            decision: decision,
                            expectedRevision: UInt64(revision)
                        ),
                        by: Caller(name: officer, role: .center, ownUnit: nil)
                    )
                    done += 1
                } catch {
                    guard error.code == .aborted else { throw error }
                }
            }
            return done
        }
        _ = try await reportAll(collector) {
            async let first = decide("first", 1)
            async let second = decide("second", 2)
            let done = try await [first, second]
            #expect(done == [20, 20])
        }
        try await collector.assign("unit-a", 500)
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 1") == 500)
        #expect(try collector.number("SELECT count(*) FROM seat WHERE state = 0") == 500)
        #expect(try collector.number("SELECT count(*) FROM overrun") == 0)
        try collector.checkSeats()
    }
}
