import Shared

/// The sums of a table's columns, added up row by row.
struct GridSums: Sendable {
    private let columns: [Grid.Column]
    private var sums: [Int64?]
    private var rows = 0

    /// No rows yet.
    init(_ columns: [Grid.Column]) {
        self.columns = columns
        sums = columns.map { $0.isSummed ? 0 : nil }
    }

    /// Adds a row; a sum that no number can hold is left out from then on: none is better than a wrong one.
    mutating func add(_ row: [Cell]) {
        rows += 1
        for (index, cell) in row.prefix(sums.count).enumerated() {
            guard case .number(let number) = cell.plain, let sum = sums[index] else { continue }
            let (result, isOverflow) = sum.addingReportingOverflow(number)
            sums[index] = isOverflow ? nil : result
        }
    }

    /// The sums under their columns and a word under the first; `nil` where no column is summed or nothing is to sum.
    var row: [Cell]? {
        guard rows > 1, columns.contains(where: \.isSummed) else { return nil }
        return columns.indices.map { index in
            if let sum = sums[index] { return .number(sum) }
            return index == 0 ? .text(Phrases.sum.description) : .absent
        }
    }
}
