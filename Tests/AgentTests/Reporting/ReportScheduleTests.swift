import Testing

@testable import Agent

@Suite
struct ReportScheduleTests {
    @Test
    func `A device keeps its place among the others for life, and places are spread`() {
        let ids = (0..<1000).map { "device-\($0)" }
        let phases = ids.map { ReportSchedule(deviceID: $0).phase }
        #expect(phases == ids.map { ReportSchedule(deviceID: $0).phase })
        for tenth in 0..<10 {
            let share = phases.count { Int($0 * 10) == tenth }
            #expect((60...140).contains(share), "\(tenth): \(share)")
        }
    }

    @Test
    func `A device that never reported does so at once, the others within the spread`() {
        let schedule = ReportSchedule(deviceID: "device")
        #expect(schedule.startDelay(hasReported: false) == 0)
        let delay = schedule.startDelay(hasReported: true)
        #expect(delay == schedule.phase * Double(AgentLimits.startSpreadSeconds))
    }

    @Test
    func `Jitter comes on top of the collector's interval, also at its limit`() {
        var schedule = ReportSchedule(deviceID: "device")
        #expect(schedule.delay(afterAcknowledgement: 900, random: 0) == 900)
        #expect(schedule.delay(afterAcknowledgement: 900, random: 0.5) == 945)
        #expect(schedule.delay(afterAcknowledgement: 1_000_000, random: 0.5) == 86400 * 1.05)
        #expect(schedule.delay(afterAcknowledgement: 0, random: 0) == 10)
    }

    @Test
    func `Failures make the wait longer up to the cap, and a success makes it short again`() {
        var schedule = ReportSchedule(deviceID: "device")
        let waits = (0..<10).map { _ in schedule.delayAfterFailure(random: 0) }
        #expect(waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900])
        #expect(schedule.delayAfterFailure(random: 0.5) == 1125)
        for _ in 0..<2000 { _ = schedule.delayAfterFailure(random: 0) }
        #expect(schedule.delayAfterFailure(random: 0) == 900)
        _ = schedule.delay(afterAcknowledgement: 900, random: 0)
        #expect(schedule.delayAfterFailure(random: 0) == 5)
    }
}
