import Testing

@testable import Agent

@Suite
struct StatusCommandTests {
    private let transcript = Transcript()
    private let state: TestState
    private let clock = TestClock()

    init() throws {
        state = try TestState()
        clock.set(state.identity.certificate.notBeforeMilliseconds + 1000)
    }

    @Test
    func `A fresh device shows what it is, and nothing is changed by looking`() throws {
        let before = try state.folder.names()
        try status()
        let printed = transcript.printed.joined(separator: "\n")
        #expect(printed.contains(state.identity.deviceID))
        #expect(printed.contains("stc, Sở Tài chính"))
        #expect(printed.contains("collector.test:7443"))
        #expect(printed.contains("none was acknowledged yet"))
        #expect(printed.contains("0 waiting"))
        #expect(try state.folder.names() == before)
    }

    @Test
    func `What waits, what was lost and why is shown, also while the service has the state`() throws {
        let collector = FakeCollector { _ throws(TransportError) in
            throw TransportError(code: .unreachable, message: "the line is cut")
        }
        let directory = try StateDirectory.open(state.path, creating: false)
        let reporter = try Reporter(
            state: directory,
            identity: state.identity,
            connection: collector,
            now: clock.now,
            scan: { .test() }
        )
        _ = try reporter.report()
        _ = try reporter.report()
        let lock = try directory.lock()
        try status()
        withExtendedLifetime(lock) {}
        let printed = transcript.printed.joined(separator: "\n")
        #expect(printed.contains("1 waiting, 1 replaced by newer, 0 dropped, 0 put aside"))
        #expect(printed.contains("the line is cut"))
    }

    @Test
    func `The last acknowledgement is shown with its verdict`() throws {
        let collector = FakeCollector { call in
            guard let report = SentReport(call.request) else { return [] }
            return TestAnswers.submit(
                epoch: report.epoch,
                sequence: report.sequence,
                findings: [(2, ["Bkav"]), (1, [])]
            )
        }
        clock.set(1_764_000_000_000)
        _ = try Reporter(
            state: StateDirectory.open(state.path, creating: false),
            identity: state.identity,
            connection: collector,
            now: clock.now,
            scan: { .test() }
        ).report()
        try status()
        let printed = transcript.printed.joined(separator: "\n")
        #expect(printed.contains("1 of epoch 1764000000000, acknowledged 2025-11-24 16:00:00 UTC"))
        #expect(printed.contains("unapproved-antivirus: Bkav"))
        #expect(printed.contains("multiple-antivirus"))
    }

    @Test
    func `The catalog in use is shown, with where it is from`() throws {
        try status()
        #expect(transcript.printed.contains { $0.hasPrefix("Catalog ") && $0.hasSuffix(", built in") })
        let authority = try TestAuthority()
        let state = try TestState(authority: authority)
        try state.folder.write("catalog", authority.catalog(version: 4_000_000).encoded)
        try StatusCommand(statePath: state.path, now: clock.now).run(console: transcript.console)
        #expect(transcript.printed.contains("Catalog       version 4000000, signed by the collector"))
    }

    @Test
    func `A certificate that is over says so`() throws {
        clock.set(state.identity.certificate.notAfterMilliseconds + 1000)
        try status()
        #expect(transcript.printed.contains { $0.hasPrefix("Certificate") && $0.contains("EXPIRED") })
    }

    private func status() throws {
        try StatusCommand(statePath: state.path, now: clock.now).run(console: transcript.console)
    }
}
