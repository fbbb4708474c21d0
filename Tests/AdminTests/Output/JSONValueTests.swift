import Foundation
import Testing

@testable import Admin

@Suite struct JSONValueTests {
    @Test(
        "strings are escaped",
        arguments: [
            ("", "\"\""),
            ("a\"b\\c", #""a\"b\\c""#),
            ("\n\r\t", #""\n\r\t""#),
            ("\u{0}\u{1F}\u{7F}\u{9B}", #""\u0000\u001f\u007f\u009b""#),
            ("\u{202E}\u{2028}", #""\u202e\u2028""#),
            ("\u{E0041}", #""\udb40\udc41""#),
            ("Sở 😀", "\"Sở 😀\""),
        ]
    )
    func quotes(text: String, quoted: String) {
        #expect(JSONValue.quote(text) == quoted)
    }

    @Test("any text comes back from a JSON parser as it was")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let text = generator.mutate("Sở \"Y\\tế\" \u{202E}\n\u{0} 😀")
            let parsed = try JSONSerialization.jsonObject(with: Data(JSONValue.array([.string(text)]).compact.utf8))
            let back = try #require((parsed as? [String])?.first, "seed \(seed)")
            #expect(Array(back.unicodeScalars) == Array(text.unicodeScalars), "seed \(seed)")
        }
    }

    @Test("objects keep their order; nested ones are indented, plain arrays are not")
    func layout() {
        let value = JSONValue.object([
            .init("b", .integer(-1)),
            .init("a", .null),
            .init("list", .array([.boolean(true), .string("x")])),
            .init("rows", .array([.object([.init("k", .string("v"))])])),
            .init("none", .array([])),
            .init("empty", .object([])),
        ])
        #expect(
            value.indented() == """
                {
                  "b": -1,
                  "a": null,
                  "list": [true, "x"],
                  "rows": [
                    {
                      "k": "v"
                    }
                  ],
                  "none": [],
                  "empty": {}
                }
                """
        )
        #expect(JSONValue.object([.init("a", .integer(1)), .init("b", .null)]).compact == #"{"a": 1, "b": null}"#)
    }
}
