import Foundation
import Testing

@testable import Agent

@Suite struct PropertyListTests {
    private static var sample: [String: Any] {
        [
            "text": "Bảo vệ <&> \u{1F6E1}", "plain": "ascii", "number": 4_294_967_296, "small": 7, "below": -3,
            "yes": true, "no": false,
            "list": ["a", ["b": [1, 2]]] as [Any], "empty": [String: Any](), "data": Data([0, 1, 2]),
            "date": Date(timeIntervalSince1970: 0),
            "real": 1.5, "long": String(repeating: "x", count: 300), "many": (0..<40).map { "element \($0)" },
        ]
    }

    private static func bytes(_ format: PropertyListSerialization.PropertyListFormat) throws -> [UInt8] {
        Array(try PropertyListSerialization.data(fromPropertyList: sample, format: format, options: 0))
    }

    @Test(arguments: [PropertyListSerialization.PropertyListFormat.xml, .binary])
    func bothFormsGiveTheSameValues(format: PropertyListSerialization.PropertyListFormat) throws {
        let list = try PropertyList.read(try Self.bytes(format))
        #expect(list["text"]?.text == "Bảo vệ <&> \u{1F6E1}" && list["plain"]?.text == "ascii")
        #expect(list["number"]?.number == 4_294_967_296 && list["small"]?.number == 7 && list["below"]?.number == -3)
        #expect(list["yes"]?.truth == true && list["no"]?.truth == false)
        #expect(list["list"]?.array?.last?["b"]?.array == [.number(1), .number(2)])
        #expect(list["empty"] == .dictionary([:]))
        #expect(list["data"] == .other && list["date"] == .other && list["real"] == .other)
        #expect(list["long"]?.text?.count == 300 && list["many"]?.array?.count == 40)
    }

    @Test(
        arguments: [
            ("<plist><string>a<!-- c -->b&#65;&#x42;&quot;&apos;</string></plist>", .text("abAB\"'")),
            ("\u{feff}<?xml version='1.0'?><!DOCTYPE plist SYSTEM 'x'><plist><true/></plist>", .truth(true)),
            ("<dict><key>a</key><string/><key></key><array/></dict>", .dictionary(["a": .text(""), "": .array([])])),
            ("<string><![CDATA[<a>&b;]]></string>", .text("<a>&b;")), ("<integer> 0x10 </integer>", .number(16)),
            ("<integer>99999999999999999999</integer>", .other), ("<true></true>", .truth(true)),
        ] as [(String, StructuredValue)]
    )
    func xmlIsReadAsTheSystemWritesIt(text: String, expected: StructuredValue) throws {
        #expect(try PropertyList.read(Array(text.utf8)) == expected)
    }

    @Test(arguments: [
        "", "<", "<plist>", "<plist/>", "<dict><key>a</key></dict>", "<dict><string>a</string></dict>",
        "<array></dict>",
        "<string>a", "<string>&nope;</string>", "<string>&#xd800;</string>", "<string>&", "<what/>", "{ a = b; }",
        "</string>",
        "<!DOCTYPE plist [<!ENTITY a 'aaaa'>]><plist><string>&a;</string></plist>", "<string><![CDATA[]]",
        "<array><string>",
        "bplist00", "bplist00aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ])
    func whatIsNoListIsMalformed(text: String) {
        #expect(throws: StructureFailure.malformed) { try PropertyList.read(Array(text.utf8)) }
    }

    // MARK: Hostile lists

    /// A binary list of these objects, with references and offsets of two and four bytes.
    private func binary(_ objects: [[UInt8]]) -> [UInt8] {
        var bytes = Array("bplist00".utf8)
        var offsets: [UInt8] = []
        for object in objects {
            offsets += Self.big(bytes.count, 4)
            bytes += object
        }
        let table = bytes.count
        return bytes + offsets + [0, 0, 0, 0, 0, 0, 4, 2] + Self.big(objects.count, 8) + Self.big(0, 8)
            + Self.big(table, 8)
    }

    private static func big(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) }
    }

    @Test func aValueWithinItselfIsRefused() {
        let own = binary([[0xa1, 0, 0]])
        #expect(throws: StructureFailure.tooDeep) { try PropertyList.read(own) }
        let key = binary([[0xd1, 0, 1, 0, 0], [0x51, 0x61]])
        #expect(throws: StructureFailure.tooDeep) { try PropertyList.read(key) }
    }

    @Test func aFewBytesCannotStandForVeryManyValues() {
        let doubled = (0..<30).map { [0xa2] + Self.big($0 + 1, 2) + Self.big($0 + 1, 2) }
        #expect(throws: StructureFailure.tooLarge) { try PropertyList.read(binary(doubled + [[0x08]])) }
        let text = [0x5f, 0x12] + Self.big(100_000, 4) + [UInt8](repeating: 0x61, count: 100_000)
        let many = [0xaf, 0x11] + Self.big(1000, 2) + (0..<1000).flatMap { _ in Self.big(1, 2) }
        #expect(throws: StructureFailure.tooLarge) { try PropertyList.read(binary([many, text])) }
    }

    @Test func countsThatTheFileCannotHoldAreRefused() {
        for count in [1 << 20, Int.max] {
            for marker: UInt8 in [0x5f, 0x6f, 0xaf, 0xdf] {
                let bytes = binary([[marker, 0x13] + Self.big(count, 8)])
                #expect(throws: StructureFailure.malformed) { try PropertyList.read(bytes) }
            }
        }
    }

    @Test func deepXMLIsRefusedBeforeTheStackIsOver() {
        let count = 200_000
        let deep = String(repeating: "<array>", count: count) + String(repeating: "</array>", count: count)
        #expect(throws: StructureFailure.tooDeep) { try PropertyList.read(Array(deep.utf8)) }
        let keys = String(repeating: "<dict><key>a</key>", count: count)
        #expect(throws: StructureFailure.tooDeep) { try PropertyList.read(Array(keys.utf8)) }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aMutatedListIsReadOrRefusedAndNeverTraps(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for format in [PropertyListSerialization.PropertyListFormat.xml, .binary] {
            let good = try Self.bytes(format)
            for _ in 0..<60 {
                let bytes = random.mutated(good)
                do throws(StructureFailure) {
                    let list = try PropertyList.read(bytes)
                    #expect((list["many"]?.array?.count ?? 0) <= bytes.count, "seed \(seed)")
                } catch {
                    #expect(!error.reason.isEmpty, "seed \(seed)")
                }
            }
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aBinaryListWithMutatedTablesNeverTraps(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let good = try Self.bytes(.binary)
        var read = 0
        for _ in 0..<100 {
            var bytes = good
            // Offsets and the trailer, where every byte leads somewhere else.
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: (bytes.count - 96)..<bytes.count, using: &random)] = .random(
                    in: 0...255,
                    using: &random
                )
            }
            if (try? PropertyList.read(bytes)) != nil { read += 1 }
        }
        #expect(read < 100, "seed \(seed)")
    }
}
