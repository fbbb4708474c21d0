import Testing

@testable import Agent

@Suite struct JSONTextTests {
    @Test(
        arguments: [
            (
                #" {"a":[1,-2,true,null,1.5],"b":{"c":""}} "#,
                .dictionary([
                    "a": .array([.number(1), .number(-2), .truth(true), .other, .other]),
                    "b": .dictionary(["c": .text("")]),
                ])
            ),
            (#""\"\\\/\n\u0041\ud83d\udee1é""#, .text("\"\\/\nA\u{1F6E1}é")), (#""\ud83d""#, .text("\u{fffd}")),
            ("[]", .array([])), ("99999999999999999999", .other), ("false", .truth(false)),
        ] as [(String, StructuredValue)]
    )
    func valuesAreRead(text: String, expected: StructuredValue) throws {
        #expect(try JSONText.read(Array(text.utf8)) == expected)
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"", "\"\\", "\"\\u12", "\"\\x\"",
        "\"\n\"", "nope", "[] []",
        "-x", "\"a", "+1", "--1", "1.", "1e", "1-2", ".5", "truex", "tru", "\"\\u+123\"",
    ])
    func whatIsNoJSONIsMalformed(text: String) {
        #expect((try? JSONText.read(Array(text.utf8))) == nil)
    }

    @Test func deepTextIsRefusedBeforeTheStackIsOver() {
        for deep in [String(repeating: "[", count: 500_000), String(repeating: "{\"a\":", count: 500_000)] {
            #expect(throws: StructureFailure.tooDeep) { try JSONText.read(Array(deep.utf8)) }
        }
    }

    @Test func ofAKeyThatStandsThereTwiceTheLastValueCounts() throws {
        #expect(
            try JSONText.read(Array(#"{"a":1,"b":2,"a":null}"#.utf8)) == .dictionary(["a": .other, "b": .number(2)])
        )
    }

    @Test(
        arguments: [
            ("[1,1,1,1]", StructureBudget(values: 4)), (#"{"a":{"b":[1,2]}}"#, StructureBudget(values: 4)),
            (#""abcd""#, StructureBudget(textBytes: 3)), (#"{"ab":"cd"}"#, StructureBudget(textBytes: 3)),
        ]
    )
    func moreThanTheBudgetIsRefused(text: String, budget: StructureBudget) throws {
        #expect(throws: StructureFailure.tooLarge) { try JSONText.read(Array(text.utf8), budget: budget) }
        _ = try JSONText.read(Array(text.utf8), budget: StructureBudget(values: 5, textBytes: 4))
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func aMutatedTextNeverTraps(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let good = Array(#"{"realTimeProtectionEnabled":{"$type":"value","value":true},"n":[1,"\u00e9\n",null]}"#.utf8)
        for _ in 0..<100 {
            let bytes = random.mutated(good)
            guard let value = try? JSONText.read(bytes) else { continue }
            #expect((value["n"]?.array?.count ?? 0) <= bytes.count, "seed \(seed)")
        }
    }
}
