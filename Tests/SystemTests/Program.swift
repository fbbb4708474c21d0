import Foundation
import Synchronization

/// The programs of this package, run as a person would run them.
struct Program: Sendable {
    let name: String

    static let agent = Program(name: "khien-agent")
    static let collector = Program(name: "khien-collector")
    static let admin = Program(name: "khien")
    static let fleet = Program(name: "khien-fleet")

    /// What a run printed, and how it ended.
    struct Outcome: Sendable {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Beside the test bundle, where the package manager puts executables.
    var path: URL {
        let folder = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
            .deletingLastPathComponent()
        let beside = folder ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return beside.appending(path: name)
    }

    /// Runs to its end.
    @discardableResult
    func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Outcome {
        try await run(arguments, environment: environment)
    }

    /// Runs to its end.
    @discardableResult
    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        let running = try start(arguments, environment: environment)
        return await running.outcome()
    }

    /// Starts and does not wait.
    func start(_ arguments: [String], environment: [String: String] = [:]) throws -> RunningProgram {
        try RunningProgram(path, arguments, environment: environment)
    }
}

/// A started program whose two outputs go to files.
///
/// Files and not pipes: a pipe's writing end leaks into programs that are started at the same moment, and its end is then
/// never seen.
final class RunningProgram: Sendable {
    private struct State {
        var status: Int32?
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let process: Process
    private let folder: URL
    private let state = Mutex(State())

    init(_ path: URL, _ arguments: [String], environment: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "khien-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["output", "errors"] { try Data().write(to: folder.appending(path: name)) }
        process = Process()
        process.executableURL = path
        process.arguments = arguments
        // In English, whatever the person who runs the tests speaks.
        process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) { _, new in new }
            .merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "output"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "errors"))
        process.terminationHandler = { [weak self] process in
            self?.end(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
        }
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    var hasEnded: Bool { state.withLock { $0.status != nil } }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits until the program has ended.
    func outcome() async -> Program.Outcome {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.status == nil { state.waiters.append(continuation) }
                return state.status != nil
            }
            if hasEnded { continuation.resume() }
        }
        let status = state.withLock { $0.status } ?? -1
        return Program.Outcome(status: status, output: text("output"), errors: text("errors"))
    }

    /// Waits for a whole line of standard output that begins with a text; `nil` when the program ends without one.
    func line(beginning prefix: String) async throws -> String? {
        while true {
            let hadEnded = hasEnded
            let output = text("output")
            if let end = output.lastIndex(of: "\n"),
                let line = output[...end].split(separator: "\n").first(where: { $0.hasPrefix(prefix) })
            {
                return String(line)
            }
            if hadEnded { return nil }
            // A file tells nobody that it has grown.
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private func text(_ name: String) -> String {
        let data = (try? Data(contentsOf: folder.appending(path: name))) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    private func end(_ status: Int32) {
        let waiters = state.withLock { state in
            state.status = status
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
