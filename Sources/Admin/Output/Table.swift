/// The columns of a list, declared once for people and for programs.
struct Table<Row>: Sendable {
    /// In their order.
    var columns: [Column<Row>]

    /// A table with these columns.
    init(_ columns: [Column<Row>]) {
        self.columns = columns
    }

    /// A row as an object of JSON.
    func json(_ row: Row) -> JSONValue {
        .object(columns.map { JSONValue.Member($0.key, $0.value(row).json) })
    }

    /// The line above all rows of a CSV file, without its end.
    var csvHeader: String { columns.map(\.key).joined(separator: ",") }

    /// A row as a line of a CSV file, without its end.
    func csv(_ row: Row) -> String { columns.map { $0.value(row).csv }.joined(separator: ",") }

    /// The columns that people see.
    var shown: [Column<Row>] { columns.filter(\.isShown) }

    /// An empty grid with these columns.
    var grid: Grid {
        Grid(columns: shown.map { Grid.Column(header: $0.header, alignment: $0.alignment, isSummed: $0.isSummed) })
    }

    /// A grid with these rows.
    func grid(_ rows: some Sequence<Row>) -> Grid {
        var grid = grid
        grid.rows = rows.map { row in shown.map { $0.value(row) } }
        return grid
    }
}

/// One column of a list.
struct Column<Row>: Sendable {
    /// The name for programs, in JSON and CSV.
    var key: String
    /// The name for people.
    var header: String
    /// At which side the cells stand.
    var alignment: Alignment
    /// Whether a line below the table adds the column up.
    var isSummed: Bool
    /// Whether people see it; programs see all columns.
    var isShown: Bool
    /// The value in a row.
    var value: @Sendable (Row) -> Cell

    /// A column with all its parts.
    init(
        _ key: String,
        _ header: String,
        _ alignment: Alignment = .leading,
        isSummed: Bool = false,
        isShown: Bool = true,
        value: @escaping @Sendable (Row) -> Cell
    ) {
        self.key = key
        self.header = header
        self.alignment = alignment
        self.isSummed = isSummed
        self.isShown = isShown
        self.value = value
    }
}

/// At which side of a column the cells stand.
enum Alignment: Sendable, Hashable {
    /// Left: texts and times.
    case leading
    /// Right: numbers.
    case trailing
}
