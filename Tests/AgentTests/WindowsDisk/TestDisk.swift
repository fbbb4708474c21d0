import Foundation
import Testing

@testable import Agent

/// A Windows disk that a test builds file by file.
final class TestDisk {
    let folder: TemporaryFolder
    var path: String { folder.path }

    static let software = "Windows/System32/config/SOFTWARE"
    static let system = "Windows/System32/config/SYSTEM"

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A disk with hives that say these things besides what every Windows has.
    convenience init(software: [TestKey] = [], system: [TestKey] = []) throws {
        try self.init()
        try file(Self.software, TestHive(Self.everySoftware + software).bytes)
        try file(Self.system, TestHive(Self.everySystem + system).bytes)
    }

    static let everySoftware = [
        TestKey.at(
            #"Microsoft\Windows NT\CurrentVersion"#,
            [
                .text("ProductName", "Windows 10 Pro"), .text("DisplayVersion", "23H2"),
                .text("CurrentBuild", "22631"), .text("InstallationType", "Client"),
                .text("SystemRoot", #"C:\Windows"#),
            ]
        ),
        TestKey.at(
            #"Microsoft\Windows\CurrentVersion"#,
            [
                .text("ProgramFilesDir", #"C:\Program Files"#),
                .text("ProgramFilesDir (x86)", #"C:\Program Files (x86)"#),
            ]
        ),
    ]

    /// Two control sets, of which the second is the one in use.
    static let everySystem = [
        TestKey("Select", [.number("Current", 2), .number("LastKnownGood", 1)]),
        TestKey.at(#"ControlSet001\Services\Old"#, [.number("Type", 16), .text("ImagePath", #"C:\old.exe"#)]),
        TestKey.at(#"ControlSet001\Control\ComputerName\ComputerName"#, [.text("ComputerName", "OLD")]),
        TestKey.at(#"ControlSet002\Control\ComputerName\ComputerName"#, [.text("ComputerName", "PC-MÁY")]),
        TestKey.at(
            #"ControlSet002\Control\Session Manager\Environment"#,
            [.text("PROCESSOR_ARCHITECTURE", "AMD64")]
        ),
        TestKey.at(#"ControlSet002\Services"#),
    ]

    /// A service of the control set that is in use.
    static func service(_ name: String, _ values: [TestValue], _ children: [TestKey] = []) -> TestKey {
        .at(#"ControlSet002\Services\"# + name, values, children)
    }

    /// An entry in a list of installed programs.
    static func program(_ key: String, below prefix: String = "", _ values: [TestValue]) -> TestKey {
        .at(prefix + #"Microsoft\Windows\CurrentVersion\Uninstall\"# + key, values)
    }

    /// Writes a file with its folders.
    func file(_ name: String, _ bytes: [UInt8] = [0x4d, 0x5a]) throws {
        try folder.prepare(name)
        try folder.write(name, bytes)
    }

    /// Makes a symbolic link with its folders.
    func link(_ name: String, to target: String) throws {
        try folder.prepare(name)
        try folder.link(name, to: target)
    }

    /// Makes a pipe, at which who opens it for reading waits for ever.
    func pipe(_ name: String) throws {
        try folder.pipe(name)
    }

    /// Takes a file away.
    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }

    /// Sets a file's permissions.
    func mode(_ name: String, _ mode: Int) throws {
        try folder.mode(name, mode)
    }

    func disk(
        limits: WindowsDiskLimits = WindowsDiskLimits(),
        library: String = "libhivex.so.0",
        now: @escaping Deadline.Now = stoppedClock()
    ) throws -> WindowsDisk {
        WindowsDisk(root: try RootDirectory(path: path), limits: limits, library: library, now: now)
    }

    /// The records of this disk.
    func records(
        limits: WindowsDiskLimits = WindowsDiskLimits(),
        library: String = "libhivex.so.0",
        now: @escaping Deadline.Now = stoppedClock()
    ) throws -> [ProbeRecord] {
        try disk(limits: limits, library: library, now: now).records()
    }
}

extension [ProbeRecord] {
    func of(_ kind: String) -> [ProbeRecord] { filter { $0.kind == kind } }

    /// The first record of a kind in which a field has this text.
    func first(_ kind: String, _ field: String, _ text: String) -> ProbeRecord? {
        first { $0.kind == kind && $0.text(field) == text }
    }

    func source(_ name: String) -> ProbeRecord? { first("source", "source", name) }

    func state(_ name: String) -> String? { source(name)?.text("state") }

    func reason(_ name: String) -> String { source(name)?.text("reason") ?? "" }
}
