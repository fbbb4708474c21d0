import Shared
import Testing

@testable import Admin

@Suite struct RendererTests {
    private struct Row {
        var name: String
        var seats: Int64?
        var products: [String]
        var seen: Int64?
    }

    private static let table = Table<Row>([
        Column("name", Phrase(verbatim: "Unit")) { .text($0.name) },
        Column("seats", Phrase(verbatim: "Seats"), .trailing) { $0.seats.map(Cell.number) ?? .absent },
        Column("products", Phrase(verbatim: "Products")) { .list($0.products) },
        Column("seen_at", Phrase(verbatim: "Seen"), isShown: false) { $0.seen.map(Cell.moment) ?? .absent },
    ])

    private static let rows = [
        Row(name: "Sở, \"Y tế\"", seats: 0, products: ["A", "B"], seen: 1_763_885_100_123),
        Row(name: "=1", seats: nil, products: [], seen: nil),
    ]

    private func list(_ format: OutputFormat, _ pages: [[Row]]) throws -> String {
        let sink = MemorySink()
        var list = Renderer(format: format, output: sink, zone: .universal).list(Self.table)
        for page in pages { try list.append(page) }
        try list.finish(note: ["2 units."])
        return sink.text
    }

    @Test("a list as a table has its note below, and shows what is absent as a hyphen")
    func table() throws {
        #expect(
            try list(.table, [Self.rows]) == """
                Unit        Seats  Products
                ----------  -----  --------
                Sở, "Y tế"      0  A, B
                =1              -  -

                2 units.

                """
        )
    }

    @Test("a list as JSON is one array over all pages; what is absent is null")
    func json() throws {
        #expect(
            try list(.json, [[Self.rows[0]], [Self.rows[1]]]) == #"""
                [
                  {"name": "Sở, \"Y tế\"", "seats": 0, "products": ["A", "B"], "seen_at": "2025-11-23T08:05:00Z"},
                  {"name": "=1", "seats": null, "products": [], "seen_at": null}
                ]

                """#
        )
    }

    @Test("a list as CSV has one header over all pages; what is absent is empty")
    func csv() throws {
        #expect(
            try list(.csv, [[Self.rows[0]], [Self.rows[1]]]) == #"""
                name,seats,products,seen_at
                "Sở, ""Y tế""",0,"A; B",2025-11-23T08:05:00Z
                '=1,,,

                """#
        )
    }

    @Test(
        "an empty list is still a list",
        arguments: [(OutputFormat.table, "2 units.\n"), (.json, "[]\n"), (.csv, "name,seats,products,seen_at\n")]
    )
    func empty(format: OutputFormat, text: String) throws {
        #expect(try list(format, [[]]) == text)
        #expect(try list(format, []) == text)
    }

    @Test(
        "one row is shown in every format",
        arguments: [
            (OutputFormat.table, "Unit      Sở, \"Y tế\"\nSeats     0\nProducts  A, B\n\nNote\n"),
            (
                .json,
                """
                {
                  "name": "Sở, \\"Y tế\\"",
                  "seats": 0,
                  "products": ["A", "B"],
                  "seen_at": "2025-11-23T08:05:00Z"
                }

                """
            ),
            (.csv, "name,seats,products,seen_at\n\"Sở, \"\"Y tế\"\"\",0,\"A; B\",2025-11-23T08:05:00Z\n"),
        ]
    )
    func record(format: OutputFormat, text: String) throws {
        let sink = MemorySink()
        let renderer = Renderer(format: format, output: sink, zone: .universal)
        try renderer.show(Self.rows[0], Self.table, note: ["", "Note"])
        #expect(sink.text == text)
    }
}
