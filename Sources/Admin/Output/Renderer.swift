/// Writes answers in the format that was asked for.
///
/// The only place that knows all formats: a new one does not compile
/// until it is handled here.
struct Renderer: Sendable {
    /// The format that was asked for.
    var format: OutputFormat
    /// Where it goes.
    var output: any ByteSink
    /// Whose clock people read.
    var zone: DisplayZone
    /// What it leads to.
    var terminal = Terminal.none
    /// Whether CSV begins with a byte order mark, by which Excel knows UTF-8.
    var hasMark = false

    /// Begins a list whose rows come in pages.
    func list<Row>(_ table: Table<Row>) -> ListWriter<Row> { ListWriter(table, self) }

    /// Writes one row: a name and value on each line for people, an object, or a header and a line.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - table: Its columns.
    ///   - note: What people should know or do next, below.
    /// - Throws: what the output throws.
    func show<Row>(_ row: Row, _ table: Table<Row>, note: [String] = []) throws {
        switch format {
        case .table:
            let fields = table.shown.map { Section.Field($0.header, $0.value(row)) }
            try write(lines: Section.lines(of: fields, in: zone, terminal: terminal) + note.map(TerminalText.escape))
        case .json:
            try write(lines: [table.json(row).indented()])
        case .csv:
            try write(lines: [csvHeader(table), table.csv(row)])
        }
    }

    /// Writes one thing in full.
    func show<Row>(_ document: Document<Row>) throws {
        switch format {
        case .table:
            let sections = document.sections.map { $0.lines(in: zone, terminal: terminal) }
            try write(lines: Array(sections.joined(separator: [""])))
        case .json:
            try write(lines: [document.json.indented()])
        case .csv:
            try write(lines: [csvHeader(document.table)] + document.rows.map(document.table.csv))
        }
    }

    /// The first line of CSV.
    func csvHeader<Row>(_ table: Table<Row>) -> String { (hasMark ? CSVField.mark : "") + table.csvHeader }

    func write(lines: [String]) throws {
        guard !lines.isEmpty else { return }
        try write(lines.joined(separator: "\n") + "\n")
    }

    func write(_ text: String) throws {
        try output.write(Array(text.utf8))
    }
}
