import ArgumentParser
import Shared
import Testing

@testable import Admin

@Suite struct ParserTextTests {
    /// What the parser writes in English of its own, in help and refusals.
    private static let parserWords = [
        "OVERVIEW", "USAGE", "OPTIONS", "ARGUMENTS", "SUBCOMMANDS", "Show ", "See '", "default:", "values:", "Error",
        "Usage", "Help:", "Missing", "Unknown option", "Unexpected", "unexpected", "is invalid", "Please", "Did you",
        "does not take", "Can't", "subcommand>", "<subcommands", "<id>", "<file>",
    ]

    @Test("every command explains itself in Vietnamese", arguments: CommandTreeTests.all)
    func help(entry: CommandTreeTests.Entry) async {
        let vietnamese = await Run.khien(entry.path + ["--help", "--lang", "vi"])
        #expect(vietnamese.status == .done)
        #expect(vietnamese.errors == "")
        #expect(vietnamese.output.hasPrefix("GIỚI THIỆU: "))
        for word in Self.parserWords { #expect(!vietnamese.output.contains(word)) }
        // Names of options are the same in every language.
        let words = vietnamese.output.replacing(/--[a-z-]+/, with: "")
        let english = words.matches(of: /\b(?:the|of|and|is|are|with|without|this|that|only|from|which)\b/)
        #expect(english.map { String($0.output) } == [])
    }

    @Test
    func `Help on help is in Vietnamese too`() async {
        let help = await Run.khien(["help", "help", "--lang", "vi"])
        #expect(help.status == .done)
        for word in Self.parserWords { #expect(!help.output.contains(word), "\(help.output)") }
    }

    @Test(
        "a refusal of the parser is in Vietnamese from its first word to its last",
        arguments: [
            ["device", "shwo"]: "'khien device' không có lệnh 'shwo'. Có phải là 'show'?",
            ["unist"]: "'khien' không có lệnh 'unist'. Có phải là 'units'?",
            ["help", "foo"]: "'khien' không có lệnh 'foo'. Cách dùng: khien <lệnh-con>",
            ["units", "--since", "x"]: "Không có tùy chọn '--since' Cách dùng",
            ["units", "a", "b"]: "Thừa 2 tham số: 'a', 'b'",
            ["units", "--fromat", "x"]: "Không có tùy chọn '--fromat'. Có phải là '--format'?",
            ["units", "--nonsense"]: "Không có tùy chọn '--nonsense'",
            ["units", "-x"]: "Không có tùy chọn '-x'",
            ["units", "--format"]: "Thiếu giá trị của '--format <dạng>'",
            ["units", "--format", "xml"]:
                "Giá trị 'xml' không hợp lệ cho '--format <dạng>'. Hãy chọn một trong 'table', 'json' hoặc 'csv'.",
            ["units", "--lang", "xx"]:
                "Giá trị 'xx' không hợp lệ cho '--lang <ngôn-ngữ>'. Hãy chọn 'en' hoặc 'vi'.",
            ["units", "--timeout", "soon"]: "Giá trị 'soon' không hợp lệ cho '--timeout <thời-gian>'",
            ["units", "--bom=1"]: "Tùy chọn '--bom' không nhận giá trị, nhưng lại có '1'.",
            ["token", "create"]: "Thiếu tham số '--unit <đơn-vị>'",
            ["device", "show"]: "Thiếu tham số '<thiết-bị>'",
            ["units", "--timeout", "601s"]: "--timeout phải từ 1 đến 600 giây.",
            ["--generate-completion-script", "powershell"]: "Không tạo được bản gợi ý lệnh cho 'powershell'.",
        ] as [[String]: String]
    )
    func refusals(arguments: [String], message: String) async {
        let run = await Run.khien(arguments, environment: ["LANG": "vi_VN.UTF-8"])
        #expect(run.status == .usage)
        #expect(run.output == "")
        let words = run.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.hasPrefix("Lỗi: \(message)"))
        for word in Self.parserWords { #expect(!run.errors.contains(word)) }
    }

    @Test
    func `What a terminal would obey is shown when a refusal repeats it`() async {
        let run = await Run.khien(["units", "\u{1B}[2J"])
        #expect(run.errors.contains("\\u{1B}[2J"))
        #expect(!run.errors.contains("\u{1B}"))
    }

    @Test
    func `What is for programs is left as it is`() async {
        let script = await Run.khien(["completions", "bash", "--lang", "vi"]).output
        #expect(script.contains("complete"))
        #expect(script.split(separator: "\n").contains { $0.count > 80 })
        #expect(await Run.khien(["--version", "--lang", "vi"]).output == "\(khienVersion)\n")
    }

    @Test(
        arguments: [
            ("Error: {}", "Error: x", ["x"]), ("Error: {}", "x", nil), ("OPTIONS:", "OPTIONS:", []),
            ("OPTIONS:", "OPTIONS: x", nil),
            ("{} (values: {}; default: {})", "a (values: b, c; default: b)", ["a", "b, c", "b"]),
            ("The '{}' and '{}'.", "The 'a' and 'b'.", ["a", "b"]), ("The '{}' and '{}'.", "The 'a' and 'b'", nil),
            ("{}Show the version.", "  --version  Show the version.", ["  --version  "]),
        ] as [(String, String, [String]?)]
    )
    func `A template is met whole or not at all`(template: String, text: String, values: [String]?) {
        #expect(ParserText.match(template, text) == values)
    }

    @Test(arguments: [1, 2, 5, 20, 40, 80, 200])
    func `Help is wrapped to any width, and no word is lost`(columns: Int) async {
        let raw = KhienCommand.helpMessage(columns: ParserText.unwrapped)
        let text = ParserText.text(raw, columns: columns)
        let words = { (text: String) in text.split(whereSeparator: \.isWhitespace) }
        #expect(words(text) == words(raw))
        guard columns >= 80 else { return }
        #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= columns })
    }
}
