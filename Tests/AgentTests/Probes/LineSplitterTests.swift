import Testing

@testable import Agent

@Suite struct LineSplitterTests {
    private func lines(_ bytes: [UInt8], chunk: Int, lineBytes: Int = 8) -> [String] {
        var splitter = LineSplitter(lineBytes: lineBytes)
        var lines: [String] = []
        let take = { (line: UnsafeRawBufferPointer, ending: LineSplitter.Ending) in
            lines.append(String(decoding: line, as: UTF8.self) + " \(ending)")
            return true
        }
        var start = 0
        while start < bytes.count {
            let end = min(start + chunk, bytes.count)
            bytes[start..<end].withUnsafeBytes { _ = splitter.feed($0, body: take) }
            start = end
        }
        splitter.finish(body: take)
        return lines
    }

    @Test func linesEndWhereTheLineFeedsAre() {
        let bytes = Array("a\n\nbc\nd".utf8)
        #expect(lines(bytes, chunk: 100) == ["a lineFeed", " lineFeed", "bc lineFeed", "d endOfStream"])
    }

    @Test func aLongLineGivesItsBeginningOnly() {
        #expect(lines(Array("123456789\nx\n".utf8), chunk: 100) == ["12345678 cut", "x lineFeed"])
        #expect(lines(Array("12345678\n1234567890".utf8), chunk: 100) == ["12345678 lineFeed", "12345678 cut"])
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func theSizeOfTheChunksMakesNoDifference(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = (0..<200).map { _ in [0x0a, 0x61, 0x62, 0x63].randomElement(using: &random) ?? UInt8(0x0a) }
        let whole = lines(bytes, chunk: 1000)
        for chunk in 1...20 { #expect(lines(bytes, chunk: chunk) == whole, "seed \(seed), chunk \(chunk)") }
    }
}
