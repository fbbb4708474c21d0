import ArgumentParser
import Testing

@testable import Admin

@Suite struct CommandTreeTests {
    /// A command and the words that lead to it.
    struct Entry: Sendable, CustomTestStringConvertible {
        var path: [String]
        var command: any ParsableCommand.Type

        var testDescription: String { (["khien"] + path).joined(separator: " ") }
    }

    static let all = entries(KhienCommand.self, [])

    static func entries(_ command: any ParsableCommand.Type, _ path: [String]) -> [Entry] {
        [Entry(path: path, command: command)]
            + command.configuration.subcommands.flatMap { entries($0, path + [$0.configuration.commandName ?? "?"]) }
    }

    @Test("every command explains itself and exits with 0", arguments: all)
    func help(entry: Entry) async {
        let run = await Run.khien(entry.path + ["--help"])
        #expect(run.status == .done)
        #expect(run.errors == "")
        #expect(!entry.command.configuration.abstract.isEmpty)
        let words = { (text: String) in text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        #expect(words(run.output).contains(words(entry.command.configuration.abstract)))
        #expect(run.output.contains("USAGE: khien"))
    }

    @Test("every command that asks has the options that all have", arguments: all)
    func options(entry: Entry) async {
        guard entry.command.configuration.subcommands.isEmpty else { return }
        #expect(entry.command is any AdminCommand.Type)
        let help = await Run.khien(entry.path + ["--help"]).output
        for option in ["--format <format>", "--profile <dir>", "--timeout <time>"] {
            #expect(help.contains(option))
        }
    }

    @Test("the tree is the one that was promised")
    func tree() {
        #expect(
            Self.all.map { $0.path.joined(separator: " ") } == [
                "", "units", "conflicts", "devices", "unknowns", "device", "device show", "device revoke", "catalog",
                "catalog publish", "catalog show", "token", "token create", "token list", "token revoke", "officer",
                "officer add", "officer list", "officer revoke", "version",
            ]
        )
    }

    @Test(
        "a command line that cannot be understood exits with 2, and says how it goes",
        arguments: [
            ["nonsense"], ["units", "--nonsense"], ["units", "extra"], ["units", "--format", "xml"],
            ["device", "show"],
            ["device", "show", "abc"], ["device", "revoke", "x"], ["device", "revoke", "x", "--reason", ""],
            ["token", "create"], ["token", "create", "--unit", ""], ["token", "create", "--unit", "A", "--uses", "0"],
            ["token", "create", "--unit", "A", "--expires", "59s"],
            ["token", "create", "--unit", "A", "--expires", "366d"],
            ["token", "create", "--unit", "A", "--expires", "soon"], ["devices", "--limit", "0"],
            ["devices", "--unit", ""], ["units", "--timeout", "0s"], ["units", "--timeout", "601s"],
            ["units", "--profile", ""], ["officer", "add", "A", "--role", "center", "--out", "x"],
            ["officer", "add", "a", "--role", "unit", "--out", "x"],
            ["officer", "add", "a", "--role", "reader", "--unit", "A", "--out", "x"],
            ["officer", "add", "a", "--role", "king", "--out", "x"],
            ["officer", "add", "a", "--role", "center", "--out", "x", "--endpoint", "host"],
        ]
    )
    func usage(arguments: [String]) async {
        let run = await Run.khien(arguments)
        #expect(run.status == .usage)
        #expect(run.output == "")
        #expect(run.errors.contains("Usage: khien"))
    }

    @Test("the version is told without a profile, in every format")
    func version() async {
        #expect(await Run.khien(["version"]).output == "khien  0.1.0\n")
        #expect(await Run.khien(["version", "--format", "json"]).output == "{\n  \"version\": \"0.1.0\"\n}\n")
        #expect(await Run.khien(["version", "--format", "csv"]).output == "version\n0.1.0\n")
        #expect(await Run.khien(["--version"]).output == "0.1.0\n")
    }

    @Test("without a profile the exit status is 2, and the message says where one comes from")
    func noProfile() async throws {
        let catalog = try TemporaryFolder()
        try catalog.write("catalog.txt", "version\t1\n")
        for entry in Self.all where entry.command is any AdminCommand.Type && entry.path != ["version"] {
            let needed: [String] =
                switch entry.path {
                case ["device", "show"], ["token", "revoke"], ["officer", "revoke"]: ["abcd"]
                case ["device", "revoke"]: ["abcd", "--reason", "stolen"]
                case ["token", "create"]: ["--unit", "A"]
                case ["officer", "add"]: ["a", "--role", "center", "--out", "x"]
                case ["catalog", "publish"]: [catalog.path + "/catalog.txt"]
                default: []
                }
            let run = await Run.khien(entry.path + needed, environment: ["HOME": "/nonexistent"])
            #expect(run.status == .usage)
            #expect(run.output == "")
            #expect(run.errors.contains("/nonexistent/.config/khien/profile.json does not exist"))
            #expect(run.errors.contains("khien officer add"))
        }
        withExtendedLifetime(catalog) {}
    }
}
