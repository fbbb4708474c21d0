import Testing

@testable import Admin

@Suite struct DisplayWidthTests {
    @Test(
        "a text takes as many columns as a terminal gives it",
        arguments: [
            ("", 0),
            ("khien", 5),
            ("Sở Thông tin và Truyền thông", 28),
            ("Ủy ban nhân dân huyện Cư M’gar", 30),
            ("Đắk Lắk", 7),
            ("e\u{0302}\u{0301}", 1),
            ("o\u{031B}\u{0300}", 1),
            ("中央", 4),
            ("ｶﾞ", 2),
            ("한국", 4),
            ("\u{1112}\u{1161}\u{11AB}", 2),
            ("🛡️", 1),
            ("😀", 2),
            ("Ａ", 2),
        ]
    )
    func width(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    /// Every base letter with every tone mark, composed; the second scalars spell the same letters decomposed.
    static let vietnamese: [(composed: String, decomposed: String)] = [
        ("ằ", "a\u{0306}\u{0300}"), ("ặ", "a\u{0323}\u{0306}"), ("ấ", "a\u{0302}\u{0301}"), ("ẫ", "a\u{0302}\u{0303}"),
        ("ề", "e\u{0302}\u{0300}"), ("ệ", "e\u{0323}\u{0302}"), ("ở", "o\u{031B}\u{0309}"), ("ỡ", "o\u{031B}\u{0303}"),
        ("ử", "u\u{031B}\u{0309}"), ("ự", "u\u{031B}\u{0323}"), ("ỹ", "y\u{0303}"), ("Ộ", "O\u{0323}\u{0302}"),
    ]

    @Test("composed and decomposed Vietnamese take the same columns", arguments: vietnamese)
    func normalForms(composed: String, decomposed: String) {
        #expect(composed == decomposed)
        #expect(composed.unicodeScalars.count < decomposed.unicodeScalars.count)
        #expect(DisplayWidth.of(composed) == 1)
        #expect(DisplayWidth.of(decomposed) == 1)
    }
}
