import Shared

/// The texts of ArgumentParser. `{}` stands for what it fills in.
///
/// Source: swift-argument-parser, `HelpGenerator.swift`, `UsageGenerator.swift` and `MessageInfo.swift`.
extension Phrases {
    /// Whole lines.
    static let parserLines = [
        Phrase("Error: {}", vi: "Lỗi: {}"),
        Phrase("Help:  {}", vi: "Trợ giúp:  {}"),
        Phrase("Usage: {}", vi: "Cách dùng: {}"),
        Phrase("  See '{}' for more information.", vi: "  Xem '{}' để biết thêm."),
        Phrase("  See '{}' for detailed help.", vi: "  Xem '{}' để biết chi tiết từng lệnh."),
        Phrase("OVERVIEW: {}", vi: "GIỚI THIỆU: {}"),
        Phrase("USAGE: {}", vi: "CÁCH DÙNG: {}"),
        Phrase("ARGUMENTS:", vi: "THAM SỐ:"),
        Phrase("OPTIONS:", vi: "TÙY CHỌN:"),
        Phrase("SUBCOMMANDS:", vi: "LỆNH CON:"),
        Phrase("   or: {}", vi: "   hoặc: {}"),
        Phrase(
            "Please use --generate-completion-script=<shell> with one of:",
            vi: "Hãy dùng --generate-completion-script=<shell> với một trong các shell:"
        ),
    ]

    static let unknownOptionSuggested = Phrase(
        "Unknown option '{}'. Did you mean '{}'?",
        vi: "Không có tùy chọn '{}'. Có phải là '{}'?"
    )
    static let unknownOption = Phrase("Unknown option '{}'", vi: "Không có tùy chọn '{}'")

    /// A name that no command has, in the form of the parser's own refusals.
    static func noSuchCommand(_ problem: CommandPath.Problem) -> Phrase {
        let name = TerminalText.escape(problem.name)
        let path = problem.path.joined(separator: " ")
        let help = (["khien", "help"] + problem.path.dropFirst()).joined(separator: " ")
        let near = Phrase(
            problem.near.map { " Did you mean '\($0)'?" } ?? "",
            vi: problem.near.map { " Có phải là '\($0)'?" } ?? ""
        )
        return Phrase(
            """
            Error: '\(path)' has no command '\(name)'.\(near.english)
            Usage: \(path) <subcommand>
              See '\(help)' for all commands.
            """,
            vi: """
                Lỗi: '\(path)' không có lệnh '\(name)'.\(near.vietnamese)
                Cách dùng: \(path) <lệnh-con>
                  Xem '\(help)' để biết tất cả các lệnh.
                """
        )
    }

    /// What stands in such lines; the longer ones first.
    static let parserParts = [
        unknownOptionSuggested,
        unknownOption,
        Phrase("Missing value for '{}' in '{}'", vi: "Thiếu giá trị của '{}' trong '{}'"),
        Phrase("Missing value for '{}'", vi: "Thiếu giá trị của '{}'"),
        Phrase(
            "The option '{}' does not take any value, but '{}' was specified.",
            vi: "Tùy chọn '{}' không nhận giá trị, nhưng lại có '{}'."
        ),
        Phrase("{} unexpected arguments: '{}'", vi: "Thừa {} tham số: '{}'"),
        Phrase("Unexpected argument '{}'", vi: "Thừa tham số '{}'"),
        Phrase("Missing expected argument '{}'", vi: "Thiếu tham số '{}'"),
        Phrase("Missing one of: '{}'", vi: "Thiếu một trong các tham số: '{}'"),
        Phrase(
            "The value '{}' is invalid for '{}'. Please provide one of {}, {} or {}.",
            vi: "Giá trị '{}' không hợp lệ cho '{}'. Hãy chọn một trong {}, {} hoặc {}."
        ),
        Phrase(
            "The value '{}' is invalid for '{}'. Please provide one of {} and {}.",
            vi: "Giá trị '{}' không hợp lệ cho '{}'. Hãy chọn {} hoặc {}."
        ),
        Phrase(
            "The value '{}' is invalid for '{}'. Please provide one of the following:",
            vi: "Giá trị '{}' không hợp lệ cho '{}'. Hãy chọn một trong các giá trị sau:"
        ),
        Phrase("The value '{}' is invalid for '{}': {}", vi: "Giá trị '{}' không hợp lệ cho '{}': {}"),
        Phrase("The value '{}' is invalid for '{}'", vi: "Giá trị '{}' không hợp lệ cho '{}'"),
        Phrase(
            "Value to be set with flag {} had already been set with flag {}",
            vi: "Cờ {} trái với cờ {} đã ghi trước"
        ),
        Phrase("Missing required subcommand.", vi: "Thiếu lệnh con."),
        Phrase("Invalid option: {}", vi: "Tùy chọn không hợp lệ: {}"),
        Phrase("Can't generate completion scripts for '{}'.", vi: "Không tạo được bản gợi ý lệnh cho '{}'."),
        Phrase("Show subcommand help information.", vi: "Hiển thị trợ giúp của các lệnh con."),
        Phrase("{}Show the version.", vi: "{}Hiển thị phiên bản."),
        Phrase("{}Show help information.", vi: "{}Hiển thị trợ giúp."),
        Phrase("{} (values: {}; default: {})", vi: "{} (giá trị: {}; mặc định: {})"),
        Phrase("{} (values: {})", vi: "{} (giá trị: {})"),
        Phrase("{} (default: {})", vi: "{} (mặc định: {})"),
    ]

    /// What stands anywhere in a usage: of a group of commands, and of a command with many options.
    static let parserPlaces = [
        Phrase("<subcommand>", vi: "<lệnh-con>"), Phrase("<subcommands>", vi: "<lệnh-con>"),
        Phrase("[<options>]", vi: "[<tùy-chọn>]"),
    ]
}
