import Shared
import Testing

@testable import Admin

@Suite struct ListWriterTests {
    /// Counts what is written, and keeps none of it but the end.
    private final class CountingSink: ByteSink, @unchecked Sendable {
        var bytes = 0
        var lines = 0
        var largestWrite = 0
        var last = ""

        func write(_ bytes: [UInt8]) {
            self.bytes += bytes.count
            lines += bytes.count { $0 == UInt8(ascii: "\n") }
            largestWrite = max(largestWrite, bytes.count)
            last = String(decoding: (Array(last.utf8) + bytes.suffix(200)).suffix(400), as: UTF8.self)
        }
    }

    private static let table = Table<Int>([
        Column("id", Phrases.device) { .text("device-\($0)") },
        Column("seats", Phrases.seats, .trailing, isSummed: true) { .number(Int64($0)) },
    ])

    @Test(arguments: [(OutputFormat.table, 1_000_000), (.json, 100_000), (.csv, 100_000)])
    func `A list of a million rows is written as it comes, and two pages of it are in memory at most`(
        format: OutputFormat,
        rows: Int
    ) throws {
        let sink = CountingSink()
        var list = Renderer(format: format, output: sink, zone: .universal).list(Self.table)
        var held = 0
        for page in 0..<(rows / AdminLimits.pageRows) {
            let first = page * AdminLimits.pageRows
            try list.append(Array(first..<(first + AdminLimits.pageRows)))
            held = max(held, list.heldRows)
        }
        try list.finish(note: ["end"])

        #expect(held <= 2 * AdminLimits.pageRows)
        #expect(sink.largestWrite < 200 * AdminLimits.pageRows)
        switch format {
        case .table:
            // Two lines above, rule, sum, an empty line and the note below.
            #expect(sink.lines == rows + 6)
            #expect(sink.last.contains("Sum"))
            #expect(sink.last.contains("\(rows * (rows - 1) / 2)"))
        case .json: #expect(sink.lines == rows + 2)
        case .csv: #expect(sink.lines == rows + 1)
        }
    }

    /// A host and an identifier, page after page; the texts of the first page are short.
    private func lines(
        _ columns: Int?,
        _ later: [String],
        id: @escaping @Sendable (String) -> String
    ) throws -> [String] {
        let table = Table<String>([
            Column("name", Phrases.name) { $0 == "short" ? .absent : .text($0) },
            Column("id", Phrases.id) { .text(id($0)) },
            Column("note", Phrases.note) { .text($0) },
        ])
        let sink = MemorySink()
        let terminal = Terminal(columns: columns, hasColors: false)
        var list = Renderer(format: .table, output: sink, zone: .universal, terminal: terminal).list(table)
        try list.append(Array(repeating: "short", count: AdminLimits.pageRows))
        for text in later { try list.append(Array(repeating: text, count: AdminLimits.pageRows)) }
        try list.finish(note: [])
        return sink.text.split(separator: "\n").map { String($0) }
    }

    @Test(arguments: [nil, 80])
    func `Later pages have room for longer texts, and stand under the head of the first`(columns: Int?) throws {
        let lines = try lines(columns, ["máy-phòng-kế-toán-07"], id: { _ in "abcd" })
        #expect(lines.last == "máy-phòng-kế-toán-07      abcd  máy-phòng-kế-toán-07")
        #expect(lines.count { $0.hasPrefix("Name") } == 1)
    }

    @Test(arguments: [30, 40, 80, 200])
    func `No later row is wider than the terminal, and no identifier is cut`(columns: Int) throws {
        let long = String(repeating: "Trường ", count: 20)
        let lines = try lines(columns, ["short", long, "x"], id: { $0 == long ? "identifier-of-22-chars" : "abcd" })
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
        #expect(lines.count { $0.contains("identifier-of-22-chars") } == AdminLimits.pageRows)
        // Only the page that needs more room has a head of its own.
        #expect(lines.count { $0.hasPrefix("Name") } == (columns == 30 ? 2 + AdminLimits.pageRows : 2))
    }

    @Test
    func `A table without rows has its note only`() throws {
        let sink = MemorySink()
        var list = Renderer(format: .table, output: sink, zone: .universal).list(Self.table)
        try list.append([])
        try list.finish(note: ["0 devices."])
        #expect(sink.text == "0 devices.\n")
    }
}
