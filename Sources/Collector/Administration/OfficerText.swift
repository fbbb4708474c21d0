internal import Foundation
internal import Shared

/// Texts that officers write: of one line, and not too long.
enum OfficerText {
    /// Of reasons and answers.
    static let reasonBytes = Decision.reasonBytes

    /// The text as it is kept: letters composed, single spaces, and nothing that shows nothing.
    static func plain(_ text: String) -> String { UnitName.collapsed(text).precomposedStringWithCanonicalMapping }

    /// - Returns: the text as it is kept.
    /// - Throws: `CollectorError` (`invalidArgument`) when it is empty and may not be, too long, or of several lines.
    static func checked(_ text: String, bytes: ClosedRange<Int>, of what: Phrase) throws(CollectorError) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { !$0.isControl }
        let kept = plain(text)
        guard isPlain, bytes.contains(kept.utf8.count), text.utf8.count <= 4 * bytes.upperBound else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "The \(what.english) has to be one line of \(bytes.lowerBound) to \(bytes.upperBound) bytes.",
                    vi: "\(what.vietnamese) phải là một dòng dài từ \(bytes.lowerBound) đến \(bytes.upperBound) byte."
                )
            )
        }
        return kept
    }

    /// Why something is done.
    /// - Returns: the text as it is kept.
    /// - Throws: `CollectorError` (`invalidArgument`) when it says nothing, or too much.
    static func reason(_ text: String) throws(CollectorError) -> String {
        let kept = plain(text)
        guard (1...reasonBytes).contains(kept.utf8.count) else { throw Caller.missingReason }
        return kept
    }
}
