import Foundation
import Shared
import Testing

@testable import Collector

@Suite struct CollectorMeasurementTests {
    @Test func aFilledDatabaseIsOneThatReportsCouldHaveMade() throws {
        try withTemporaryDirectory { directory in
            let measured = try MeasuredDatabase(
                in: directory,
                devices: 10_000,
                units: 50,
                now: Milliseconds(1_800_000_000_000)
            )
            func number(_ query: String) throws -> Int {
                try measured.database.writeNow { try $0.first(query) { $0.int(0) } ?? -1 }
            }
            #expect(try number("SELECT sum(devices) FROM unit_figure") == 10_000)
            #expect(try number("SELECT sum(waiting) FROM unit_figure") == 10)
            #expect(try number("SELECT count(*) FROM seat WHERE state = 0") == 10)
            #expect(try number("SELECT count(*) FROM seat_account WHERE used > cap") == 0)
            #expect(
                try number("SELECT sum(used) FROM seat_account") == number("SELECT count(*) FROM seat WHERE state = 1")
            )
            #expect(try number("SELECT sum(violating) FROM unit_figure") == number("SELECT count(*) FROM finding"))
            #expect(try number("SELECT count(*) FROM fact") == 30_000)
        }
    }

    @Test func measuringSaysEveryFigureAndLeavesNothingBehind() async throws {
        try await withTemporaryDirectoryAsync { directory in
            var measurement = try CollectorMeasurement(
                folder: directory,
                devices: CollectorMeasurement.smallDevices,
                units: 25,
                logger: TestCollector.logger
            )
            measurement.reports = 50
            measurement.rounds = 1
            let figures = try await measurement.run { _ in }
            #expect(
                figures.map(\.name)
                    == ["database_size", "commit_digest", "report_digest", "commit_inventory", "report_inventory"]
                    + Question.allCases.map(\.rawValue)
            )
            #expect(figures.allSatisfy { $0.value > 0 && ($0.baseline ?? 0) > 0 })
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test(arguments: [(0, 1), (4_999, 10), (5_000_001, 10), (10_000, 0), (10_000, 101), (.max, 1), (10_000, .min)])
    func sizesOutOfBoundsAreRefused(devices: Int, units: Int) {
        #expect(throws: CollectorError.self) {
            try CollectorMeasurement(folder: "/nowhere", devices: devices, units: units, logger: TestCollector.logger)
        }
    }
}
