import Foundation
import Testing

@testable import Collector

@Suite struct UnitsFileTests {
    private static let header = "code\tgroup\tname\tseats\n"

    private func read(_ text: String) throws(CollectorError) -> UnitsFile {
        try UnitsFile(bytes: Array(text.utf8), name: "units.tsv")
    }

    @Test func `the official appendix has 32 units and 5,037 seats`() throws {
        let file = try UnitsFile.official()
        #expect(file.units.count == 32)
        #expect(file.totalSeats == 5037)
        #expect(file.units.count { $0.group == "district" } == 12)
        #expect(file.units.first?.name == "Văn phòng UBND Tỉnh")
    }

    @Test func `units are read in their order`() throws {
        let file = try read(
            "# a remark\n" + Self.header + "b\tdistrict\tHuyện B\t2\n\na\tdepartment\tSở A\t0\n# total: 2\n"
        )
        #expect(file.units.map(\.code) == ["b", "a"])
        #expect(file.units.map(\.seats) == [2, 0])
    }

    @Test func `a byte order mark and line ends of other systems change nothing`() throws {
        let plain = try read(Self.header + "a\tdepartment\tSở A\t1\nb\tdistrict\tHuyện B\t2\n# total: 3\n")
        let other = try read(
            "\u{FEFF}code\tgroup\tname\tseats\r\na\tdepartment\tSở A\t1\r\nb\tdistrict\tHuyện B\t2\r\n# total: 3"
        )
        #expect(other.units == plain.units)
    }

    @Test func `names are kept composed, and without what shows nothing`() throws {
        let decomposed = "Sở  Y tế\u{200B}".decomposedStringWithCanonicalMapping
        let file = try read(Self.header + "a\tdepartment\t\(decomposed)\t1\n")
        #expect(file.units.first?.name.unicodeScalars.elementsEqual("Sở Y tế".unicodeScalars) == true)
    }

    private static let mistakes: [(text: String, expected: String)] = [
        ("", "names no unit"),
        ("a\tdepartment\tA\t1\n", "line 1: the first line must be the header"),
        ("\(header)", "names no unit"),
        ("\(header)a\tdepartment\tA\t1\na\tdistrict\tB\t1\n", "line 3: the code 'a' is there twice"),
        ("\(header)a\tdepartment\tA\t-1\n", "line 2: the seats of 'a' are not a number"),
        ("\(header)a\tdepartment\tA\t+1\n", "line 2: the seats of 'a' are not a number"),
        ("\(header)a\tdepartment\tA\t\n", "line 2: the seats of 'a' are not a number"),
        ("\(header)a\tdepartment\tA\tten\n", "line 2: the seats of 'a' are not a number"),
        ("\(header)a\tdepartment\tA\t1.5\n", "line 2: the seats of 'a' are not a number"),
        ("\(header)a\tdepartment\tA\t1 \n", "line 2: the seats of 'a' are not a number"),
        ("\(header)a\tdepartment\tA\t100001\n", "line 2: the seats of 'a' are not a number"),
        ("\(header)a\tdepartment\tA\t99999999999999999999\n", "line 2: the seats of 'a' are not a number"),
        ("\(header)a\tdepartment\tA\t١\n", "line 2: the seats of 'a' are not a number"),
        ("\(header)a\tdepartment\tA\n", "line 2: 3 columns, there must be 4"),
        ("\(header)a\tdepartment\tA\t1\t\n", "line 2: 5 columns, there must be 4"),
        ("\(header)\tdepartment\tA\t1\n", "line 2: '' is not a code"),
        ("\(header)A b\tdepartment\tA\t1\n", "line 2: 'A b' is not a code"),
        ("\(header)a\toffice\tA\t1\n", "line 2: the group is neither"),
        ("\(header)a\tdepartment\t\t1\n", "line 2: the name is empty"),
        ("\(header)a\tdepartment\t  \t1\n", "line 2: the name is empty"),
        ("\(header)a\tdepartment\t\u{200B}\t1\n", "line 2: the name is empty"),
        ("\(header)a\tdepartment\tA\u{1B}[2J\t1\n", "line 2: the name is empty"),
        ("\(header)a\tdepartment\tA\t1\n# total: 2\n", "line 3: the total is said to be 2"),
        ("# total: x\n\(header)a\tdepartment\tA\t1\n", "line 1: the total is not a number"),
        ("# total: 1\n# total: 1\n\(header)a\tdepartment\tA\t1\n", "line 2: the total is said twice"),
    ]

    @Test(arguments: mistakes)
    func `a mistake is told with its line`(text: String, expected: String) {
        let error = #expect(throws: CollectorError.self) { try read(text) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "-")")
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        let error = #expect(throws: CollectorError.self) {
            try UnitsFile(bytes: [0xFF, 0xFE, 0x41], name: "units.tsv")
        }
        #expect(error?.message.contains("UTF-8") == true)
    }

    @Test func `one unit too many is refused`() {
        let lines = (0...UnitsFile.unitLimit).map { "u\($0)\tdepartment\tA\t0\n" }.joined()
        let error = #expect(throws: CollectorError.self) { try read(Self.header + lines) }
        #expect(error?.message.contains("line \(UnitsFile.unitLimit + 2)") == true)
    }

    @Test func `a damaged file is refused or adds up`() throws {
        let seed = UInt64.random(in: .min ... .max)
        print("UnitsFileTests seed \(seed)")
        var generator = SplitMix64(state: seed)
        let good = Array((Self.header + "a\tdepartment\tSở A\t17\nb\tdistrict\tHuyện B\t25\n# total: 42\n").utf8)
        for _ in 0..<3000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 0..<good.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let file = try? UnitsFile(bytes: bytes, name: "units.tsv") else { continue }
            #expect(Set(file.units.map(\.code)).count == file.units.count)
            #expect(file.units.allSatisfy { (0...UnitsFile.seatLimit).contains($0.seats) })
        }
    }
}
