import Shared

/// Cells in columns, laid out for people.
struct Grid: Sendable {
    /// What a column needs to be drawn.
    struct Column: Sendable {
        var header: String
        var alignment: Alignment
        var isSummed: Bool
        /// Whether a part of a value is worth nothing, because people copy it into a command.
        var isIdentifier = false
        /// 0 for a column that is always shown; those with the highest are left out first where the terminal is narrow.
        var rank = 0
    }

    /// In their order.
    var columns: [Column]
    /// Each with one cell for every column.
    var rows: [[Cell]] = []

    /// The lines: header, rule, rows, and the sums where a column has one.
    func lines(in zone: DisplayZone, terminal: Terminal = .none) -> [String] {
        var sums = GridSums(columns)
        for row in rows { sums.add(row) }
        let sample = rows + (sums.row.map { [$0] } ?? [])
        let layout = GridLayout(columns, sample: sample, zone: zone, terminal: terminal)
        let lines = layout.head + rows.flatMap(layout.lines) + layout.foot(sums.row)
        guard !layout.leftOut.isEmpty, let columns = terminal.columns else { return lines }
        return lines + GridLayout.wrapped(Phrases.columnsLeftOut(layout.leftOut).description, to: columns)
    }
}
