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
        guard entry.path != ["completions"] else { return }
        for option in ["--format <format>", "--lang <language>", "--profile <dir>", "--timeout <time>"] {
            #expect(help.contains(option))
        }
    }

    /// Every command, and arguments with which it is whole: the parser takes them, and only then is the profile read.
    static let promised: KeyValuePairs<String, [String]> = [
        "": [],
        "units": [],
        "unit": [],
        "unit show": ["so-y-te"],
        "unit add": ["moi", "--name", "Xã Mới", "--group", "commune", "--document", "1"],
        "unit rename": ["so-y-te", "--name", "Sở Y tế", "--document", "1"],
        "unit merge": ["a", "b", "--into", "c", "--document", "1"],
        "unit split": ["a", "--code", "b", "--name", "B", "--group", "commune", "--seats", "1", "--document", "1"],
        "unit close": ["a", "--document", "1"],
        "term": [],
        "term add": [
            "--product", "kes", "--seats", "1", "--starts", "2025-10-13", "--ends", "2026-10-12", "--document", "1",
        ],
        "term list": [],
        "term show": [],
        "allocation": [],
        "allocation list": [],
        "allocation set": ["--unit", "a", "--seats", "1", "--document", "1"],
        "allocation import": ["FOLDER/catalog.txt", "--document", "1"],
        "ledger": [],
        "seats": [],
        "request": [],
        "request create": ["--unit", "a", "--seats", "1", "--reason", "r"],
        "request list": [],
        "request show": ["1"],
        "request approve": ["1", "--document", "1", "--from", "reserve"],
        "request refuse": ["1", "--reason", "r"],
        "request withdraw": ["1"],

        "findings": [],
        "finding": [],
        "finding show": ["1"],
        "finding acknowledge": ["1"],
        "finding waive": ["1", "--until", "2025-12-01", "--reason", "awaiting a new disk"],
        "finding unwaive": ["1"],
        "conflicts": [],
        "policy": [],
        "policy show": [],
        "policy set": ["--silent-after", "30", "--reason", "decided"],

        "devices": [],
        "device": [],
        "device show": ["abcd"],
        "device retire": ["abcd", "--reason", "sold"],
        "device restore": ["abcd", "--reason", "found"],
        "device move": ["abcd", "--unit", "SYT", "--reason", "moved"],
        "device merge": ["abcd", "efgh", "--reason", "the same machine"],
        "device unmerge": ["abcd", "--reason", "two machines"],
        "device revoke": ["abcd", "--reason", "stolen"],

        "officer": [],
        "officer add": ["a", "--role", "center"],
        "officer sign": ["FOLDER/request.pem", "--role", "center", "--out", "FOLDER/bundle"],
        "officer set": ["--unit", "SYT", "--name", "Lan"],
        "officer list": [],
        "officer revoke": ["abcd"],
        "profile": [],
        "profile request": ["lan"],
        "profile install": ["FOLDER/bundle"],
        "profile renew": [],
        "profile show": [],

        "token": [],
        "token create": ["--unit", "A"],
        "token list": [],
        "token revoke": ["abcd"],

        "catalog": [],
        "catalog publish": ["FOLDER/catalog.txt"],
        "catalog show": [],
        "unknowns": [],

        "report": [],
        "completions": ["bash"],
        "version": [],
    ]

    /// Commands that need no profile; two of them make one.
    static let local = [["version"], ["completions"], ["profile", "request"], ["profile", "install"]]

    @Test("the tree is the one that was promised")
    func tree() {
        #expect(Self.all.map { $0.path.joined(separator: " ") } == Self.promised.map(\.key))
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
            ["units", "--bom"], ["units", "--bom", "--format", "json"], ["devices", "--unit", ""],
            ["units", "--timeout", "0s"], ["units", "--timeout", "601s"],
            ["units", "--profile", ""], ["officer", "add", "A", "--role", "center", "--out", "x"],
            ["officer", "add", "a", "--role", "unit", "--out", "x"],
            ["officer", "add", "a", "--role", "reader", "--unit", "A", "--out", "x"],
            ["officer", "add", "a", "--role", "king", "--out", "x"],
            ["officer", "add", "a", "--role", "center", "--out", ""],
            ["officer", "add", "a", "--role", "center", "--out", "x", "--endpoint", "host"],
            ["officer", "add", "a", "--role", "center", "--out", "x", "--officer-language", "fr"],
            ["officer", "sign", "r", "--role", "center"], ["officer", "sign", "r", "--role", "center", "--out", ""],
            ["officer", "sign", "r", "--role", "center", "--out", "x", "--key", "sha256:12"],
            ["officer", "set", "--unit", "A"], ["officer", "set", "--name", "Lan"],
            ["officer", "set", "--unit", "A", "--email", "lan"],
            ["officer", "set", "--unit", "A", "--email", "lan@x y"],
            ["officer", "set", "--unit", "A", "--trained-on", "31/2/2025"],
            ["officer", "set", "--unit", "A", "--phone", String(repeating: "1", count: 257)],
            ["officer", "set", "--unit", "A", "--name", "Lan", "--revision", "0"],
            ["profile", "request"], ["profile", "request", "Lan"], ["profile", "request", "lan", "--out", ""],
            ["profile", "install", "b", "--dir", ""], ["profile", "install", "b", "--authority", "x"],
            ["findings", "--kind", "flu"], ["findings", "--state", "lost"], ["findings", "--since", "2025-02-30"],
            ["finding", "show", "0"], ["finding", "show", "-1"], ["finding", "show", "first"],
            ["finding", "show", "18446744073709551616"],
            ["finding", "acknowledge", "1", "--note", String(repeating: "x", count: 501)],
            ["finding", "waive", "1", "--reason", "x"], ["finding", "waive", "1", "--until", "2025-12-01"],
            ["finding", "waive", "1", "--until", "2025-12-01", "--reason", " "],
            ["finding", "waive", "1", "--until", "tomorrow", "--reason", "x"],
            ["finding", "unwaive", "1", "--reason", String(repeating: "x", count: 501)],
            ["policy", "set", "--reason", "x"], ["policy", "set", "--silent-after", "30"],
            ["policy", "set", "--silent-after", "0", "--reason", "x"],
            ["policy", "set", "--silent-after", "366", "--reason", "x"],
            ["policy", "set", "--report-interval", "9", "--reason", "x"],
            ["policy", "set", "--report-interval", "99999999999999999999", "--reason", "x"],
            ["policy", "set", "--approve", "Đ", "--reason", "x"],
            ["policy", "set", "--approve", "clamav", "--disapprove", "clamav", "--reason", "x"],
            ["policy", "set", "--deadline", "no-antivirus", "--reason", "x"],
            ["policy", "set", "--deadline", "no-antivirus=0", "--reason", "x"],
            ["policy", "set", "--deadline", "no-antivirus=3651", "--reason", "x"],
            ["policy", "set", "--deadline", "no-antivirus=+3", "--reason", "x"],
            ["policy", "set", "--deadline", "flu=3", "--reason", "x"],
            ["policy", "set", "--deadline", "no-antivirus=1", "--deadline", "no-antivirus=2", "--reason", "x"],
            ["policy", "set", "--severity", "no-antivirus=grave", "--reason", "x"],
            [
                "policy", "set", "--severity", "no-antivirus=notice", "--severity", "no-antivirus=notice", "--reason",
                "x",
            ],
            ["devices", "--standing", "asleep"], ["device", "retire", "abcd"],
            ["device", "retire", "abc", "--reason", "x"],
            ["device", "retire", "abcd", "--reason", String(repeating: "x", count: 501)],
            ["device", "retire", String(repeating: "a", count: 65), "--reason", "x"],
            ["device", "move", "abcd", "--reason", "x"], ["device", "move", "abcd", "--unit", "", "--reason", "x"],
            ["device", "move", "abcd", "--unit", "A", "--from", "", "--reason", "x"],
            ["device", "merge", "abcd", "--reason", "x"], ["device", "merge", "abcd", "abcd", "--reason", "x"],
            ["device", "unmerge", "abc", "--reason", "x"],
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

    @Test(
        "the options of all commands may stand in front of the command too",
        arguments: [
            ["--bom", "--format", "csv", "version"], ["--format", "csv", "--bom", "version"],
            ["--bom", "--format=csv", "--lang", "vi", "version"], ["--bom", "version", "--format", "csv"],
        ]
    )
    func inFront(arguments: [String]) async {
        let run = await Run.khien(arguments)
        #expect(run.status == .done, "\(run.errors)")
        #expect(run.output == "\u{FEFF}version\n0.1.0\n")
    }

    @Test("without a profile the exit status is 2, and the message says where one comes from")
    func noProfile() async throws {
        let catalog = try TemporaryFolder()
        try catalog.write("catalog.txt", "version\t1\n")
        for entry in Self.all where entry.command is any AdminCommand.Type && !Self.local.contains(entry.path) {
            let promised = Self.promised.first { $0.key == entry.path.joined(separator: " ") }
            let needed = (promised?.value ?? []).map { $0.replacing("FOLDER", with: catalog.path) }
            let run = await Run.khien(entry.path + needed, environment: ["HOME": "/nonexistent"])
            #expect(run.status == .usage)
            #expect(run.output == "")
            #expect(run.errors.contains("/nonexistent/.config/khien/profile.json does not exist"))
            #expect(run.errors.contains("khien officer add"))
        }
        withExtendedLifetime(catalog) {}
    }
}
