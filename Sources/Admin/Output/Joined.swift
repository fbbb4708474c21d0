/// One thing with one row of a list that belongs to it, so that a spreadsheet has both in one table.
struct Joined<Whole, Part> {
    /// The same on every row.
    var whole: Whole
    /// `nil` on the one row of a thing whose list is empty.
    var part: Part?

    /// A row for each part; one without a part where there are none, so that the thing itself is not lost.
    static func rows(_ whole: Whole, _ parts: [Part]) -> [Joined] {
        parts.isEmpty ? [Joined(whole: whole, part: nil)] : parts.map { Joined(whole: whole, part: $0) }
    }

    /// The columns of the thing, then those of the list.
    ///
    /// No key may be in both.
    static func table(_ whole: [Column<Whole>], _ parts: [Column<Part>]) -> Table<Joined> {
        Table(whole.map { $0.of(\.whole) } + parts.map { $0.of(\.part) })
    }
}
