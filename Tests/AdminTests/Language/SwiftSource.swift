import Foundation

/// The texts of a Swift file, found without a parser: enough to hold sources to the catalog of strings.
struct SwiftSource {
    /// A literal of a string.
    struct Literal {
        /// What stands between the quotes, with its interpolations.
        var text: String
        /// What stands in front of it, back to the last literal: without comments and spaces.
        var lead: String
        var line: Int

        /// How many interpolations there are, and places of templates.
        var placeholders: Int {
            text.components(separatedBy: "\\(").count + text.components(separatedBy: "{}").count - 2
        }

        /// The words, without what is interpolated.
        var words: String {
            var words: [UInt8] = []
            var depth = 0
            var previous: UInt8 = 0
            for byte in text.utf8 {
                if depth > 0 {
                    depth += byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
                } else if previous == UInt8(ascii: "\\"), byte == UInt8(ascii: "(") {
                    words.removeLast()
                    depth = 1
                } else {
                    words.append(byte)
                }
                previous = byte
            }
            return String(decoding: words, as: UTF8.self)
        }
    }

    let path: String
    let literals: [Literal]

    /// Reads a text.
    init(_ text: String, path: String = "") {
        self.path = path
        var scanner = Scanner(rest: Array(text.utf8)[...])
        literals = scanner.literals()
    }

    /// English and Vietnamese of each phrase whose both texts are literals.
    var phrases: [(english: Literal, vietnamese: Literal)] {
        zip(literals, literals.dropFirst()).filter { $0.lead.hasSuffix("Phrase(") && $1.lead == ",vi:" }
            .map { (english: $0, vietnamese: $1) }
    }

    /// The sources of the package for which the catalog of strings holds.
    static let all: [SwiftSource] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources")
            .standardizedFileURL
        return ["Admin", "Collector", "Shared"].flatMap { folder -> [SwiftSource] in
            let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            let files = (names?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
            return files.compactMap { name in
                let file = root.appending(path: folder).appending(path: name)
                guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
                return SwiftSource(text, path: "\(folder)/\(name)")
            }
        }
    }()

    /// Those below a folder.
    static func all(_ folder: String) -> [SwiftSource] { all.filter { $0.path.hasPrefix("\(folder)/") } }
}

extension SwiftSource {
    /// Walks over code byte by byte.
    private struct Scanner {
        var rest: ArraySlice<UInt8>
        private var line = 1
        private var lead: [UInt8] = []

        private static let newline = UInt8(ascii: "\n")
        private static let backslash = UInt8(ascii: "\\")
        private static let opening = UInt8(ascii: "(")
        private static let closing = UInt8(ascii: ")")
        private static let comment = Array("//".utf8)
        private static let quote = Array("\"".utf8)
        private static let longQuote = Array("\"\"\"".utf8)

        init(rest: ArraySlice<UInt8>) {
            self.rest = rest
        }

        mutating func literals() -> [Literal] {
            var literals: [Literal] = []
            while let byte = rest.first {
                if rest.starts(with: Self.comment) {
                    while let byte = rest.first, byte != Self.newline { rest.removeFirst() }
                } else if rest.starts(with: Self.longQuote) {
                    add(literal(Self.longQuote), to: &literals)
                } else if rest.starts(with: Self.quote) {
                    add(literal(Self.quote), to: &literals)
                } else {
                    if byte > 0x20 { lead.append(byte) }
                    advance()
                }
            }
            return literals
        }

        /// One that is joined to the last by a plus is a part of it.
        private func add(_ literal: Literal, to literals: inout [Literal]) {
            guard literal.lead == "+", !literals.isEmpty else { return literals.append(literal) }
            literals[literals.count - 1].text += literal.text
        }

        private mutating func advance() {
            if rest.popFirst() == Self.newline { line += 1 }
        }

        /// The literal that begins here, behind which the walk goes on.
        private mutating func literal(_ quote: [UInt8]) -> Literal {
            let first = line
            var bytes: [UInt8] = []
            var depth = 0
            rest = rest.dropFirst(quote.count)
            while let byte = rest.first, depth > 0 || !rest.starts(with: quote) {
                let next = rest.dropFirst().first
                if byte == Self.backslash, next != Self.newline {
                    // What is escaped ends nothing; an interpolation begins so.
                    if next == Self.opening { depth += 1 }
                    bytes.append(byte)
                    advance()
                    if let next { bytes.append(next) }
                    advance()
                    continue
                }
                if depth > 0 { depth += byte == Self.opening ? 1 : byte == Self.closing ? -1 : 0 }
                bytes.append(byte)
                advance()
            }
            rest = rest.dropFirst(quote.count)
            defer { lead = [] }
            let content = String(decoding: bytes, as: UTF8.self)
            return Literal(
                text: quote.count > 1 ? Self.joined(content) : content,
                lead: String(decoding: lead, as: UTF8.self),
                line: first
            )
        }

        /// The lines of a long literal as they are at run time.
        private static func joined(_ content: String) -> String {
            content.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
                .replacingOccurrences(of: "\\\n", with: "")
        }
    }
}
