import Shared

extension UnitReport {
    /// For a spreadsheet: with a byte order mark, and no live formulas.
    var csv: String {
        let head = [[heading.title]] + subtitles.map { [$0] } + [[dateLine], [], Self.headers.map(\.description)]
        var rows: [[String]] = []
        for (index, group) in groups.enumerated() {
            rows.append([Self.roman(index + 1), group.name.description] + Self.texts(group.sum))
            for (number, unit) in group.units.enumerated() {
                rows.append([String(number + 1), unit.name] + Self.texts(unit.figures))
            }
        }
        rows.append(["", Phrases.reportTotal.description] + Self.texts(total))
        let lines = (head + rows).map { $0.map(CSVField.encode).joined(separator: ",") }
        return CSVField.mark + lines.joined(separator: "\n") + "\n"
    }

    private static func texts(_ figures: Figures) -> [String] { figures.all.map { String($0) } }
}
