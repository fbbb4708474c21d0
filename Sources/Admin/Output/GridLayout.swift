/// How wide the columns of a table are, and how its lines are drawn.
///
/// Made from the rows that are there; rows that come later are drawn with it as long as they fit (`fits`), so that a list of
/// any length is drawn in constant memory.
struct GridLayout: Sendable {
    private let columns: [Grid.Column]
    private let zone: DisplayZone
    private let terminal: Terminal
    private var widths: ColumnWidths
    /// Whether the columns do not fit side by side: each row is then a block of names and values.
    private(set) var isInBlocks = false

    /// The narrowest that a text is cut to while there are columns that may be left out instead, and after that.
    private static let readableTextWidth = 14
    private static let leastTextWidth = 8
    private static let ellipsis = "…"

    /// Fits the columns to the terminal: headers go over several lines, then long texts are cut, then columns are left out
    /// whose `rank` allows it, those with the highest first.
    ///
    /// - Parameters:
    ///   - columns: The columns.
    ///   - sample: Rows to measure.
    ///   - isWhole: Whether they are all rows; otherwise texts get room for longer ones, where there is room.
    ///   - zone: Whose clock people read.
    ///   - terminal: Where it is shown.
    init(_ columns: [Grid.Column], sample: [[Cell]], isWhole: Bool = true, zone: DisplayZone, terminal: Terminal) {
        self.columns = columns
        self.zone = zone
        self.terminal = terminal
        widths = ColumnWidths(columns, sample, zone)
        if let room = terminal.columns, widths.total > room { isInBlocks = !widths.fit(to: room) }
        if !isWhole, !isInBlocks { widths.reserve(upTo: terminal.columns) }
    }

    /// The names of the columns that the terminal is too narrow for.
    var leftOut: [String] {
        isInBlocks ? [] : columns.indices.filter { !widths.kept.contains($0) }.map { columns[$0].header }
    }

    /// Whether a row can be drawn without cutting what is never cut, or moving what stands beside it.
    func fits(_ row: [Cell]) -> Bool {
        isInBlocks
            || widths.kept.allSatisfy { index in
                isCuttable(row[index], index)
                    || DisplayWidth.of(row[index].display(in: zone)) <= widths.of[index]
            }
    }

    /// On a terminal only; elsewhere lines may have any length.
    private func isCuttable(_ cell: Cell, _ index: Int) -> Bool {
        terminal.columns != nil && cell.isCuttable && !columns[index].isIdentifier
    }

    // MARK: - Lines

    /// What stands above the rows.
    var head: [String] {
        guard !isInBlocks else { return [] }
        let headers = columns.indices.map { Self.wrapped(TerminalText.escape(columns[$0].header), to: widths.of[$0]) }
        let height = widths.kept.map { headers[$0].count }.max() ?? 0
        let lines = (0..<height).map { line in
            // The last lines stand on the rule.
            draw(
                headers.map { texts in
                    let index = line - (height - texts.count)
                    return index < 0 ? "" : texts[index]
                }
            )
        }
        return lines + [rule]
    }

    /// One row.
    func lines(_ row: [Cell]) -> [String] { isInBlocks ? block(row) : [draw(texts(row), row.map(\.tone))] }

    /// What stands below the rows.
    func foot(_ sums: [Cell]?) -> [String] {
        guard let sums else { return [] }
        if isInBlocks { return block(sums, leavingOutAbsent: true) }
        return [rule, draw(texts(sums.map { $0 == .absent ? .text("") : $0 }))]
    }

    private var rule: String { draw(widths.of.map { String(repeating: "-", count: $0) }) }

    /// The values as they stand in a line.
    private func texts(_ row: [Cell]) -> [String] {
        row.enumerated().map { index, cell in
            let text = cell.display(in: zone)
            return isCuttable(cell, index) ? Self.cut(text, to: widths.of[index]) : text
        }
    }

    private func block(_ row: [Cell], leavingOutAbsent: Bool = false) -> [String] {
        let fields = zip(columns, row).filter { !leavingOutAbsent || $1 != .absent }
            .map { Section.Field(name: $0.header, value: $1, isCuttable: $1.isCuttable && !$0.isIdentifier) }
        return Section.lines(of: fields, in: zone, terminal: terminal) + [""]
    }

    private func draw(_ texts: [String], _ tones: [Tone?] = []) -> String {
        var line = ""
        let last = widths.kept.last { !texts[$0].isEmpty }
        for index in widths.kept where index <= last ?? 0 {
            if index != widths.kept.first { line += String(repeating: " ", count: widths.gap) }
            let padding = String(repeating: " ", count: max(0, widths.of[index] - DisplayWidth.of(texts[index])))
            let colored = terminal.colored(texts[index], index < tones.count ? tones[index] : nil)
            switch columns[index].alignment {
            case .leading: line += index == last ? colored : colored + padding
            case .trailing: line += padding + colored
            }
        }
        return line
    }

    // MARK: - Texts

    /// The text, or its beginning and an ellipsis, in at most so many columns.
    ///
    /// Of one word, such as the name of a host, the end is kept too: there stands the number by which it is told from others.
    static func cut(_ text: String, to width: Int) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        let end = width >= leastTextWidth && !text.contains(" ") ? beginning(of: text.reversed(), width / 3) : []
        let room = width - DisplayWidth.of(ellipsis) - DisplayWidth.of(String(end))
        return String(beginning(of: Array(text), room)) + ellipsis + String(end.reversed())
    }

    /// As many of the first characters as fit into so many columns.
    private static func beginning(of text: [Character], _ width: Int) -> [Character] {
        var taken = 0
        return Array(
            text.prefix { character in
                taken += DisplayWidth.of(String(character))
                return taken <= width
            }
        )
    }

    /// The words in lines of at most so many columns; a longer word has a line of its own.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let line = lines.last, DisplayWidth.of(line) + 1 + DisplayWidth.of(String(word)) <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}

extension GridLayout {
    /// The columns that are drawn, and how wide.
    fileprivate struct ColumnWidths: Sendable {
        /// Of all columns, drawn or not.
        var of: [Int]
        /// The columns that are drawn.
        var kept: [Int]
        /// Between two columns.
        var gap = 2
        /// What the widest words of the headers and the values need.
        private let least: [Int]
        /// The columns whose texts may be cut.
        private let isCuttable: [Bool]
        private let ranks: [Int]

        /// As wide as headers and values are.
        init(_ columns: [Grid.Column], _ sample: [[Cell]], _ zone: DisplayZone) {
            var body = [Int](repeating: 0, count: columns.count)
            var hasText = [Bool](repeating: false, count: columns.count)
            var hasOther = hasText
            for row in sample {
                for (index, cell) in row.prefix(columns.count).enumerated() {
                    body[index] = max(body[index], DisplayWidth.of(cell.display(in: zone)))
                    guard cell.plain != .absent else { continue }
                    if cell.isCuttable { hasText[index] = true } else { hasOther[index] = true }
                }
            }
            isCuttable = columns.indices.map { index in
                // Where all are absent, texts may come.
                let mayBeText = !hasOther[index] && columns[index].alignment == .leading
                return !columns[index].isIdentifier && (hasText[index] || mayBeText)
            }
            let headers = columns.map { TerminalText.escape($0.header) }
            let words = headers.map { $0.split(separator: " ").map { DisplayWidth.of(String($0)) }.max() ?? 0 }
            least = zip(body, words).map { max($0, $1) }
            of = zip(body, headers).map { max($0, DisplayWidth.of($1)) }
            kept = Array(columns.indices)
            ranks = columns.map(\.rank)
        }

        var total: Int { kept.reduce(0) { $0 + of[$1] } + gap * max(0, kept.count - 1) }

        /// Makes the line as short as the terminal is wide; says whether that can be done.
        mutating func fit(to room: Int) -> Bool {
            while true {
                gap = 2
                if shrink(to: room, texts: GridLayout.readableTextWidth) { return true }
                gap = 1
                if shrink(to: room, texts: GridLayout.readableTextWidth) { return true }
                // Of equal ones the last.
                guard let next = kept.reversed().max(by: { ranks[$0] < ranks[$1] }), ranks[next] > 0 else { break }
                kept.removeAll { $0 == next }
            }
            if shrink(to: room, texts: GridLayout.leastTextWidth) { return true }
            kept = Array(of.indices)
            return false
        }

        /// Takes columns off the widest texts until the line fits; says whether it does.
        private mutating func shrink(to room: Int, texts: Int) -> Bool {
            of = least
            let cuttable = kept.filter { isCuttable[$0] }
            while total > room {
                guard let widest = cuttable.max(by: { of[$0] < of[$1] }), of[widest] > texts else { return false }
                of[widest] -= 1
            }
            return true
        }

        /// Gives the room that is left to texts of which longer ones may come.
        mutating func reserve(upTo room: Int?) {
            let narrow = { (width: Int) in width < AdminLimits.reservedTextColumns }
            while room.map({ total < $0 }) ?? true {
                let growing = kept.filter { isCuttable[$0] && narrow(of[$0]) }
                guard let next = growing.min(by: { of[$0] < of[$1] }) else { return }
                of[next] += 1
            }
        }
    }
}

extension Cell {
    /// Whether a part of it is worth showing: a text is, a figure or a date is not.
    fileprivate var isCuttable: Bool {
        switch plain {
        case .text, .list, .word, .words: true
        case .absent, .number, .flag, .timestamp, .date, .toned: false
        }
    }
}
