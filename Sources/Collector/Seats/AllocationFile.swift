internal import Foundation
internal import Shared

/// The table of a decision: which unit is to hold how many seats.
///
/// Text in UTF-8 with or without a byte order mark, lines ended in any way, columns separated by tabs, semicolons or commas.
/// The first line names the columns, in English or Vietnamese. Lines that begin with `#` are comments; `# total: N` says
/// what the seats must sum to.
struct AllocationFile: Sendable {
    /// The size of a file, in bytes: with everything else it goes into one message (`WireLimits.messageBytes`).
    static let byteLimit = 768 * 1024
    /// Units in a file.
    static let rowLimit = 10_000
    private static let nameBytes = 256
    /// What a total is called, in plain letters.
    private static let totals: Set<String> = [
        "total", "total seats", "total licenses", "tong", "tong cong", "tong so", "tong so suat", "tong suat",
        "tong so luong", "tong so ban quyen",
    ]

    /// One unit's line.
    struct Row: Sendable, Hashable {
        var line: Int
        /// Code and name as they are written; one of them may be empty.
        var code: String
        var name: String
        var seats: Int
    }

    /// What is wrong in one line, and what to do.
    struct Problem: Sendable, Hashable {
        var line: Int
        var phrase: Phrase
    }

    /// What messages call it.
    let name: String
    private(set) var rows: [Row] = []
    /// In lines that are no rows; the file is refused when there is one.
    private(set) var problems: [Problem] = []

    private var columns: AllocationColumns?
    private var total: (line: Int, seats: Int)?

    /// Reads a file.
    /// - Throws: `CollectorError` (`invalidArgument`) when it is no table at all; what is wrong in single lines is kept.
    init(bytes: [UInt8], name: String) throws(CollectorError) {
        self.name = name.isEmpty || name.utf8.count > Self.nameBytes ? "file" : name
        guard bytes.count <= Self.byteLimit else {
            throw refusal(
                Phrase(
                    "The file is larger than 768 KiB. Take out what is not the table.",
                    vi: "Tệp lớn hơn 768 KiB. Hãy bỏ những phần không thuộc bảng phân bổ."
                )
            )
        }
        for (index, line) in Self.lines(try text(bytes)).enumerated() { try read(line, number: index + 1) }
        guard columns != nil, !rows.isEmpty || !problems.isEmpty else {
            throw refusal(
                Phrase(
                    "The file names no unit. Write a header with code (or name) and seats, then one line for each unit.",
                    vi:
                        "Tệp không nêu đơn vị nào. Hãy viết dòng tiêu đề gồm mã (hoặc tên) và số lượng, sau đó mỗi đơn vị "
                        + "một dòng."
                )
            )
        }
        let sum = rows.reduce(0) { $0 + $1.seats }
        if let total, problems.isEmpty, total.seats != sum {
            problems.append(
                Problem(
                    line: total.line,
                    phrase: Phrase(
                        "The total is said to be \(total.seats), but the lines sum to \(sum). Correct the seats or the total.",
                        vi: "Tổng ghi là \(total.seats) nhưng các dòng cộng lại là \(sum). Hãy sửa số lượng hoặc tổng."
                    )
                )
            )
        }
    }

    /// A refusal of the whole file.
    func refusal(_ phrase: Phrase) -> CollectorError {
        CollectorError(.invalidArgument, Phrase("\(name): \(phrase.english)", vi: "\(name): \(phrase.vietnamese)"))
    }

    private func text(_ bytes: [UInt8]) throws(CollectorError) -> String {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        let form = Form(bytes)
        guard form == .text, let text = String(validating: content, as: UTF8.self) else {
            throw refusal(form.refusal)
        }
        // One form for letters with marks, so that what is looked up and what is shown is the same.
        return text.precomposedStringWithCanonicalMapping
    }

    /// Lines that end with CR, LF, or both.
    private static func lines(_ text: String) -> [Substring] {
        // CR and LF together are one character.
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    }

    private mutating func read(_ line: Substring, number: Int) throws(CollectorError) {
        let content = AllocationColumns.trimmed(line)
        if content.isEmpty { return }
        // With this line a spreadsheet tells another one what separates the columns; the header tells it too.
        if number == 1, content.lowercased().hasPrefix("sep="), content.utf8.count <= 5 { return }
        if content.hasPrefix("#") { return readComment(content.dropFirst(), number: number) }
        guard let columns else {
            columns = try AllocationColumns(header: content, file: self, line: number)
            return
        }
        if columns.isEmpty(content) { return }
        guard rows.count + problems.count < Self.rowLimit else {
            throw refusal(
                Phrase(
                    "The file has over \(Self.rowLimit) lines. Divide it.",
                    vi: "Tệp có hơn \(Self.rowLimit) dòng. Hãy chia nhỏ tệp."
                )
            )
        }
        do throws(AllocationColumns.Fault) {
            rows.append(try columns.row(line, number: number))
        } catch {
            problems.append(Problem(line: number, phrase: error.phrase))
        }
    }

    private mutating func readComment(_ comment: Substring, number: Int) {
        let parts = comment.split(maxSplits: 1) { $0 == ":" || $0 == "=" }
        let words = parts.first.map { AllocationColumns.key($0) } ?? ""
        guard parts.count == 2, ["total", "tong"].contains(words.prefix { $0 != " " }) else { return }
        do throws(AllocationColumns.Fault) {
            // A total in other words must not pass for a remark.
            guard Self.totals.contains(words) else {
                throw AllocationColumns.Fault(
                    Phrase(
                        "Is this a total? Write `# total: NUMBER`, or begin the remark with another word.",
                        vi: "Đây có phải là dòng tổng? Hãy viết `# tổng: SỐ`, hoặc bắt đầu ghi chú bằng từ khác."
                    )
                )
            }
            let seats = try AllocationColumns.number(
                AllocationColumns.trimmed(parts[1]),
                in: 0...TermService.totalSeats.upperBound
            )
            if let total {
                throw AllocationColumns.Fault(
                    Phrase(
                        "The total is said in line \(total.line) already. Remove one of them.",
                        vi: "Tổng đã được ghi ở dòng \(total.line). Hãy bỏ bớt một dòng."
                    )
                )
            }
            total = (number, seats)
        } catch {
            problems.append(Problem(line: number, phrase: error.phrase))
        }
    }
}
