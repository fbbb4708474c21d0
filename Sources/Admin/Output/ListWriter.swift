import Shared

/// Writes a list whose rows come in pages, as they come and in constant memory.
///
/// The widths of a table are those of its first page, with room for what may come later. A page that needs more gets a
/// head of its own on a terminal.
struct ListWriter<Row> {
    private let table: Table<Row>
    private let renderer: Renderer
    private let shown: Table<Row>
    /// The rows of a table that are not written yet.
    private var held: [[Cell]] = []
    private var layout: GridLayout?
    private var sums: GridSums
    private var leftOut: [String] = []
    /// How many rows were written.
    private(set) var writtenRows = 0

    /// How many rows are in memory.
    var heldRows: Int { held.count }

    init(_ table: Table<Row>, _ renderer: Renderer) {
        self.table = table
        self.renderer = renderer
        shown = Table(table.shown)
        sums = GridSums(table.grid.columns)
    }

    /// Adds rows.
    ///
    /// Nothing is written before the first call, so that a refusal leaves the output empty.
    mutating func append(_ rows: [Row]) throws {
        switch renderer.format {
        case .table:
            for row in rows {
                // Only what turns out not to be all is written before the end.
                if held.count == AdminLimits.pageRows { try writeHeld(isWhole: false) }
                let cells = shown.cells(row)
                sums.add(cells)
                held.append(cells)
            }
        case .json:
            guard !rows.isEmpty else { return }
            let opening = writtenRows > 0 ? ",\n" : "[\n"
            try renderer.write(opening + rows.map { "  " + table.json($0).compact }.joined(separator: ",\n"))
            writtenRows += rows.count
        case .csv:
            try renderer.write(lines: header + rows.map(table.csv))
            hasHeader = true
            writtenRows += rows.count
        }
    }

    /// Ends the list.
    ///
    /// - Parameter note: Lines below a table, for people only.
    /// - Throws: what the output throws.
    mutating func finish(note: [String]) throws {
        switch renderer.format {
        case .table:
            if !held.isEmpty { try writeHeld(isWhole: layout == nil) }
            if let row = sums.row, let layout {
                try renderer.write(lines: (layout.isInBlocks ? layout : fitting(layout, [row])).foot(row))
            }
            let space = layout.map { $0.isInBlocks ? [] : [""] } ?? []
            try renderer.write(lines: space + note.map(TerminalText.escape))
            guard !leftOut.isEmpty, let columns = renderer.terminal.columns else { return }
            try renderer.write(lines: GridLayout.wrapped(Phrases.columnsLeftOut(leftOut).description, to: columns))
        case .json:
            try renderer.write(writtenRows > 0 ? "\n]\n" : "[]\n")
        case .csv:
            try renderer.write(lines: header)
        }
    }

    // MARK: - Spreadsheets

    private var hasHeader = false
    private var header: [String] { hasHeader ? [] : [renderer.csvHeader(table)] }

    // MARK: - Tables

    /// Writes the rows that are held, below a head where there is none that they fit under.
    private mutating func writeHeld(isWhole: Bool) throws {
        var lines: [String] = []
        let layout: GridLayout
        if let present = self.layout {
            layout = fitting(present, held)
            if layout.head != present.head { lines = [""] + layout.head }
        } else {
            layout = newLayout(held + (sums.row.map { [isWhole ? $0 : $0.map(Self.room)] } ?? []), isWhole: isWhole)
            lines = layout.head
        }
        try renderer.write(lines: lines + held.flatMap(layout.lines))
        self.layout = layout
        for name in layout.leftOut where !leftOut.contains(name) { leftOut.append(name) }
        writtenRows += held.count
        held = []
    }

    /// A layout in which the rows can be drawn: the present one where it will do.
    ///
    /// Where nobody looks at widths it always will. Blocks are for the page that needs them.
    private func fitting(_ present: GridLayout, _ rows: [[Cell]]) -> GridLayout {
        guard renderer.terminal.columns != nil, present.isInBlocks || !rows.allSatisfy(present.fits) else {
            return present
        }
        return newLayout(rows + (sums.row.map { [$0] } ?? []), isWhole: false)
    }

    private func newLayout(_ sample: [[Cell]], isWhole: Bool) -> GridLayout {
        GridLayout(
            table.grid.columns,
            sample: sample,
            isWhole: isWhole,
            zone: renderer.zone,
            terminal: renderer.terminal
        )
    }

    /// Room for a sum that is still growing.
    private static func room(_ sum: Cell) -> Cell {
        guard case .number(let number) = sum else { return sum }
        let (larger, isOverflow) = number.multipliedReportingOverflow(by: 100)
        return isOverflow ? sum : .number(larger)
    }
}
