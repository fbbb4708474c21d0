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

        init(_ name: String, _ value: Cell) {
            self.name = name
            self.value = value
        }
    }

    /// The heading.
    var title: String
    /// Under the heading.
    var fields: [Field] = []
    /// Under the fields.
    var grid: Grid?
    /// What stands there when there are neither fields nor rows.
    var ifEmpty = ""

    /// The lines: the heading, then the rest two columns deeper.
    func lines(in zone: DisplayZone) -> [String] {
        var body = Self.lines(of: fields, in: zone)
        if let grid, !grid.rows.isEmpty {
            if !body.isEmpty { body.append("") }
            body += grid.lines(in: zone)
        }
        if body.isEmpty { body.append(ifEmpty) }
        return [TerminalText.escape(title)] + body.map { $0.isEmpty ? "" : "  " + $0 }
    }

    /// Names and values in two columns.
    static func lines(of fields: [Field], in zone: DisplayZone) -> [String] {
        let width = fields.map { DisplayWidth.of($0.name) }.max() ?? 0
        return fields.map { field in
            let padding = String(repeating: " ", count: width - DisplayWidth.of(field.name))
            return "\(field.name)\(padding)  \(field.value.display(in: zone))"
        }
    }
}
