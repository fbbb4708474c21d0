import Foundation
import Testing

@testable import Admin

/// What shells offer for values: files where files are read or written, words where only some words will do.
@Suite struct CompletionTests {
    @Test(arguments: ["bash", "zsh", "fish"])
    func `Every option and argument that takes a file or a folder completes it`(shell: String) async throws {
        let script = await Run.khien(["completions", shell]).output
        let files: [(command: String, count: Int)] =
            switch shell {
            case "bash": [("__khien_add_completions -f", 7), ("__khien_add_completions -d", 40)]
            case "zsh": [("_files'", 6), ("_files -/'", 40)]
            default: [("' -rF", 3), ("' -F", 4), ("(__khien_complete_directories)", 40)]
            }
        for (command, least) in files {
            let count = script.components(separatedBy: command).count - 1
            #expect(count >= least, "\(command): \(count)")
        }
    }

    @Test(
        arguments: ["bash", "zsh", "fish"],
        ["multiple-antivirus", "no-antivirus=critical", "no-antivirus=", "acknowledged", "center", "json", "attention"]
    )
    func `Words are offered where only some will do`(shell: String, word: String) async {
        let script = await Run.khien(["completions", shell]).output
        // Once in a help text is not once offered.
        let offered = script.split(separator: "\n").filter { $0.contains(word) }
            .contains { $0.contains("-W ") || $0.contains("local -ar") || $0.contains("complete -c") }
        #expect(offered)
    }
}
