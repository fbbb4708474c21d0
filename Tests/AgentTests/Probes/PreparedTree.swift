import Foundation
import Shared
import Testing

@testable import Agent

/// A tree that a test builds file by file; removed with it.
final class PreparedTree {
    private let folder: TemporaryFolder
    var path: String { folder.path }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A file with its folders.
    func file(_ name: String, _ text: String = "text\n") throws {
        try file(name, bytes: Array(text.utf8))
    }

    /// A file with its folders.
    func file(_ name: String, bytes: [UInt8]) throws {
        try folder.prepare(name)
        try folder.write(name, bytes, mode: 0o644)
    }

    /// An executable file.
    func program(_ name: String) throws {
        try file(name, "#!/bin/sh\n")
        try mode(name, 0o755)
    }

    /// Changes permissions.
    func mode(_ name: String, _ mode: Int) throws {
        try folder.mode(name, mode)
    }

    /// A symbolic link.
    func link(_ name: String, to target: String) throws {
        try folder.prepare(name)
        try folder.link(name, to: target)
    }

    /// A folder.
    func folder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path + name, withIntermediateDirectories: true)
    }

    /// A named pipe, which nobody writes to.
    func pipe(_ name: String) throws {
        try folder.pipe(name)
    }

    /// A unit file that starts `command`.
    func unit(_ name: String, starts command: String) throws {
        try file("/usr/lib/systemd/system/" + name, "[Service]\nExecStart=\(command)\n")
    }

    /// A dpkg database of these paragraphs.
    func dpkg(_ packages: (name: String, status: String)...) throws {
        try file(
            "/var/lib/dpkg/status",
            packages.map {
                "Package: \($0.name)\nStatus: \($0.status)\nArchitecture: amd64\nVersion: 1.2-3\n\n"
            }.joined()
        )
    }

    /// What a probe works with when it looks at this tree.
    func context(
        catalog: Catalog? = nil,
        limits: ProbeLimits = ProbeLimits(),
        now: @escaping Deadline.Now = stoppedClock()
    ) throws -> ProbeContext {
        ProbeContext(
            root: try RootDirectory(path: path),
            catalog: try catalog ?? Catalog.builtIn(),
            limits: limits,
            now: now
        )
    }

    /// A scan of this tree.
    func scan(limits: ProbeLimits = ProbeLimits()) throws -> Scan {
        Scanner(root: path, catalog: try Catalog.builtIn(), limits: limits).scan()
    }
}

extension Scan {
    /// The product of a family.
    func product(_ family: String) -> Product? { inventory.products.first { $0.family == family } }

    /// What a source could tell.
    func status(_ source: FactSource) -> SourceStatus? { inventory.sources.first { $0.source == source } }

    /// The findings of the province's rule.
    var findings: [FindingKind: [String]] {
        OneAntivirusRule(approvedFamilies: ["kaspersky-endpoint-security"]).judge(inventory).findings
    }
}

/// A clock that moves by an hour whenever it is asked.
func hastyClock() -> Deadline.Now {
    let state = HastyState()
    return { state.next() }
}

private final class HastyState: @unchecked Sendable {
    private let lock = NSLock()
    private var instant = ContinuousClock.now

    func next() -> ContinuousClock.Instant {
        lock.withLock {
            instant = instant.advanced(by: .seconds(3600))
            return instant
        }
    }
}

/// A clock at which no deadline ends: a test that is not about deadlines must not depend on how busy the machine is.
func stoppedClock() -> Deadline.Now {
    let start = ContinuousClock.now
    return { start }
}
