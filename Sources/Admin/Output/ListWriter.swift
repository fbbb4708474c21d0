/// Writes a list whose rows come in pages: JSON and CSV as they come, a table when its widths are known.
struct ListWriter<Row> {
    private let table: Table<Row>
    private let renderer: Renderer
    private var grid: Grid
    private var hasBegun = false

    init(_ table: Table<Row>, _ renderer: Renderer) {
        self.table = table
        self.renderer = renderer
        grid = table.grid
    }

    /// Adds rows.
    ///
    /// Nothing is written before the first call, so that a refusal leaves the output empty.
    mutating func append(_ rows: [Row]) throws {
        switch renderer.format {
        case .table:
            grid.rows += table.grid(rows).rows
        case .json:
            guard !rows.isEmpty else { return }
            let opening = hasBegun ? ",\n" : "[\n"
            hasBegun = true
            try renderer.write(opening + rows.map { "  " + table.json($0).compact }.joined(separator: ",\n"))
        case .csv:
            let header = hasBegun ? [] : [table.csvHeader]
            hasBegun = true
            try renderer.write(lines: header + rows.map(table.csv))
        }
    }

    /// Ends the list.
    ///
    /// - Parameter note: Lines below a table, for people only.
    /// - Throws: what the output throws.
    mutating func finish(note: [String]) throws {
        switch renderer.format {
        case .table:
            let body = grid.rows.isEmpty ? [] : grid.lines(in: renderer.zone) + [""]
            try renderer.write(lines: body + note.map(TerminalText.escape))
        case .json:
            try renderer.write(hasBegun ? "\n]\n" : "[]\n")
        case .csv:
            if !hasBegun { try renderer.write(lines: [table.csvHeader]) }
        }
    }
}
