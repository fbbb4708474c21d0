import Shared
import Testing

@testable import Agent

@Suite
struct ReporterTests {
    private let folder: TemporaryFolder
    private let state: StateDirectory
    private let identity: DeviceIdentity
    private let clock = TestClock()

    init() throws {
        folder = try TemporaryFolder()
        state = try StateDirectory.open(folder.path, creating: false)
        identity = try DeviceIdentity.test()
    }

    @Test
    func `A report is on the disk while it is sent, and gone once it is acknowledged`() throws {
        let folder = folder
        let collector = FakeCollector { call in
            let files = try? folder.names(in: "spool").filter { $0.hasSuffix(".report") }
            #expect(files?.count == 1)
            return TestAnswers.acknowledging(call.request)
        }
        let reporter = try reporter(collector)
        guard case .acknowledged = try reporter.report() else {
            Issue.record("not acknowledged")
            return
        }
        #expect(reporter.waiting == 0)
        #expect(try folder.names(in: "spool") == ["quarantine"])
        #expect(reporter.progress.acknowledgement?.sequence == 1)
        #expect(collector.calls.map(\.method) == [GRPCMethod.submit])
    }

    @Test
    func `An unchanged inventory is sent as a digest only, also after a restart`() throws {
        let collector = FakeCollector { TestAnswers.acknowledging($0.request) }
        _ = try reporter(collector).report()
        _ = try reporter(collector).report()
        let changed = try reporter(collector, scan: .test(host: "renamed"))
        _ = try changed.report()
        let sent = collector.calls.compactMap { SentReport($0.request) }
        #expect(sent.map(\.isWhole) == [true, false, true])
        #expect(sent.map(\.sequence) == [1, 2, 3])
        #expect(sent[0].digest == sent[1].digest)
        #expect(sent[2].digest != sent[1].digest)
    }

    @Test
    func `A collector that lost the inventory gets it whole at once, and is not asked for ever`() throws {
        let collector = FakeCollector { TestAnswers.acknowledging($0.request) }
        _ = try reporter(collector).report()
        collector.answer = { TestAnswers.acknowledging($0.request, wantsInventory: true) }
        _ = try reporter(collector).report()
        let sent = collector.calls.compactMap { SentReport($0.request) }
        #expect(sent.map(\.isWhole) == [true, false, true])
        // It never said that it has it: the next one is whole again.
        collector.answer = { TestAnswers.acknowledging($0.request) }
        _ = try reporter(collector).report()
        #expect(collector.calls.compactMap { SentReport($0.request) }.last?.isWhole == true)
    }

    @Test(
        arguments: [
            .unreachable, .timedOut, .tls, .protocolViolation, .stopped, .library, .status(.unavailable),
            .status(.resourceExhausted), .status(.internal), .status(.unknown), .status(.permissionDenied),
            .status(.unauthenticated), .status(.unimplemented),
        ] as [TransportError.Code]
    )
    func `A report that was not stored stays in the spool and goes out later as it is`(code: TransportError.Code) throws
    {
        let error = TransportError(code: code, message: "not now")
        let collector = FakeCollector { _ throws(TransportError) in throw error }
        let first = try reporter(collector)
        #expect(try first.report() == .kept(error))
        #expect(first.waiting == 1)
        #expect(first.progress.lastFailure == "not now")

        let second = try reporter(collector)
        #expect(second.waiting == 1)
        collector.answer = { TestAnswers.acknowledging($0.request) }
        guard case .acknowledged = try second.resend() else {
            Issue.record("not acknowledged")
            return
        }
        #expect(collector.calls.count == 2)
        #expect(collector.calls[0] == collector.calls[1])
        #expect(second.waiting == 0)
        #expect(second.progress.lastFailure == "")
    }

    @Test
    func `A malformed answer and one to another report are no acknowledgement`() throws {
        for answer in [[], [0xFF], TestAnswers.submit(epoch: 1, sequence: 1)] as [[UInt8]] {
            let reporter = try reporter(FakeCollector { _ in answer })
            guard case .kept(let error) = try reporter.report() else {
                Issue.record("taken as an acknowledgement")
                return
            }
            #expect(error.code == .protocolViolation)
            #expect(reporter.waiting == 1)
        }
    }

    @Test
    func `A report that is wrong in itself is put aside once and never sent again`() throws {
        let error = TransportError(code: .status(.invalidArgument), message: "bad")
        let collector = FakeCollector { _ throws(TransportError) in throw error }
        let reporter = try reporter(collector)
        #expect(try reporter.report() == .refused(error))
        #expect(reporter.waiting == 0)
        #expect(try folder.names(in: "spool/quarantine").count == 1)
        #expect(try Progress.load(state, deviceID: identity.deviceID).losses.quarantined == 1)

        collector.answer = { TestAnswers.acknowledging($0.request) }
        _ = try self.reporter(collector).resend()
        #expect(collector.calls.count == 2)
        #expect(collector.calls[0] != collector.calls[1])
    }

    @Test
    func `After a restored disk a new epoch begins and the report is made anew, whole`() throws {
        let collector = FakeCollector { TestAnswers.acknowledging($0.request) }
        _ = try reporter(collector).report()
        collector.answer = { call throws(TransportError) in
            guard let report = SentReport(call.request), report.epoch > 1_764_000_000_000 else {
                throw TransportError(code: .status(.failedPrecondition), message: "older")
            }
            return TestAnswers.acknowledging(call.request)
        }
        let restored = try reporter(collector)
        guard case .acknowledged = try restored.report() else {
            Issue.record("not acknowledged")
            return
        }
        let sent = collector.calls.compactMap { SentReport($0.request) }
        #expect(sent.map(\.epoch) == [1_764_000_000_000, 1_764_000_000_000, 1_764_000_000_001])
        #expect(sent.map(\.sequence) == [1, 2, 1])
        #expect(sent.map(\.isWhole) == [true, false, true])
        #expect(restored.waiting == 0)
    }

    @Test
    func `A collector that calls every epoch old is not asked in a loop`() throws {
        let error = TransportError(code: .status(.failedPrecondition), message: "older")
        let collector = FakeCollector { _ throws(TransportError) in throw error }
        #expect(try reporter(collector).report() == .kept(error))
        #expect(collector.calls.count == 2)
    }

    @Test
    func `A cloned key stops all sending for good`() throws {
        let error = TransportError(code: .status(.alreadyExists), message: "used")
        let collector = FakeCollector { _ throws(TransportError) in throw error }
        #expect(try reporter(collector).report() == .cloned)
        let again = try reporter(collector)
        #expect(try again.report() == .cloned)
        #expect(try again.resend() == .cloned)
        #expect(collector.calls.count == 1)
        #expect(again.progress.isCloned)
    }

    @Test
    func `A newer inventory goes out in place of one that had to wait`() throws {
        let error = TransportError(code: .unreachable, message: "gone")
        let collector = FakeCollector { _ throws(TransportError) in throw error }
        _ = try reporter(collector).report()
        let newer = try reporter(collector, scan: .test(host: "renamed"))
        #expect(try newer.report() == .kept(error))
        #expect(newer.waiting == 1)
        #expect(newer.progress.losses.replaced == 1)
    }

    @Test
    func `A damaged record is put aside, said, and the report made anew`() throws {
        let collector = FakeCollector { _ throws(TransportError) in
            throw TransportError(code: .unreachable, message: "gone")
        }
        _ = try reporter(collector).report()
        let name = try #require(try folder.names(in: "spool").first { $0.hasSuffix(".report") })
        var bytes = try folder.read("spool/\(name)")
        bytes[bytes.count / 2] ^= 1
        try folder.write("spool/\(name)", bytes)

        collector.answer = { TestAnswers.acknowledging($0.request) }
        let reporter = try reporter(collector)
        #expect(reporter.remarks.count == 1)
        guard case .acknowledged = try reporter.resend() else {
            Issue.record("not acknowledged")
            return
        }
        #expect(reporter.progress.losses.quarantined == 1)
    }

    private func reporter(_ collector: FakeCollector, scan: Scan = .test()) throws -> Reporter {
        try Reporter(
            state: state,
            identity: identity,
            connection: collector,
            now: clock.now,
            scan: { scan }
        )
    }
}
