internal import Shared

/// What a change of allocations rests on: the number of the document, the reason, and from which day it holds.
struct Decision: Sendable, Hashable {
    /// Bytes of a document's number.
    static let documentBytes = 128
    /// Bytes of a reason.
    static let reasonBytes = 500

    var document: String
    var reason: String
    /// From which day; `nil` for the earliest that the ledger allows, usually today.
    var effectiveOn: Day?

    /// Reads what an officer wrote.
    /// - Throws: `CollectorError` (`invalidArgument`).
    init(document: String, reason: String, effectiveOn: String) throws(CollectorError) {
        self.document = try Self.document(document)
        self.reason = OfficerText.plain(reason)
        guard self.reason.utf8.count <= Self.reasonBytes, Self.isOneLine(reason) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A reason is one line of at most \(Self.reasonBytes) bytes. Shorten it.",
                    vi: "Lý do viết trên một dòng, dài tối đa \(Self.reasonBytes) byte. Hãy rút gọn."
                )
            )
        }
        self.effectiveOn = effectiveOn.isEmpty ? nil : try Self.day(effectiveOn)
    }

    /// A document's number, as it is kept.
    /// - Throws: `CollectorError` (`invalidArgument`).
    static func document(_ text: String) throws(CollectorError) -> String {
        let number = OfficerText.plain(text)
        guard (1...documentBytes).contains(number.utf8.count), isOneLine(number) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A decision needs its document number, 1 to \(documentBytes) bytes: --document NO.",
                    vi: "Quyết định phải có số văn bản, dài từ 1 đến \(documentBytes) byte: --document SỐ."
                )
            )
        }
        return number
    }

    /// A day as ISO 8601 writes it.
    /// - Throws: `CollectorError` (`invalidArgument`).
    static func day(_ text: String) throws(CollectorError) -> Day {
        guard let day = Day(text) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "\(UnitName.quoted(text)) is not a day. Write year, month and day: 2025-07-01.",
                    vi: "\(UnitName.quoted(text)) không phải là ngày hợp lệ. Hãy viết năm, tháng, ngày: 2025-07-01."
                )
            )
        }
        return day
    }

    /// The day from which a change of some accounts holds.
    ///
    /// The days of one account never go back, so that no entry comes before one that it may rest on; and none lies ahead of
    /// today, except in a term that has not begun. `last` is the last day of an entry in any of the accounts.
    /// - Throws: `CollectorError` (`failedPrecondition`).
    func day(in term: TermRecord, last: Day?, today: Day) throws(CollectorError) -> Day {
        let earliest = max(last ?? term.startsOn, term.startsOn)
        let latest = max(today, earliest)
        guard let effectiveOn else { return latest }
        guard effectiveOn >= earliest else {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "The decision cannot hold from \(effectiveOn): the ledger has entries of \(earliest) already, and the "
                        + "days of an account do not go back. Give a day from \(earliest) to \(latest).",
                    vi: "Quyết định không thể có hiệu lực từ ngày \(effectiveOn): sổ cái đã có bút toán của ngày "
                        + "\(earliest), và ngày của các bút toán không được lùi lại. Hãy chọn ngày từ \(earliest) đến "
                        + "\(latest)."
                )
            )
        }
        guard effectiveOn <= latest else {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "The decision cannot hold from \(effectiveOn), which lies ahead. Enter it on that day, or give a day "
                        + "from \(earliest) to \(latest).",
                    vi:
                        "Quyết định không thể có hiệu lực từ ngày \(effectiveOn) vì ngày này chưa đến. Hãy nhập vào đúng "
                        + "ngày đó, hoặc chọn ngày từ \(earliest) đến \(latest)."
                )
            )
        }
        return effectiveOn
    }

    private static func isOneLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { !$0.isControl }
    }
}
