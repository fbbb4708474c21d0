/// Cells in columns, laid out for people.
struct Grid: Sendable {
    /// What a column needs to be drawn.
    struct Column: Sendable {
        var header: String
        var alignment: Alignment
        var isSummed: Bool
    }

    /// In their order.
    var columns: [Column]
    /// Each with one cell for every column.
    var rows: [[Cell]] = []

    /// The lines: header, rule, rows, and the sums where a column has one.
    func lines(in zone: DisplayZone) -> [String] {
        let header = columns.map { TerminalText.escape($0.header) }
        let body = rows.map { row in row.map { $0.display(in: zone) } }
        let sums = sumRow?.map { $0 == .absent ? "" : $0.display(in: zone) }

        var widths = [Int](repeating: 0, count: columns.count)
        for line in [header] + body + (sums.map { [$0] } ?? []) {
            for (index, text) in line.prefix(widths.count).enumerated() {
                widths[index] = max(widths[index], DisplayWidth.of(text))
            }
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        var lines = [header, rule] + body
        if let sums { lines += [rule, sums] }
        return lines.map { line($0, widths) }
    }

    private func line(_ texts: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, (text, width)) in zip(texts, widths).enumerated() {
            if index > 0 { line += "  " }
            let padding = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
            switch columns[index].alignment {
            case .leading: line += text + padding
            case .trailing: line += padding + text
            }
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// The sums under their columns and a word under the first; `nil` where no column is summed or nothing is to sum.
    private var sumRow: [Cell]? {
        guard rows.count > 1, columns.contains(where: \.isSummed) else { return nil }
        return columns.enumerated().map { index, column in
            guard column.isSummed else { return index == 0 ? .text(Phrases.sum) : .absent }
            return sum(ofColumn: index)
        }
    }

    /// Absent when it is larger than a number can be: no sum is better than a wrong one.
    private func sum(ofColumn index: Int) -> Cell {
        var sum: Int64 = 0
        for row in rows {
            guard index < row.count, case .number(let number) = row[index] else { continue }
            let (result, isOverflow) = sum.addingReportingOverflow(number)
            guard !isOverflow else { return .absent }
            sum = result
        }
        return .number(sum)
    }
}
