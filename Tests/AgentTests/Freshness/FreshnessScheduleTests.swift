import Testing

@testable import Agent

@Suite
struct FreshnessScheduleTests {
    @Test
    func `While nothing changes it looks once a minute, and scans never`() {
        var schedule = FreshnessSchedule(at: 100, phase: 0.5, .test(0))
        #expect(schedule.next.step == .look && schedule.next.at == 130)
        for minute in 0..<5 {
            let time = 130 + 60 * Double(minute)
            schedule.looked(.test(0), at: time, random: 0.9)
            #expect(schedule.next.step == .look && schedule.next.at == time + 60)
        }
    }

    @Test
    func `One change is scanned when a second look finds nothing more, spread over half a minute`() {
        for random in [0, 0.5, 0.999] {
            var schedule = FreshnessSchedule(at: 0, phase: 0, .test(0))
            schedule.looked(.test(1), at: 60, random: random)
            #expect(schedule.next.step == .look && schedule.next.at == 70)
            schedule.looked(.test(1), at: 70, random: random)
            #expect(schedule.next.step == .scan && schedule.next.at == 70 + 30 * random)
            schedule.scanned(.test(1), at: 80)
            #expect(schedule.next.step == .look && schedule.next.at == 140)
        }
    }

    @Test
    func `A change that goes on is scanned a minute after it was noticed`() {
        var schedule = FreshnessSchedule(at: 0, phase: 0, .test(0))
        var time = 60.0
        var change = 1
        var looks = 0
        while schedule.next.step == .look, looks < 100 {
            time = max(time, schedule.next.at)
            schedule.looked(.test(change), at: time, random: 0.9)
            change += 1
            looks += 1
        }
        #expect(schedule.next.at == 120)
        #expect(looks == 7)
    }

    @Test
    func `What came and went again is not scanned`() {
        var schedule = FreshnessSchedule(at: 0, phase: 0, .test(0))
        schedule.looked(.test(1), at: 60, random: 0)
        schedule.looked(.test(0), at: 70, random: 0)
        #expect(schedule.next.step == .look && schedule.next.at == 130)
    }

    @Test
    func `A scan for another reason begins the minute anew`() {
        var schedule = FreshnessSchedule(at: 0, phase: 0, .test(0))
        schedule.looked(.test(1), at: 60, random: 0)
        schedule.scanned(.test(2), at: 65)
        #expect(schedule.next.step == .look && schedule.next.at == 125)
        schedule.looked(.test(2), at: 125, random: 0)
        #expect(schedule.next.step == .look)
    }

    @Test(arguments: [71, 72, 73] as [UInt64])
    func `However changes come, each is scanned within two minutes, and no two scans are closer than 70 seconds`(
        seed: UInt64
    ) {
        var random = SeededRandom(seed: seed)
        for round in 0..<300 {
            var changes: [Double] = []
            var next = 0.0
            for _ in 0..<Int.random(in: 1...60, using: &random) {
                next += Double.random(in: 0...(Bool.random(using: &random) ? 5 : 200), using: &random)
                changes.append(next)
            }
            let phase = Double.random(in: 0..<1, using: &random)
            let scans = Self.scans(after: changes, phase: phase, using: &random)
            for change in changes {
                let scan = scans.first { $0 >= change }
                #expect(
                    scan.map { $0 - change <= 120.001 } == true,
                    "seed \(seed), round \(round), change at \(change)"
                )
            }
            for (one, other) in zip(scans, scans.dropFirst()) {
                #expect(other - one >= 70, "seed \(seed), round \(round)")
            }
        }
    }

    /// The times at which changes at these times make it scan.
    private static func scans(
        after changes: [Double],
        phase: Double,
        using random: inout SeededRandom
    ) -> [Double] {
        func fingerprint(_ time: Double) -> Fingerprint { .test(changes.count { $0 <= time }) }
        var schedule = FreshnessSchedule(at: 0, phase: phase, fingerprint(0))
        var scans: [Double] = changes.contains(0) ? [0] : []
        var steps = 0
        while schedule.next.at < (changes.last ?? 0) + 600, steps < 100_000 {
            steps += 1

            let time = schedule.next.at
            switch schedule.next.step {
            case .look: schedule.looked(fingerprint(time), at: time, random: .random(in: 0..<1, using: &random))
            case .scan:
                scans.append(time)
                schedule.scanned(fingerprint(time), at: time)
            }
        }
        return scans
    }
}

extension Fingerprint {
    /// How one path looks after a number of changes.
    static func test(_ changes: Int, path: String = "/var/lib/dpkg/status") -> Fingerprint {
        Fingerprint(paths: [path], stamps: [Stamp(size: Int64(changes))])
    }
}
