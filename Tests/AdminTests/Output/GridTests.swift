import Testing

@testable import Admin

@Suite struct GridTests {
    private static let columns = [
        Grid.Column(header: "Unit", alignment: .leading, isSummed: false),
        Grid.Column(header: "Seats", alignment: .trailing, isSummed: true),
        Grid.Column(header: "Note", alignment: .leading, isSummed: false),
    ]

    @Test("composed and decomposed names stand in line, numbers at the right, and sums below")
    func aligns() {
        let grid = Grid(
            columns: Self.columns,
            rows: [
                [.text("Sở Y tế"), .number(5), .text("ổn")],
                [.text("So\u{031B}\u{0309} Y te\u{0302}\u{0301}"), .number(1200), .absent],
                [.text("中央局"), .absent, .text("x")],
            ]
        )
        #expect(
            grid.lines(in: .universal) == [
                "Unit     Seats  Note",
                "-------  -----  ----",
                "Sở Y tế      5  ổn",
                "So\u{031B}\u{0309} Y te\u{0302}\u{0301}   1200  -",
                "中央局       -  x",
                "-------  -----  ----",
                "Sum       1205",
            ]
        )
    }

    @Test("one row has no sum")
    func oneRow() {
        let grid = Grid(columns: Self.columns, rows: [[.text("A"), .number(5), .absent]])
        #expect(grid.lines(in: .universal) == ["Unit  Seats  Note", "----  -----  ----", "A         5  -"])
    }

    @Test("a sum that no number can hold is left out")
    func overflow() {
        let row: [Cell] = [.text("A"), .number(.max), .absent]
        let grid = Grid(columns: Self.columns, rows: [row, row])
        #expect(grid.lines(in: .universal).last == "Sum")
    }

    @Test("what a terminal would obey is shown, and counted as it is shown")
    func hostile() {
        let grid = Grid(
            columns: [Grid.Column(header: "Host", alignment: .leading, isSummed: false)] + Self.columns.suffix(1),
            rows: [[.text("\u{1B}[2Ja"), .list(["x\u{202E}y", "\n"])]]
        )
        #expect(
            grid.lines(in: .universal) == [
                "Host        Note",
                "----------  -----------------",
                "\\u{1B}[2Ja  x\\u{202E}y, \\u{A}",
            ]
        )
    }
}
