import Testing

@testable import Collector

@Suite struct SilenceTests {
    @Test(
        arguments: [
            ([], 1, nil), ([100], 1, nil),
            // Every day.
            (Array((0...100).reversed()), 45, 55),
            (Array((50...100).reversed()), 45, 55), (Array((55...100).reversed()), 45, 55),
            (Array((56...100).reversed()), 45, nil),
            // Weekends count.
            ([100, 97, 96, 95, 94, 93], 5, 95), ([100, 97, 96], 3, 97), ([100, 97, 96], 2, 98),
            ([100, 96, 95], 4, 96), ([100, 95, 94], 2, 94),
            // Of an outage one day counts: who reported just before it is not silent.
            ([300, 100, 99, 98], 1, 100), ([300, 100, 99, 98], 2, 99), ([300, 100, 99, 98], 3, 98),
            ([300, 100, 99, 98], 4, nil), ([302, 301, 300, 100, 99], 3, 100),
        ] as [([Int64], Int, Int64?)]
    )
    func silenceIsCountedInDaysOnWhichAnybodyWasHeardOf(heard: [Int64], days: Int, cutoff: Int64?) {
        #expect(Silence(heard: heard).cutoff(days: days) == cutoff)
    }

    @Test func aDayIsNotedByTheFirstReportOfIt() throws {
        let collector = try TestCollector()
        try collector.seat(["d1", "d2"])
        try collector.submit("d1", nil)
        #expect(try collector.number("SELECT count(*) FROM heard_day") == 1)
        try collector.pass(days: 3, isOutage: true)
        try collector.submit("d2", nil)
        #expect(
            try collector.number(
                "SELECT count(*) FROM heard_day WHERE day IN (\(collector.now.reportDay), \(collector.now.reportDay - 3))"
            )
                == 2
        )
    }
}
