import Shared

/// One thing in full: sections for people, one object for JSON, the rows of its heart for CSV.
struct Document<Row> {
    /// In their order.
    var sections: [Section]
    /// The whole.
    var json: JSONValue
    /// The columns of `rows`.
    var table: Table<Row>
    /// What a spreadsheet gets.
    var rows: [Row]
}

/// A part of a document for people.
struct Section: Sendable {
    /// A name in front of a value.
    struct Field: Sendable {
        var name: String
        var value: Cell
        /// Whether a word that is longer than a line may be cut.
        var isCuttable = false

        init(name: String, value: Cell, isCuttable: Bool = false) {
            self.name = name
            self.value = value
            self.isCuttable = isCuttable
        }

        init(_ name: Phrase, _ value: Cell) {
            self.name = name.description
            self.value = value
        }
    }

    /// The heading.
    var title: Phrase
    /// Under the heading.
    var fields: [Field] = []
    /// Under the fields.
    var grid: Grid?
    /// What stands there when there are neither fields nor rows.
    var ifEmpty = Phrase(verbatim: "")

    /// The lines: the heading, then the rest two columns deeper.
    func lines(in zone: DisplayZone, terminal: Terminal = .none) -> [String] {
        let inner = Terminal(columns: terminal.columns.map { max(1, $0 - 2) }, hasColors: terminal.hasColors)
        var body = Self.lines(of: fields, in: zone, terminal: inner)
        if let grid, !grid.rows.isEmpty {
            if !body.isEmpty { body.append("") }
            body += grid.lines(in: zone, terminal: inner)
        }
        if body.isEmpty { body.append(ifEmpty.description) }
        return [TerminalText.escape(title.description)] + body.map { $0.isEmpty ? "" : "  " + $0 }
    }

    /// Names and values in two columns.
    ///
    /// On a terminal long values go over several lines, between their words.
    static func lines(of fields: [Field], in zone: DisplayZone, terminal: Terminal = .none) -> [String] {
        let width = fields.map { DisplayWidth.of($0.name) }.max() ?? 0
        return fields.flatMap { field -> [String] in
            let text = field.value.display(in: zone)
            let name = field.name + String(repeating: " ", count: width - DisplayWidth.of(field.name))
            let colored = { (line: String) in terminal.colored(line, field.value.tone) }
            guard let columns = terminal.columns, width + 2 + DisplayWidth.of(text) > columns else {
                return ["\(name)  \(colored(text))"]
            }
            let room = columns - width - 2
            let beside = GridLayout.wrapped(text, to: room)
            if room >= AdminLimits.leastValueColumns, beside.allSatisfy({ DisplayWidth.of($0) <= room }) {
                let names = [name] + Array(repeating: String(repeating: " ", count: width), count: beside.count - 1)
                return zip(names, beside).map { "\($0)  \(colored($1))" }
            }
            // Below the name, where there is most room. What people copy stays in one piece, whatever its length.
            let below = GridLayout.wrapped(text, to: columns - 2)
            return [field.name]
                + below.map { "  " + colored(field.isCuttable ? GridLayout.cut($0, to: max(1, columns - 2)) : $0) }
        }
    }
}
