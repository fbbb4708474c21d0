import Shared
import Testing

@Suite struct VisibleTextTests {
    /// Zero-width space, non-joiner, joiner and word joiner, byte order mark, soft hyphen, marks and controls of direction,
    /// a filler, a variation selector and a tag.
    private static let invisible: [Unicode.Scalar] = [
        "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{200E}", "\u{200F}", "\u{202A}",
        "\u{202E}",
        "\u{2066}", "\u{2069}", "\u{061C}", "\u{180E}", "\u{3164}", "\u{FE0F}", "\u{E0041}",
    ]

    @Test(arguments: invisible)
    func `what shows nothing is left out, wherever it stands`(scalar: Unicode.Scalar) {
        let mark = String(Character(scalar))
        #expect(
            VisibleText.of(mark + "Sở" + mark + " Y tế" + mark).unicodeScalars.elementsEqual("Sở Y tế".unicodeScalars)
        )
        #expect(VisibleText.of(mark) == "")
        #expect(VisibleText.isEmpty(" \(mark)\t\(mark)"))
        #expect(!VisibleText.isEmpty("\(mark)1"))
    }

    @Test(arguments: ["", "34/QĐ-UBND", "Sở Y tế", "So\u{031B}\u{0309}", "  hai  dòng\n", "—“…”"])
    func `everything else stays as it is, composed or not`(text: String) {
        #expect(VisibleText.of(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }
}
