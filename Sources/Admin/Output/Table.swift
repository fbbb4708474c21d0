import Shared

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

    /// The values of a row, one for each column.
    func cells(_ row: Row) -> [Cell] { columns.map { $0.value(row) } }

    /// An empty grid with the columns that people see.
    var grid: Grid {
        Grid(
            columns: shown.map {
                Grid.Column(
                    header: $0.header.description,
                    alignment: $0.alignment,
                    isSummed: $0.isSummed,
                    isIdentifier: $0.isIdentifier,
                    rank: $0.rank
                )
            }
        )
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
    var header: Phrase
    /// At which side the cells stand.
    var alignment: Alignment
    /// Whether a line below the table adds the column up.
    var isSummed: Bool
    /// Whether people see it; programs see all columns.
    var isShown: Bool
    /// 0 for a column that people always see; those with the highest are left out first where a terminal is narrow.
    var rank = 0
    /// The value in a row.
    var value: @Sendable (Row) -> Cell

    /// Whether it holds what people copy into a command, so that a part of it is worth nothing.
    var isIdentifier: Bool {
        ["id", "code", "join", "sha256"].contains(key) || key.hasSuffix("_id") || key.hasSuffix("_code")
    }

    /// A column with all its parts.
    init(
        _ key: String,
        _ header: Phrase,
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

    /// The same column of something that has such a row, or none; absent where it has none.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Row?) -> Column<Whole> {
        let value = value
        var column = Column<Whole>(key, header, alignment, isSummed: isSummed, isShown: isShown) { whole in
            part(whole).map(value) ?? .absent
        }
        column.rank = rank
        return column
    }

    /// The same column for programs alone.
    var hidden: Column {
        var column = self
        column.isShown = false
        return column
    }

    /// The same column under a key that says whose it is.
    func prefixed(_ prefix: String) -> Column {
        var column = self
        column.key = prefix + key
        return column
    }

    /// The same column, to be left out where a terminal is too narrow: that with the highest rank first.
    func rank(_ rank: Int) -> Column {
        var column = self
        column.rank = rank
        return column
    }
}

/// At which side of a column the cells stand.
enum Alignment: Sendable, Hashable {
    /// Left: texts and times.
    case leading
    /// Right: numbers.
    case trailing
}
