import Testing

@testable import Admin

@Suite struct CSVFieldTests {
    @Test(
        "a live formula gets an apostrophe in front",
        arguments: [
            ("=1+1", "'=1+1"),
            ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
            ("+cmd", "'+cmd"),
            ("-2+3", "'-2+3"),
            ("-", "'-"),
            ("+1.", "'+1."),
            ("+.5", "'+.5"),
            ("+1.2.3", "'+1.2.3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\n=1", "\"'\n=1\""),
            ("\u{200B}=1", "'\u{200B}=1"),
            ("\u{FEFF}=1", "'\u{FEFF}=1"),
            ("\u{FF1D}1", "'\u{FF1D}1"),
            (" =1+1", "' =1+1"),
            ("\u{A0}\u{3000}@x", "'\u{A0}\u{3000}@x"),
            (" \u{200B}=1", "' \u{200B}=1"),
            ("\u{FE66}1", "'\u{FE66}1"),
            ("\u{2212}1+1", "'\u{2212}1+1"),
        ]
    )
    func formulas(text: String, field: String) {
        #expect(Array(CSVField.encode(text).unicodeScalars) == Array(field.unicodeScalars))
    }

    @Test(
        "plain numbers and plain text stay as they are",
        arguments: ["-5", "+84", " -5", "-1.5", "0", "1e5", "a=b", "Sở Y tế", " Sở", "'x", ""]
    )
    func plain(text: String) {
        #expect(CSVField.encode(text) == text)
    }

    @Test(
        "separators, quotes and line ends go into quotes",
        arguments: [
            ("a,b", "\"a,b\""),
            ("a;b", "\"a;b\""),
            ("a\"b", "\"a\"\"b\""),
            ("a\nb", "\"a\nb\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("=\"x\"", "\"'=\"\"x\"\"\""),
        ]
    )
    func quoting(text: String, field: String) {
        #expect(Array(CSVField.encode(text).utf8) == Array(field.utf8))
    }

    @Test("control characters are shown", arguments: [("a\u{1B}[0m", "a\\u{1B}[0m"), ("\u{0}", "\\u{0}")])
    func controls(text: String, field: String) {
        #expect(CSVField.encode(text) == field)
    }

    @Test("typed cells are not taken for formulas, and what is absent is empty")
    func cells() {
        #expect(Cell.number(-5).csv == "-5")
        #expect(Cell.absent.csv == "")
        #expect(Cell.list(["=a", "b"]).csv == "\"'=a; b\"")
        #expect(Cell.flag(false).csv == "false")
    }
}
