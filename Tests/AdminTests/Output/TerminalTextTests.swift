import Testing

@testable import Admin

@Suite struct TerminalTextTests {
    @Test(
        "what a terminal would obey is escaped",
        arguments: [
            ("\u{1B}[31m", "\\u{1B}[31m"),
            ("a\u{0}b", "a\\u{0}b"),
            ("a\rb", "a\\u{D}b"),
            ("\u{7F}", "\\u{7F}"),
            ("\u{9B}31m", "\\u{9B}31m"),
            ("\u{202E}fdp.exe", "\\u{202E}fdp.exe"),
            ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
            ("\u{200B}", "\\u{200B}"),
            ("\u{061C}", "\\u{61C}"),
            ("\u{2028}", "\\u{2028}"),
            ("\u{E0041}", "\\u{E0041}"),
            ("\u{E000}", "\\u{E000}"),
        ]
    )
    func escapes(text: String, shown: String) {
        #expect(TerminalText.escape(text) == shown)
    }

    @Test(
        "people's text is left alone",
        arguments: ["", "Sở Y tế", "e\u{0302}\u{0301}", "a\\b", "中央 한국", "(x) – “y”"]
    )
    func keeps(text: String) {
        #expect(Array(TerminalText.escape(text).unicodeScalars) == Array(text.unicodeScalars))
    }
}
