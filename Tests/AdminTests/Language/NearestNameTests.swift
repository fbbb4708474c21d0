import Testing

@testable import Admin

@Suite struct NearestNameTests {
    private static let names = ["units", "unit", "findings", "finding", "devices", "--format", "--from", "--unit"]

    @Test(
        arguments: [
            ("unist", "units"), ("findngs", "findings"), ("devcies", "devices"), ("--fromat", "--format"),
            ("--frm", "--from"), ("--uint", "--unit"), ("foo", nil), ("--since", nil), ("x", nil), ("", nil),
            (String(repeating: "u", count: 100_000), nil),
        ] as [(String, String?)]
    )
    func `Only a slip of the fingers is explained`(typed: String, meant: String?) {
        #expect(NearestName.of(typed, among: Self.names) == meant)
    }
}
