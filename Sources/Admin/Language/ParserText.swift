import Shared

/// What ArgumentParser writes, in the language of the run and in the width of the terminal.
///
/// It has English texts of its own, and no way to give it others. They are known here as templates; a test meets each of
/// them and fails when the version in use writes something else.
enum ParserText {
    /// Columns that `fullMessage` is asked for, so that each paragraph is one line here.
    static let unwrapped = 1_000_000

    /// A help text or a refusal of arguments.
    ///
    /// - Parameters:
    ///   - raw: What the parser wrote with lines of any length.
    ///   - columns: The width to fit.
    /// - Returns: the text in lines that fit.
    static func text(_ raw: String, columns: Int) -> String {
        raw.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let line = withoutFarName(String(line))
            let translated = Language.current == .english ? line : translate(line)
            return wrap(TerminalText.escape(translated), to: columns)
        }.joined(separator: "\n")
    }

    /// The line without the suggestion of a name that is too far from the one that was typed: the parser offers the nearest
    /// one, however far it is.
    private static func withoutFarName(_ line: String) -> String {
        let template = Phrases.unknownOptionSuggested.english
        guard let colon = line.firstRange(of: ": "), let names = match(template, String(line[colon.upperBound...])),
            !NearestName.isNear(names[0], names[1])
        else { return line }
        return line[..<colon.upperBound] + fill(Phrases.unknownOption.english, [names[0]])
    }

    // MARK: - Translation

    private static func translate(_ line: String) -> String {
        for template in Phrases.parserLines {
            guard let values = match(template.english, line) else { continue }
            // What a template leaves open may be a template itself, such as the message behind “Error:”.
            return fill(template.text(in: .current), values.map(translateInner))
        }
        return translateInner(line)
    }

    private static func translateInner(_ text: String) -> String {
        var text = text
        for template in Phrases.parserParts {
            guard let values = match(template.english, text) else { continue }
            text = fill(template.text(in: .current), values)
            break
        }
        return Phrases.parserPlaces.reduce(text) { $0.replacing($1.english, with: $1.description) }
    }

    /// The texts in the places of a template; `nil` when the text is not made from it.
    static func match(_ template: String, _ text: String) -> [String]? {
        let literals = template.components(separatedBy: place)
        guard var rest = text.removing(prefix: literals[0]) else { return nil }
        var values: [String] = []
        for (index, literal) in literals.enumerated().dropFirst() {
            if index == literals.count - 1 {
                guard rest.hasSuffix(literal) else { return nil }
                values.append(String(rest.dropLast(literal.count)))
                return values
            }
            guard let range = rest.firstRange(of: literal) else { return nil }
            values.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return rest.isEmpty ? values : nil
    }

    /// The template with the values in its places.
    static func fill(_ template: String, _ values: [String]) -> String {
        var filled = ""
        var values = values[...]
        for (index, literal) in template.components(separatedBy: place).enumerated() {
            if index > 0 { filled += values.popFirst() ?? "" }
            filled += literal
        }
        return filled
    }

    private static let place = "{}"

    // MARK: - Width

    /// The column where the explanations of options begin.
    private static let labelColumns = 26

    /// The line, with line ends before the words that would not fit.
    static func wrap(_ line: String, to columns: Int) -> String {
        guard DisplayWidth.of(line) > columns else { return line }
        let leading = line.prefix { $0 == " " }.count
        // Under the explanation where there is one, and not too far to the right of a narrow terminal.
        let indent = min(leading == 2 ? labelColumns : leading == 0 ? 0 : leading, max(2, columns / 3))
        var lines: [String] = []
        var current = String(repeating: " ", count: leading)
        var isEmpty = true
        for word in line.dropFirst(leading).split(separator: " ", omittingEmptySubsequences: false) {
            let isTooLong = DisplayWidth.of(current) + 1 + DisplayWidth.of(String(word)) > columns
            if !isEmpty, isTooLong, !word.isEmpty {
                while current.last == " " { current.removeLast() }
                lines.append(current)
                current = String(repeating: " ", count: indent) + word
            } else {
                current += (isEmpty ? "" : " ") + word
            }
            isEmpty = false
        }
        return (lines + [current]).joined(separator: "\n")
    }
}

extension StringProtocol {
    /// What stands behind a prefix; `nil` when the text does not begin with it.
    fileprivate func removing(prefix: String) -> SubSequence? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }

    /// The parts between the occurrences of a text.
    fileprivate func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map { String($0) }
    }
}
