import Testing

@testable import Agent

@Suite
struct PrintableTextTests {
    @Test(arguments: [
        ("Sở Tài chính", "Sở Tài chính"),
        ("a\u{1B}[2Jb", "a\\u{1b}[2Jb"),
        ("a\nb\r\tc\0", "a\\u{a}b\\u{d}\\u{9}c\\u{0}"),
        ("\u{202E}cod.exe", "\\u{202e}cod.exe"),
        ("\u{2028}\u{200B}\u{FEFF}\u{9B}", "\\u{2028}\\u{200b}\\u{feff}\\u{9b}"),
        ("", ""),
    ])
    func `What could move the cursor or hide words is shown as its number`(text: String, shown: String) {
        #expect(PrintableText.escape(text) == shown)
    }

    @Test
    func `A long text is cut and says so`() {
        let shown = PrintableText.escape(String(repeating: "ậ", count: 5000), limit: 30)
        #expect(shown == String(repeating: "ậ", count: 10) + "…")
        #expect(PrintableText.escape(String(repeating: "\u{1}", count: 5000), limit: 30).utf8.count <= 42)
    }
}
