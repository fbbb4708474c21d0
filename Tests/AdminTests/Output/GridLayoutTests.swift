import Shared
import Testing

@testable import Admin

@Suite struct GridLayoutTests {
    private static let columns = [
        Grid.Column(header: "Mã", alignment: .leading, isSummed: false, isIdentifier: true),
        Grid.Column(header: "Tên đơn vị", alignment: .leading, isSummed: false),
        Grid.Column(header: "Vượt định mức", alignment: .trailing, isSummed: true),
    ]

    private static let rows: [[Cell]] = [
        [.text("sgddt-2025"), .text("Sở Giáo dục và Đào tạo thành phố"), .number(1_200)],
        [.text("sytqb"), .text("Sở Y tế"), .number(0)],
    ]

    private func lines(_ columns: Int?, colors: Bool = false) -> [String] {
        Grid(columns: Self.columns, rows: Self.rows)
            .lines(in: .universal, terminal: Terminal(columns: columns, hasColors: colors))
    }

    @Test
    func `A table that fits is not touched`() {
        #expect(lines(80) == lines(nil))
        #expect(lines(nil).count == 6)
    }

    @Test
    func `Headers go over several lines first, then names are cut with an ellipsis, and codes and figures never`() {
        #expect(
            lines(36)
                == [
                    "                                Vượt",
                    "                                định",
                    "Mã          Tên đơn vị           mức",
                    "----------  ------------------  ----",
                    "sgddt-2025  Sở Giáo dục và Đà…  1200",
                    "sytqb       Sở Y tế                0",
                    "----------  ------------------  ----",
                    "Cộng                            1200",
                ].map { $0.replacing("Cộng", with: "Sum ") }
        )
    }

    @Test
    func `Where the columns do not fit at all, each row is a block in which nothing is left out`() {
        let text = lines(20).joined(separator: " ").split(separator: " ").joined(separator: " ")
        for value in ["sgddt-2025", "Sở Giáo dục và Đào tạo thành phố", "1200", "sytqb", "Sở Y tế", "Mã", "Sum"] {
            #expect(text.contains(value))
        }
        #expect(!text.contains("…"))
    }

    private static let ranked = [
        columns[0], Grid.Column(header: "Máy", alignment: .leading, isSummed: false, rank: 1),
        Grid.Column(header: "Báo cáo", alignment: .leading, isSummed: false, rank: 2), columns[2],
    ]

    @Test(arguments: [(80, []), (44, ["Báo cáo"]), (28, ["Máy", "Báo cáo"]), (9, [])] as [(Int, [String])])
    func `Columns that may be left out are, the highest rank first, before texts become unreadable`(
        width: Int,
        leftOut: [String]
    ) {
        let row: [Cell] = [.text("sgddt-2025"), .text("may-phong-ke-toan-01"), .moment(0), .number(3)]
        let layout = GridLayout(
            Self.ranked,
            sample: [row],
            zone: .universal,
            terminal: Terminal(columns: width, hasColors: false)
        )
        #expect(layout.leftOut == leftOut)
        #expect(layout.isInBlocks == (width == 9))
        guard !layout.isInBlocks else { return }
        #expect((layout.head + layout.lines(row)).allSatisfy { DisplayWidth.of($0) <= width })
        #expect(layout.lines(row)[0].contains("sgddt-2025"))
    }

    @Test
    func `A long value goes over several lines beside its name or below it, and what people copy stays whole`() {
        let fields = [
            Section.Field(name: "Name", value: .text("Sở Giáo dục và Đào tạo thành phố")),
            Section.Field(name: "Key", value: .text(String(repeating: "k", count: 40))),
        ]
        let lines = Section.lines(of: fields, in: .universal, terminal: Terminal(columns: 28, hasColors: false))
        #expect(
            lines == [
                "Name  Sở Giáo dục và Đào tạo", "      thành phố", "Key", "  " + String(repeating: "k", count: 40),
            ]
        )
        #expect(Section.lines(of: fields, in: .universal).count == 2)
    }

    @Test(arguments: 1...120)
    func `No line of a table is wider than the terminal, whatever its width`(width: Int) {
        let lines = lines(width)
        let isInBlocks = !lines.contains { $0.hasPrefix("---") }
        #expect(isInBlocks || lines.allSatisfy { DisplayWidth.of($0) <= width })
        #expect(width < 26 || !isInBlocks)
    }

    @Test(
        arguments: [
            ("Sở Y tế", 7, "Sở Y tế"), ("Sở Y tế", 6, "Sở Y …"), ("中央局", 4, "中…"), ("中央局", 5, "中央…"),
            ("So\u{031B}\u{0309} Y te\u{0302}\u{0301}", 3, "So\u{031B}\u{0309}…"), ("ab", 1, "…"), ("", 0, ""),
            ("may-phong-ke-toan-07", 12, "may-pho…n-07"), ("a b-phong-ke-toan-07", 12, "a b-phong-k…"),
        ]
    )
    func `A text is cut between the characters that people see`(text: String, width: Int, expected: String) {
        #expect(GridLayout.cut(text, to: width) == expected)
    }

    @Test
    func `Colors stand around a value and do not move the columns`() {
        let grid = Grid(
            columns: Array(Self.columns.suffix(2)),
            rows: [[.text("A").tone(.bad), .number(3).tone(.warning)], [.text("AB").tone(.good), .number(10)]]
        )
        let plain = grid.lines(in: .universal, terminal: Terminal(columns: 80, hasColors: false))
        let colored = grid.lines(in: .universal, terminal: Terminal(columns: 80, hasColors: true))
        #expect(colored.contains { $0.contains("\u{1B}[31mA\u{1B}[0m") })
        #expect(colored.contains { $0.contains("\u{1B}[33m3\u{1B}[0m") })
        #expect(colored.map(Self.withoutColors) == plain)
        #expect(!plain.joined().contains("\u{1B}"))
    }

    private static func withoutColors(_ line: String) -> String {
        ["31", "32", "33", "2", "0"].reduce(line) { $0.replacing("\u{1B}[\($1)m", with: "") }
    }
}
