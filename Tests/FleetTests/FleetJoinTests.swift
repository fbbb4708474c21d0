import Shared
import Testing

@testable import Fleet

@Suite struct FleetJoinTests {
    private static let join = "khien://127.0.0.1:7444/abc?ca=sha256:" + String(repeating: "ab", count: 32)

    @Test func aListIsReadLineByLine() throws {
        let joins = try FleetJoin.list(Array("# units\nA\t10\t\(Self.join)\n\nB\t0\t\(Self.join)\n".utf8))
        #expect(joins.map(\.unit) == ["A", "B"])
        #expect(joins.map(\.devices) == [10, 0])
        #expect(joins[0].join == JoinString(Self.join))
    }

    @Test(arguments: [
        ("A\t10\n", "2 columns"),
        ("\t10\t\(join)\n", "unit's code is empty"),
        ("A\t-1\t\(join)\n", "not a whole number"),
        ("A\t99999999999999999999\t\(join)\n", "not a whole number"),
        ("A\t1\t\(join)0\n", "not a join string"),
        ("A\t0\t\(join)\n", "asks for no device"),
        ("A\t60000\t\(join)\nB\t60000\t\(join)\n", "Line 2 of the list of join strings: more than"),
    ])
    func aWrongListIsRefusedWithItsReason(text: String, reason: String) {
        let error = #expect(throws: FleetError.self) { try FleetJoin.list(Array(text.utf8)) }
        #expect(error?.code == .joins)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("abc?") == false)
    }

    @Test func noDamageMakesTheParserTrap() {
        let original = Array("A\t10\t\(Self.join)\nB\t7\t\(Self.join)\n".utf8)
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<500 {
            var bytes = original
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            do {
                let joins = try FleetJoin.list(bytes)
                #expect(joins.reduce(0) { $0 + $1.devices } <= FleetLimits.devices, "seed \(seed)")
            } catch {
                #expect(error.code == .joins, "seed \(seed)")
                refused += 1
            }
        }
        #expect(refused > 0, "seed \(seed)")
    }
}
