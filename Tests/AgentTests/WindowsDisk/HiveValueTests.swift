import Testing

@testable import Agent

struct HiveValueTests {
    @Test(
        arguments: [
            ([0x41, 0, 0x42, 0, 0, 0], "AB"),
            ([0x41, 0, 0x42, 0], "AB"),
            ([0x41, 0, 0x42], "A"),
            ([0x41], ""),
            ([], ""),
            ([0x41, 0, 0, 0, 0x42, 0, 0, 0], "A"),
            ([0x00, 0xd8, 0x41, 0], "\u{fffd}A"),
            ([0x41, 0, 0x00, 0xdc], "A\u{fffd}"),
            ([0x3d, 0xd8, 0x00, 0xde], "😀"),
        ] as [([UInt8], String)]
    )
    func textEndsAtItsFirstZeroAndIsRepaired(bytes: [UInt8], text: String) {
        for type: UInt32 in [1, 2] {
            #expect(HiveValue(name: "", type: type, bytes: bytes, length: bytes.count).text == text)
        }
        for type: UInt32 in [0, 3, 4, 7, 11, .max] {
            #expect(HiveValue(name: "", type: type, bytes: bytes, length: bytes.count).text == nil)
        }
    }

    @Test(
        arguments: [
            (4, [1, 0, 0, 0x80], 0x8000_0001),
            (4, [1, 0, 0], nil),
            (4, [], nil),
            (5, [0x80, 0, 0, 1], 0x8000_0001),
            (11, [1, 0, 0, 0, 1, 0, 0, 0], 0x1_0000_0001),
            (11, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], nil),
            (11, [1, 0, 0, 0], nil),
            (3, [1, 0, 0, 0], nil),
            (1, [0x31, 0], nil),
        ] as [(UInt32, [UInt8], Int64?)]
    )
    func numbersThatAreTooShortAreNotKnown(type: UInt32, bytes: [UInt8], number: Int64?) {
        #expect(HiveValue(name: "", type: type, bytes: bytes, length: bytes.count).number == number)
    }

    @Test func namesAreFoundInAnyCase() {
        let key = HiveKey(
            names: ["A"],
            values: [HiveValue(name: "ImagePath", type: 4, bytes: [1, 0, 0, 0], length: 4)]
        )
        #expect(key.number("IMAGEPATH") == 1 && key.boolean("imagepath") == true && key.number("Image") == nil)
    }

    @Test(
        arguments: [
            ("23-11-2026 06-05-04", 1_795_413_904), ("29-02-2024 00-00-00", 1_709_164_800),
            ("29-02-2026 00-00-00", nil), ("31-04-2026 00-00-00", nil), ("00-01-2026 00-00-00", nil),
            ("01-13-2026 00-00-00", nil), ("01-01-2026 24-00-00", nil), ("01-01-1980 00-00-00", nil),
            ("2026-11-23 06:05:04", nil), ("23-11-2026 06-05-0x", nil), ("23-11-2026 06-05-04 ", nil), ("", nil),
        ] as [(String, Int64?)]
    )
    func onlyKasperskysOwnFormIsADate(text: String, seconds: Int64?) {
        #expect(WindowsDate.seconds(kaspersky: text) == seconds)
    }

    @Test(arguments: [0, 1, .max, 116_444_736_000_000_000] as [UInt64])
    func aFileTimeForNeverIsNoDate(fileTime: UInt64) {
        #expect(WindowsDate.seconds(fileTime: fileTime) == nil)
        let value = HiveValue(name: "", type: 3, bytes: fileTime.littleEndianBytes, length: 8)
        #expect(value.fileTime == nil)
    }

    @Test func aFileTimeMustBeWhole() {
        let bytes = UInt64(134_000_000_000_000_000).littleEndianBytes
        #expect(HiveValue(name: "", type: 3, bytes: bytes, length: 8).fileTime == 1_755_526_400)
        #expect(HiveValue(name: "", type: 3, bytes: bytes, length: 12).fileTime == nil)
        #expect(HiveValue(name: "", type: 3, bytes: Array(bytes.dropLast()), length: 7).fileTime == nil)
    }
}
