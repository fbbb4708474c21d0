import Foundation
import Testing

/// The manual pages and the scripts for shells, which the programs write themselves.
@Suite struct ManualTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        .standardizedFileURL

    @Test("the manual pages say what the programs of this build say of themselves")
    func manualIsCurrent() async throws {
        let script = Self.root.appending(path: "scripts/generate-manual").path
        let programs = Program.admin.path.deletingLastPathComponent().path
        let arguments = ["python3", script, "--check", "--programs", programs]
        let outcome = try await RunningProgram(
            URL(filePath: "/usr/bin/env"),
            arguments,
            environment: ["PATH": "/usr/bin:/bin:/usr/local/bin"]
        ).outcome()
        #expect(outcome.errors == "")
        #expect(outcome.status == 0)
    }

    @Test(
        "every program writes a script of completions for every shell",
        arguments: [Program.admin, .agent, .collector, .fleet],
        ["bash", "zsh", "fish"]
    )
    func completions(program: Program, shell: String) async throws {
        let outcome = try await program.run("--generate-completion-script", shell)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains(program.name))
        #expect(outcome.output.contains("complet") || outcome.output.contains("compdef"))
    }
}
