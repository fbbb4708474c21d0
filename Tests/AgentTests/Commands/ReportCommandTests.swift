import Shared
import Testing

@testable import Agent

@Suite
struct ReportCommandTests {
    private let transcript = Transcript()
    private let state: TestState
    private let clock = TestClock()

    init() throws { state = try TestState() }

    @Test
    func `An acknowledged report is a success that tells the verdict`() throws {
        let collector = FakeCollector { call in
            guard let report = SentReport(call.request) else { return [] }
            return TestAnswers.submit(
                epoch: report.epoch,
                sequence: report.sequence,
                findings: [(1, ["Kaspersky", "Bkav"])]
            )
        }
        #expect(try run(collector) == .success)
        #expect(transcript.logged.count == 1)
        #expect(transcript.logged.first?.contains("multiple-antivirus: Kaspersky, Bkav") == true)
    }

    @Test(
        arguments: [
            (.unreachable, .unreachable), (.timedOut, .unreachable), (.protocolViolation, .unreachable),
            (.status(.unavailable), .unreachable), (.status(.resourceExhausted), .unreachable), (.tls, .failure),
            (.status(.permissionDenied), .failure), (.status(.invalidArgument), .failure),
            (.status(.alreadyExists), .failure), (.status(.failedPrecondition), .failure), (.library, .failure),
        ] as [(TransportError.Code, Agent.ExitStatus)]
    )
    func `Every failure has its exit status, and says where the report is`(
        code: TransportError.Code,
        status: Agent.ExitStatus
    ) throws {
        let collector = FakeCollector { _ throws(TransportError) in throw TransportError(code: code, message: "no") }
        #expect(try run(collector) == status)
        let said = transcript.logged.joined(separator: "\n")
        #expect(
            said.contains("in the spool") || said.contains("put aside") || said.contains("Nothing is sent any more")
        )
    }

    @Test
    func `A state without a device says how to enroll`() throws {
        let folder = try TemporaryFolder()
        let command = ReportCommand(statePath: folder.path, platforms: [.linux], now: clock.now, scan: { _ in .test() })
        let error = #expect(throws: AgentError.self) { try command.run(console: transcript.console) }
        #expect(error?.code == .notEnrolled)
        #expect(error?.exitStatus == .failure)
    }

    @Test
    func `Two agents never work on one state`() throws {
        let directory = try StateDirectory.open(state.path, creating: false)
        let lock = try directory.lock()
        let collector = FakeCollector { TestAnswers.acknowledging($0.request) }
        let error = #expect(throws: AgentError.self) { try run(collector) }
        #expect(error?.code == .stateInUse)
        #expect(collector.calls.isEmpty)
        withExtendedLifetime(lock) {}
    }

    @Test
    func `A certificate in its last third is renewed before the report, over a new connection`() throws {
        let certificate = state.identity.certificate
        let life = certificate.notAfterMilliseconds - certificate.notBeforeMilliseconds
        clock.set(certificate.notAfterMilliseconds - life / 4)
        let collector = FakeCollector { call in
            call.method == GRPCMethod.renewCertificate
                ? TestAnswers.renewal(certificate.der) : TestAnswers.acknowledging(call.request)
        }
        var connections = 0
        let status = try ReportCommand(
            statePath: state.path,
            platforms: [.linux],
            now: clock.now,
            connect: { _ in
                connections += 1
                return collector
            },
            scan: { _ in .test() }
        ).run(console: transcript.console)
        #expect(status == .success)
        #expect(collector.calls.map(\.method) == [GRPCMethod.renewCertificate, GRPCMethod.submit])
        #expect(connections == 2)
    }

    @Test
    func `A renewal that fails does not keep the report back`() throws {
        let certificate = state.identity.certificate
        clock.set(certificate.notAfterMilliseconds - 1000)
        let collector = FakeCollector { call throws(TransportError) in
            guard call.method == GRPCMethod.submit else {
                throw TransportError(code: .status(.internal), message: "no pen")
            }
            return TestAnswers.acknowledging(call.request)
        }
        #expect(try run(collector) == .success)
        #expect(transcript.logged.contains { $0.contains("no pen") })
        #expect(try state.folder.read("certificate.pem") == certificate.pem())
    }

    @Test
    func `An expired certificate is named as such`() throws {
        clock.set(state.identity.certificate.notAfterMilliseconds + 1000)
        let collector = FakeCollector { _ throws(TransportError) in throw TransportError(code: .tls, message: "no") }
        #expect(try run(collector) == .failure)
        #expect(transcript.logged.first?.contains("expired") == true)
        #expect(collector.calls.map(\.method) == [GRPCMethod.submit])
    }

    @Test
    func `A newer catalog is fetched after the report, and what is news by it is reported at once`() throws {
        let authority = try TestAuthority()
        let state = try TestState(authority: authority)
        let version = try Catalog.builtIn(for: []).version + 1
        let signed = try authority.catalog(version: version)
        let collector = FakeCollector { call in
            call.method == GRPCMethod.getCatalog
                ? signed.encoded : TestAnswers.acknowledging(call.request, catalogVersion: UInt32(version))
        }
        var scanned: [Int] = []
        let command = ReportCommand(
            statePath: state.path,
            platforms: [.linux],
            now: clock.now,
            connect: { _ in collector },
            scan: { catalog in
                scanned.append(catalog.version)
                return .test(product: "\(catalog.version)")
            }
        )
        #expect(try command.run(console: transcript.console) == .success)
        #expect(collector.calls.map(\.method) == [GRPCMethod.submit, GRPCMethod.getCatalog, GRPCMethod.submit])
        #expect(scanned == [version - 1, version, version])
        // From now on it is the one in use.
        #expect(try command.run(console: transcript.console) == .success)
        #expect(collector.calls.count == 4 && scanned.last == version)
    }

    @Test
    func `A catalog that cannot be had changes nothing about the report`() throws {
        let collector = FakeCollector { call throws(TransportError) in
            guard call.method == GRPCMethod.submit else {
                throw TransportError(code: .status(.notFound), message: "none")
            }
            return TestAnswers.acknowledging(call.request, catalogVersion: 4_000_000_000)
        }
        #expect(try run(collector) == .success)
        #expect(collector.calls.map(\.method) == [GRPCMethod.submit, GRPCMethod.getCatalog])
        #expect(transcript.logged.contains { $0.contains("could not be fetched") })
    }

    private func run(_ collector: FakeCollector) throws -> Agent.ExitStatus {
        try ReportCommand(
            statePath: state.path,
            platforms: [.linux],
            now: clock.now,
            connect: { _ in collector },
            scan: { _ in .test() }
        ).run(console: transcript.console)
    }
}
