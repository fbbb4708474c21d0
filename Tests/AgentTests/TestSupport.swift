import Agent
import Shared
import Signatures
import Synchronization

/// Answers calls as a test says, and keeps what it was asked.
final class FakeCollector: GRPCCalling {
    struct Call: Equatable {
        var method: String
        var request: [UInt8]
    }

    private(set) var calls: [Call] = []
    var answer: (Call) throws(TransportError) -> [UInt8]

    init(answer: @escaping (Call) throws(TransportError) -> [UInt8]) { self.answer = answer }

    func call(method: String, request: [UInt8]) throws(TransportError) -> [UInt8] {
        let call = Call(method: method, request: request)
        calls.append(call)
        return try answer(call)
    }
}

/// Keeps what a command prints and logs.
final class Transcript: Sendable {
    private let lines = Mutex<(printed: [String], logged: [String])>(([], []))

    var console: Console {
        Console(
            print: { line in self.lines.withLock { $0.printed.append(line) } },
            log: { line in self.lines.withLock { $0.logged.append(line) } }
        )
    }

    var printed: [String] { lines.withLock { $0.printed } }
    var logged: [String] { lines.withLock { $0.logged } }
}

/// A device's clock that a test sets.
final class TestClock: Sendable {
    private let milliseconds: Atomic<Int64>

    init(_ start: Int64 = 1_764_000_000_000) { milliseconds = Atomic(start) }

    var now: @Sendable () -> Int64 { { self.milliseconds.load(ordering: .relaxed) } }

    func set(_ time: Int64) { milliseconds.store(time, ordering: .relaxed) }

    func advance(seconds: Int64) { milliseconds.add(seconds * 1000, ordering: .relaxed) }
}

extension DeviceIdentity {
    /// A device whose certificate and authority are test certificates that belong together.
    static func test() throws -> DeviceIdentity {
        DeviceIdentity(
            key: try SigningKey(pem: TestCertificates.deviceKey),
            certificate: try Certificate(pem: TestCertificates.device),
            authority: try Certificate(pem: TestCertificates.authority),
            host: "collector.test",
            reportingPort: 7443,
            unitCode: "stc",
            unitName: "Sở Tài chính"
        )
    }
}

extension Scan {
    /// One antivirus with two facts on a host of this name.
    static func test(host: String = "pc-1", product: String = "Kaspersky Endpoint Security") -> Scan {
        Scan(
            host: HostDescription(
                name: host,
                operatingSystem: "Debian GNU/Linux 12 (bookworm)",
                platform: .linux,
                architecture: "x86_64",
                agentVersion: "0.1.0"
            ),
            catalogVersion: 1,
            inventory: Inventory(
                products: [
                    Product(
                        family: "kaspersky-endpoint-security",
                        name: product,
                        vendor: "Kaspersky",
                        version: "12.1",
                        facts: [
                            Fact(source: .dpkg, weight: .installed, role: .antivirus, value: "kesl"),
                            Fact(
                                source: .systemd,
                                weight: .running,
                                role: .antivirus,
                                value: "kesl.service",
                                detail: "active"
                            ),
                        ]
                    )
                ],
                sources: [SourceStatus(source: .dpkg, state: .complete, entries: 600)]
            )
        )
    }
}
