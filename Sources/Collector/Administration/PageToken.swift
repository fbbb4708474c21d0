internal import Foundation
internal import Shared

/// Where the next page of a list begins: the key of the last row, so that rows that come or go meanwhile neither repeat
/// nor hide others.
struct PageToken: Sendable, Hashable {
    /// The most rows of one page.
    static let maximumSize = 1000
    private static let defaultSize = 100
    private static let separator: Character = "\u{1F}"

    var parts: [String]

    init(_ parts: [String]) {
        self.parts = parts
    }

    /// Reads a token.
    /// - Returns: `nil` for an empty one: the first page.
    /// - Throws: `CollectorError` (`invalidArgument`) for a text that this collector did not make.
    static func parse(_ text: String, parts count: Int) throws(CollectorError) -> PageToken? {
        guard !text.isEmpty else { return nil }
        guard text.utf8.count <= 2048, let data = Data(base64Encoded: text),
            let decoded = String(bytes: data, encoding: .utf8)
        else { throw malformed }
        let parts = decoded.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == count else { throw malformed }
        return PageToken(parts)
    }

    var text: String {
        Data(parts.joined(separator: String(Self.separator)).utf8).base64EncodedString()
    }

    /// Rows of a page; 0 asks for the default.
    static func size(_ requested: UInt32) throws(CollectorError) -> Int {
        guard requested <= maximumSize else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A page has at most \(maximumSize) rows.",
                    vi: "Mỗi trang có tối đa \(maximumSize) dòng."
                )
            )
        }
        return requested == 0 ? defaultSize : Int(requested)
    }

    static let malformed = CollectorError(
        .invalidArgument,
        Phrase(
            "The page token is malformed. Begin with the first page.",
            vi: "Dấu trang không hợp lệ. Hãy bắt đầu lại từ trang đầu."
        )
    )
}

/// One page of a list.
struct Listing<Row: Sendable>: Sendable {
    var rows: [Row]
    var total: Int
    /// Empty on the last page.
    var nextToken: String
}
