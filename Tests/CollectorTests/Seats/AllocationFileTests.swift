import Foundation
import Shared
import Testing

@testable import Collector

@Suite struct AllocationFileTests {
    private static let composed = "Sở Y tế"
    private static let decomposed = composed.decomposedStringWithCanonicalMapping

    @Test(arguments: [
        "code\tseats\nso-y-te\t50\n", "\u{FEFF}code;seats\r\nso-y-te;50\r\n", "Code,Seats\rso-y-te,50",
        "Mã đơn vị;Tên đơn vị;Số lượng\nso-y-te;Sở Y tế;50", "STT;mã;phân bổ\n1;so-y-te;50\n;;\n\n",
        "unit_code,unit_name,allocated_seats\nso-y-te,\"Sở Y tế\",\"50\"\n",
        "# Phụ lục\ncode;seats\n so-y-te ; 050 \n# tổng: 50",
        "ma;so luong\nso-y-te;50\n# total: 50\n", "ma;so luong\nso-y-te;50\n# Tổng số suất = 50\n",
        "ma;so luong\nso-y-te;50\n# Tổng hợp ngày 30/11/2026\n",
    ])
    func aTableIsReadHoweverASpreadsheetWritesIt(text: String) throws {
        let file = try AllocationFile(bytes: Array(text.utf8), name: "file.csv")
        #expect(file.problems.isEmpty)
        #expect(file.rows.map(\.code) == ["so-y-te"] && file.rows.map(\.seats) == [50])
    }

    @Test func namesAreTheSameComposedOrDecomposedAndMayHoldTheSeparator() throws {
        let text = "tên,số lượng\n\"Sở Văn hóa, Thể thao\",62\n\(Self.decomposed),50\n\"Sở \"\"A\"\"\",1"
        let file = try AllocationFile(bytes: Array(text.decomposedStringWithCanonicalMapping.utf8), name: "file.csv")
        #expect(file.rows.map(\.name) == ["Sở Văn hóa, Thể thao", Self.composed, "Sở \"A\""])
        #expect(file.rows.map { Array($0.name.utf8) }[1] == Array(Self.composed.utf8))
    }

    @Test(arguments: [
        ("1.250", "a separator"), ("1,250", "a separator"), ("1 250", "a separator"), ("50,0", "a separator"),
        ("1\u{A0}250", "a separator"), ("-5", "negative"), ("\u{2212}5", "negative"), ("", "no number"),
        ("1000001", "over 1000000"), ("99999999999999999999", "over 1000000"), ("x", "not a number"),
        ("٥", "not a number"),
        ("5e3", "not a number"), ("+5", "not a number"),
    ])
    func aNumberThatIsNotDigitsOnlyIsRefused(number: String, words: String) throws {
        let file = try AllocationFile(bytes: Array("code;seats\nok;1\nso-y-te;\(number)".utf8), name: "f")
        #expect(file.problems.map(\.line) == [3])
        #expect(file.problems.first?.phrase.english.contains(words) == true)
        #expect(file.rows.map(\.code) == ["ok"])
    }

    @Test(arguments: [
        ("code;seats\na;1\n# total: 2", 3, "The total is said to be 2, but the lines sum to 1"),
        ("code;seats\na;1\n# total: 1\n# total: 1", 4, "line 3 already"),
        ("code;seats\na;1\n# total: 1.000", 3, "a separator"),
        ("code;seats\na;1\n# total = 2", 3, "said to be 2"), ("code;seats\na;1\n# Tổng số suất: 2", 3, "said to be 2"),
        ("code;seats\na;1\n# Total of all: 2", 3, "Is this a total?"),
        ("code;seats\na;1;2", 2, "3 columns, the header has 2"), ("code;seats\na", 2, "1 columns"),
        ("code;seats\n;5", 2, "names no unit"), ("tên;số lượng\nSở A;1\nTổng cộng;1", 3, "the sum of the table"),
        ("code;seats\n\"a;1", 2, "quotation mark is not closed"),
    ])
    func aLineThatIsWrongIsNamed(text: String, line: Int, words: String) throws {
        let file = try AllocationFile(bytes: Array(text.utf8), name: "f")
        #expect(file.problems.map(\.line) == [line])
        #expect(file.problems.first?.phrase.english.contains(words) == true, "\(file.problems)")
    }

    private static let noTables: [(bytes: [UInt8], words: String)] = {
        let texts: [(String, String)] = [
            ("", "names no unit"), ("# only this", "names no unit"), ("code;seats\n", "names no unit"),
            ("a;1\nb;2", "must be the header"), ("code;số lượng;phân bổ\na;1;2", "must be the header"),
            ("code seats\na 1", "must be the header"), ("code;mã;seats\na;a;1", "must be the header"),
            ("tên;đơn vị;seats\na;a;1", "must be the header"), ("seats\n1", "must be the header"),
            ("code;seats\n" + String(repeating: "a;1\n", count: 10_001), "over 10000 lines"),
        ]
        let bytes: [([UInt8], String)] = [
            ([0xFF, 0xFE, 0x63, 0], "UTF-16"), ([0xFE, 0xFF, 0, 0x63], "UTF-16"), ([0x63, 0, 0x6F, 0], "UTF-16"),
            ([0x63, 0x6F, 0xE1, 0x2E], "not text in UTF-8"),
            ([0x50, 0x4B, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 0x21, 0], "is a workbook"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], "is a workbook"),
            ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0], "is no text file"),
            (Array("code;seats\na;1".utf8) + [0] + Array("\nb;2\n".utf8), "is no text file"),
            ([UInt8](repeating: 0x61, count: AllocationFile.byteLimit + 1), "larger than 768 KiB"),
        ]
        return texts.map { (Array($0.0.utf8), $0.1) } + bytes.map { ($0.0, $0.1) }
    }()

    @Test(arguments: ["sep=;", "SEP=;", "sep=,", "sep="])
    func theLineThatNamesTheSeparatorIsSkipped(line: String) throws {
        let separator = line.hasSuffix(",") ? "," : ";"
        let text = "\u{FEFF}\(line)\r\ncode\(separator)seats\r\na\(separator)1\r\n"
        let file = try AllocationFile(bytes: Array(text.utf8), name: "f")
        #expect(file.problems.isEmpty)
        #expect(file.rows.map(\.seats) == [1])
    }

    @Test(arguments: noTables)
    func whatIsNoTableIsRefused(bytes: [UInt8], words: String) {
        do throws(CollectorError) {
            _ = try AllocationFile(bytes: bytes, name: "bang.csv")
            Issue.record("it was taken")
        } catch {
            #expect(error.code == .invalidArgument && error.message.hasPrefix("bang.csv: "))
            #expect(error.message.contains(words), "\(error.message)")
        }
    }

    @Test(arguments: 1...8)
    func noDamageMakesItFail(seed: UInt64) {
        print("seed \(seed)")
        var random = SplitMix64(state: seed)
        let whole = Array("\u{FEFF}mã;tên;số lượng\r\nso-y-te;\"Sở Y tế\";50\r\n# total: 50\r\n".utf8)
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1:
                    bytes.insert([0x22, 0x3B, 0x0D, 0x0A, 0x2C, 0x09].randomElement(using: &random) ?? 0, at: place)
                default: bytes.remove(at: place)
                }
            }
            guard let file = try? AllocationFile(bytes: bytes, name: "f") else { continue }
            #expect(file.rows.allSatisfy { AllocationService.seats.contains($0.seats) })
        }
    }
}
