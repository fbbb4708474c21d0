import Foundation
import Shared
import Testing

@testable import Agent

/// What the service does between reports.
@Suite
struct ReportingServiceTests {
    private let authority: TestAuthority
    private let state: TestState
    private let clock = TestClock()
    private let transcript = Transcript()

    init() throws {
        authority = try TestAuthority()
        state = try TestState(authority: authority)
    }

    /// A device on which something changes at set times.
    private final class Device: SourceWatching {
        var uptime: () -> Double = { 0 }
        /// When what is watched changes, in seconds since the start.
        var changes: [Double] = []
        /// When another antivirus is there, likewise.
        var conflictAt = Double.infinity
        private(set) var scans: [Double] = []

        func look() -> Fingerprint { .test(changes.count { $0 <= uptime() }) }

        func scan() -> Scan {
            scans.append(uptime())
            return .test(product: uptime() >= conflictAt ? "Two of them" : "One")
        }
    }

    @Test
    func `A new conflict is reported within two minutes, and nothing is reported twice`() throws {
        let device = Device()
        device.changes = [400]
        device.conflictAt = 400
        let sent = try run(device, seconds: 800)
        #expect(sent.count == 2)
        #expect(sent.last.map { (400...520).contains($0) } == true)
        #expect(device.scans.count == 2)
        #expect(transcript.logged.contains { $0.contains("has changed (/var/lib/dpkg/status)") })
    }

    @Test
    func `A change that is no news is looked at and not reported`() throws {
        let device = Device()
        device.changes = [400]
        let sent = try run(device, seconds: 800)
        #expect(sent.count == 1 && device.scans.count == 2)
    }

    @Test
    func `A long run of changes makes a few scans, and its conflict is still reported in time`() throws {
        let device = Device()
        // Ten minutes in which something changes every five seconds.
        device.changes = (0..<120).map { 100 + 5 * Double($0) }
        device.conflictAt = 300
        let sent = try run(device, seconds: 800)
        #expect(sent.count == 2)
        #expect(sent.last.map { (300...420).contains($0) } == true)
        #expect(device.scans.count <= 2 + 700 / 70)
    }

    @Test
    func `A change while the collector is away takes the place of what waits, and goes out when it is back`() throws {
        let device = Device()
        device.changes = [400]
        device.conflictAt = 400
        let collector = FakeCollector { call throws(TransportError) in
            guard device.uptime() > 550 else { throw TransportError(code: .unreachable, message: "away") }
            return TestAnswers.acknowledging(call.request)
        }
        _ = try run(device, seconds: 2000, collector: collector)
        let reports = collector.calls.compactMap { SentReport($0.request) }
        #expect(reports.last?.digest != reports.first?.digest)
        #expect(try state.folder.names(in: "spool").count { $0.hasSuffix(".report") } == 0)
    }

    @Test
    func `A change in the first minutes after a start does not wait for the first report`() throws {
        _ = try run(Device(), seconds: 60)
        let device = Device()
        device.changes = [1]
        device.conflictAt = 1
        let sent = try run(device, seconds: 300)
        #expect(sent.first.map { $0 <= 121 } == true)
    }

    @Test
    func `A newer catalog is used from the next scan on, and its news goes out soon`() throws {
        let version = try Catalog.builtIn(for: []).version + 1
        let signed = try authority.catalog(version: version)
        let collector = FakeCollector { call in
            call.method == GRPCMethod.getCatalog
                ? signed.encoded : TestAnswers.acknowledging(call.request, catalogVersion: UInt32(version))
        }
        let device = Device()
        var watched: [Int] = []
        let sent = try run(device, seconds: 600, collector: collector) {
            watched.append($0)
        } scan: { catalog in
            .test(product: "\(catalog.version)")
        }
        #expect(collector.calls.map(\.method) == [GRPCMethod.submit, GRPCMethod.getCatalog, GRPCMethod.submit])
        #expect(sent.last.map { $0 <= 30 } == true)
        #expect(watched == [version - 1, version])
    }

    @Test
    func `A newer catalog by which nothing is news costs no report`() throws {
        let version = try Catalog.builtIn(for: []).version + 1
        let signed = try authority.catalog(version: version)
        let collector = FakeCollector { call in
            call.method == GRPCMethod.getCatalog
                ? signed.encoded : TestAnswers.acknowledging(call.request, catalogVersion: UInt32(version))
        }
        _ = try run(Device(), seconds: 600, collector: collector)
        #expect(collector.calls.map(\.method) == [GRPCMethod.submit, GRPCMethod.getCatalog])
    }

    @Test
    func `A stored catalog that somebody exchanges is verified again while the service runs`() throws {
        let version = try Catalog.builtIn(for: []).version + 1
        try state.folder.write("catalog", authority.catalog(version: version).encoded)
        let path = "\(state.path)/catalog"
        let device = Device()
        var scanned: [Int] = []
        let collector = FakeCollector { TestAnswers.acknowledging($0.request) }
        try run(
            collector,
            seconds: 300,
            watch: { stop in
                // The first look at it comes before the exchange, all others after it.
                if stop.uptime() > 60, !transcript.logged.contains(where: { $0.contains("is not used") }) {
                    try? state.folder.write("catalog", [1, 2, 3])
                    return .test(1, path: path)
                }
                return .test(stop.uptime() > 60 ? 1 : 0, path: path)
            },
            scan: { catalog in
                scanned.append(catalog.version)
                return device.scan()
            }
        )
        #expect(scanned == [version, version - 1])
        #expect(try state.folder.names().contains("catalog-refused"))
    }

    /// Runs for some time, and says when reports were sent.
    private func run(
        _ device: Device,
        seconds: Double,
        collector: FakeCollector? = nil,
        watched: @escaping (Int) -> Void = { _ in },
        scan: ((Catalog) -> Scan)? = nil
    ) throws -> [Double] {
        let stop = TimedStop(seconds: seconds, clock: clock)
        device.uptime = stop.uptime
        let collector = collector ?? FakeCollector { TestAnswers.acknowledging($0.request) }
        var sent: [Double] = []
        let answer = collector.answer
        collector.answer = { call throws(TransportError) in
            if call.method == GRPCMethod.submit { sent.append(stop.uptime()) }
            return try answer(call)
        }
        try RunCommand(
            statePath: state.path,
            platforms: [.linux],
            now: clock.now,
            uptime: stop.uptime,
            random: { 0.5 },
            stop: stop,
            connect: { _ in collector },
            watch: { catalog, others in
                #expect(others == ["\(state.path)/catalog"])
                watched(catalog.version)
                return device
            },
            scan: scan ?? { _ in device.scan() }
        ).run(console: transcript.console)
        return sent
    }

    /// A watch of one closure.
    private struct Look: SourceWatching {
        var fingerprint: () -> Fingerprint
        func look() -> Fingerprint { fingerprint() }
    }

    private func run(
        _ collector: FakeCollector,
        seconds: Double,
        watch: @escaping (TimedStop) -> Fingerprint,
        scan: @escaping (Catalog) -> Scan
    ) throws {
        let stop = TimedStop(seconds: seconds, clock: clock)
        try RunCommand(
            statePath: state.path,
            platforms: [.linux],
            now: clock.now,
            uptime: stop.uptime,
            random: { 0.5 },
            stop: stop,
            connect: { _ in collector },
            watch: { _, _ in Look { watch(stop) } },
            scan: scan
        ).run(console: transcript.console)
    }
}
