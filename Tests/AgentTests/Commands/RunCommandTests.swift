import Shared
import Testing

@testable import Agent

@Suite
struct RunCommandTests {
    private let transcript = Transcript()
    private let state: TestState
    private let clock = TestClock()

    init() throws { state = try TestState() }

    @Test
    func `The first report of a device goes at once, the others as the collector asks with jitter`() throws {
        let collector = FakeCollector { TestAnswers.acknowledging($0.request) }
        let waited = try run(collector, rounds: 3)
        #expect(waited == [0, 945, 945, 945])
        #expect(collector.calls.count == 3)
        let restarted = try run(collector, rounds: 0)
        let phase = ReportSchedule(deviceID: state.identity.deviceID).phase
        #expect(restarted == [phase * Double(AgentLimits.startSpreadSeconds)])
    }

    @Test
    func `While the collector is away the same report is tried ever more rarely, and made anew when it is old`() throws
    {
        let collector = FakeCollector { _ throws(TransportError) in
            throw TransportError(code: .unreachable, message: "away")
        }
        let waited = try run(collector, rounds: 10)
        #expect(waited == [0, 6.25, 12.5, 25, 50, 100, 200, 400, 800, 1125, 1125])
        let sequences = collector.calls.compactMap { SentReport($0.request)?.sequence }
        // Young enough for as long as one interval of 900 seconds.
        #expect(sequences == [1, 1, 1, 1, 1, 1, 1, 1, 2, 3])
        #expect(transcript.logged.count { $0.contains("wait in the spool") } >= 10)
    }

    @Test
    func `The collector's return ends the backoff`() throws {
        let collector = FakeCollector { _ throws(TransportError) in
            throw TransportError(code: .unreachable, message: "away")
        }
        collector.answer = { [unowned collector] call throws(TransportError) in
            guard collector.calls.count > 3 else { throw TransportError(code: .unreachable, message: "away") }
            return TestAnswers.acknowledging(call.request)
        }
        #expect(try run(collector, rounds: 5) == [0, 6.25, 12.5, 25, 945, 945])
        #expect(collector.calls[0] == collector.calls[3])
    }

    @Test
    func `A cloned key ends the service`() throws {
        let collector = FakeCollector { _ throws(TransportError) in
            throw TransportError(code: .status(.alreadyExists), message: "used")
        }
        let error = #expect(throws: AgentError.self) { try run(collector, rounds: 5) }
        #expect(error?.code == .clonedIdentity)
        #expect(error?.exitStatus == .failure)
        #expect(collector.calls.count == 1)
        #expect(transcript.logged.contains { $0.contains("ANOTHER DEVICE") })
    }

    @Test
    func `A stop in the middle of a call ends the service and keeps the report`() throws {
        let collector = FakeCollector { _ throws(TransportError) in
            throw TransportError(code: .stopped, message: "stopped")
        }
        #expect(try run(collector, rounds: 5) == [0])
        #expect(try state.folder.names(in: "spool").count { $0.hasSuffix(".report") } == 1)
        #expect(transcript.logged.last?.contains("1 report(s) wait in the spool") == true)
    }

    private func run(_ collector: FakeCollector, rounds: Int) throws -> [Double] {
        let stop = ScriptedStop(rounds: rounds, clock: clock)
        try RunCommand(
            statePath: state.path,
            platforms: [.linux],
            now: clock.now,
            uptime: stop.uptime,
            random: { 0.5 },
            stop: stop,
            connect: { _ in collector },
            watch: nil,
            scan: { _ in .test() }
        ).run(console: transcript.console)
        return stop.waited
    }
}
