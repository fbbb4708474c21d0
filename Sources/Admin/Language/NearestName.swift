/// What somebody meant who mistyped the name of a command or an option.
enum NearestName {
    /// The name that is so near that a slip of the fingers explains it; `nil` when there is none.
    static func of(_ typed: String, among names: [String]) -> String? {
        let near = names.map { (name: $0, distance: distance(typed, $0)) }.min { $0.distance < $1.distance }
        guard let near, isNear(typed, distance: near.distance) else { return nil }
        return near.name
    }

    /// Whether a name is so near.
    static func isNear(_ typed: String, _ name: String) -> Bool { isNear(typed, distance: distance(typed, name)) }

    private static func isNear(_ typed: String, distance: Int) -> Bool {
        distance <= min(2, typed.drop { $0 == "-" }.count / 3)
    }

    /// Letters that are wrong, missing, too many, or in the place of their neighbor.
    private static func distance(_ left: String, _ right: String) -> Int {
        // Nothing that long is near any name.
        let (left, right) = (Array(left.prefix(64)), Array(right.prefix(64)))
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var rows = [Array(0...right.count)]
        for (row, letter) in left.enumerated() {
            var next = [row + 1]
            for (column, other) in right.enumerated() {
                let changed = rows[row][column] + (letter == other ? 0 : 1)
                var least = min(changed, rows[row][column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    least = min(least, rows[row - 1][column - 1] + 1)
                }
                next.append(least)
            }
            rows.append(next)
        }
        return rows[left.count][right.count]
    }
}
