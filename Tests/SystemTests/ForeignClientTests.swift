import Foundation
import Testing

/// A client that is not ours: Python's grpcio with stubs from `Proto/`.
@Suite struct ForeignClientTests {
    private static let python = Province.repository.appending(path: ".venv/bin/python3")

    @Test func pythonsGRPCFindsHealthReflectionAndAnOfficersConflicts() async throws {
        // `make test` makes the environment; without it there is nothing that could be tested.
        try #require(
            FileManager.default.isExecutableFile(atPath: Self.python.path),
            "There is no Python environment in .venv. Run `make test`, which makes it."
        )
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let state = try await province.enroll("pc", unit: "so-y-te", serving: serving)
        let report = try await Province.report(state, of: "conflict")
        #expect(report.status == 0, "\(report.errors)")

        let client = Province.repository.appending(path: "Tests/SystemTests/Python/client.py")
        let run = try RunningProgram(
            Self.python,
            [
                client.path, "--endpoint", "127.0.0.1:\(serving.reportingPort)", "--profile", province.profile.path,
                "--proto", Province.repository.appending(path: "Proto").path,
            ],
            environment: [:]
        )
        let outcome = await run.outcome()
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("so-y-te"), "\(outcome.output)")
        await serving.stop()
    }
}
