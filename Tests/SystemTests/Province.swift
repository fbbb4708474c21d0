import Foundation
import Testing

/// A collector of its own in a folder of its own, with what a test needs around it.
final class Province: Sendable {
    let folder: URL
    let data: URL
    private let units: URL?

    init(units: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "khien-system-\(UUID().uuidString)")
        data = folder.appending(path: "collector")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if let units {
            let file = folder.appending(path: "units.tsv")
            try units.write(to: file, atomically: true, encoding: .utf8)
            self.units = file
        } else {
            self.units = nil
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    var profile: URL { data.appending(path: "officers/center") }
    var databasePath: String { data.appending(path: "khien.sqlite").path }

    /// The prepared trees of the agent's tests.
    static func fixture(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "AgentTests/Fixtures/\(name)").path
    }

    static var repository: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// Makes the data directory.
    func initialize() async throws {
        var arguments = ["init", "--data", data.path, "--host", "127.0.0.1"]
        if let units { arguments += ["--units", units.path] }
        let outcome = try await Program.collector.run(arguments)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// Starts the collector and waits until it listens.
    func serve(reporting: UInt16 = 0, enrollment: UInt16 = 0) async throws -> Serving {
        let running = try Program.collector.start([
            "serve", "--data", data.path, "--listen", "127.0.0.1:\(reporting)",
            "--enrollment-listen", "127.0.0.1:\(enrollment)",
        ])
        guard let line = try await running.line(beginning: "listening ") else {
            let outcome = await running.outcome()
            throw Failure("the collector did not start: \(outcome.errors)")
        }
        let ports = line.matches(of: /127\.0\.0\.1:(\d+)/).compactMap { UInt16($0.output.1) }
        try #require(ports.count == 2, "\(line)")
        return Serving(running: running, reportingPort: ports[0], enrollmentPort: ports[1])
    }

    /// Runs the officers' command line with the first officer's profile.
    func khien(_ arguments: String..., serving: Serving, profile: URL? = nil) async throws -> Program.Outcome {
        try await khien(arguments: arguments, serving: serving, profile: profile)
    }

    func khien(arguments: [String], serving: Serving, profile: URL? = nil) async throws -> Program.Outcome {
        let profile = profile ?? self.profile
        try point(profile, at: serving)
        return try await Program.admin.run(["--profile", profile.path, "--timeout", "10m"] + arguments)
    }

    /// Makes a token and gives its join string.
    func join(_ unit: String, uses: Int = 1, serving: Serving) async throws -> String {
        let outcome = try await khien(
            "token",
            "create",
            "--unit",
            unit,
            "--uses",
            "\(uses)",
            "--format",
            "json",
            serving: serving
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
        let match = try #require(outcome.output.firstMatch(of: /khien:\/\/[^"\s]+/), "\(outcome.output)")
        return String(match.output).replacing("\\/", with: "/")
    }

    /// Enrolls an agent with a state folder of its own.
    func enroll(_ name: String, unit: String, serving: Serving) async throws -> URL {
        let state = folder.appending(path: "agent-\(name)")
        let outcome = try await Program.agent.run(
            "enroll",
            "--state",
            state.path,
            try await join(unit, serving: serving)
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
        return state
    }

    /// Sends a report of a prepared tree, in the name of the device with this state.
    static func report(_ state: URL, of fixture: String) async throws -> Program.Outcome {
        try await Program.agent.run("report", "--state", state.path, "--root", Province.fixture(fixture))
    }

    /// Ports are chosen by the system at each start: a profile is told the present one.
    func point(_ profile: URL, at serving: Serving) throws {
        let file = profile.appending(path: "profile.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        let pointed = text.replacing(/127\.0\.0\.1:\d+/, with: "127.0.0.1:\(serving.reportingPort)")
        try pointed.write(to: file, atomically: true, encoding: .utf8)
    }

    /// A running collector.
    struct Serving: Sendable {
        let running: RunningProgram
        let reportingPort: UInt16
        let enrollmentPort: UInt16

        /// Asks it to stop and waits until it has.
        @discardableResult
        func stop() async -> Program.Outcome {
            running.send(SIGTERM)
            return await running.outcome()
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}

/// Reads standard JSON for assertions.
func json(_ text: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text.utf8))
}
