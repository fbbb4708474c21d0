internal import Shared

/// Which columns of a table say the unit and the seats, and how a line is divided into them.
struct AllocationColumns: Sendable {
    /// What is wrong with a line.
    struct Fault: Error {
        var phrase: Phrase

        init(_ phrase: Phrase) {
            self.phrase = phrase
        }
    }

    /// Headers without marks, in lower case.
    private static let codeHeaders: Set<String> = ["code", "unit code", "unit", "ma", "ma don vi"]
    private static let nameHeaders: Set<String> = [
        "name", "unit name", "ten", "ten don vi", "don vi", "co quan don vi", "ten co quan don vi",
    ]
    private static let seatsHeaders: Set<String> = [
        "seats", "allocated seats", "allocated", "allocation", "so luong", "phan bo", "so luong phan bo", "so suat",
        "suat", "so ban quyen", "so luong ban quyen", "ban quyen",
    ]
    /// What stands in front of the sum at the end of a table.
    private static let sumNames: Set<String> = ["total", "sum", "tong", "tong cong", "tong so", "cong"]

    private let separator: Character
    private let count: Int
    private let code: Int?
    private let name: Int?
    private let seats: Int

    /// Reads the header, and finds the separator by it.
    /// - Throws: `CollectorError` (`invalidArgument`) when it does not say which columns are the unit and the seats.
    init(header: Substring, file: AllocationFile, line: Int) throws(CollectorError) {
        for separator: Character in ["\t", ";", ","] {
            guard let fields = Self.fields(header, separator), fields.count > 1 else { continue }
            let keys = fields.map { Self.key($0) }
            func positions(_ headers: Set<String>) -> [Int] { keys.indices.filter { headers.contains(keys[$0]) } }
            let (codes, names, seats) = (
                positions(Self.codeHeaders), positions(Self.nameHeaders), positions(Self.seatsHeaders)
            )
            guard codes.count <= 1, names.count <= 1, !(codes + names).isEmpty, seats.count == 1 else { continue }
            self.separator = separator
            count = fields.count
            code = codes.first
            name = names.first
            self.seats = seats[0]
            return
        }
        throw file.refusal(
            Phrase(
                "Line \(line) must be the header: code or name (or both), and seats, each once, separated by tabs, "
                    + "semicolons or commas. Write, for example, \"code;seats\".",
                vi:
                    "Dòng \(line) phải là dòng tiêu đề: mã hoặc tên (hoặc cả hai) và số lượng, mỗi cột một lần, cách nhau "
                    + "bằng dấu tab, dấu chấm phẩy hoặc dấu phẩy. Ví dụ: \"mã;số lượng\"."
            )
        )
    }

    /// Whether a line has separators only, as spreadsheets write below a table.
    func isEmpty(_ line: Substring) -> Bool { line.allSatisfy { $0 == separator || $0.isWhitespace } }

    /// One unit's line.
    func row(_ line: Substring, number: Int) throws(Fault) -> AllocationFile.Row {
        guard let fields = Self.fields(line, separator) else {
            throw Fault(
                Phrase(
                    "A quotation mark is not closed. Close it on the same line.",
                    vi: "Thiếu dấu ngoặc kép đóng. Hãy đóng dấu ngoặc kép trên cùng một dòng."
                )
            )
        }
        guard fields.count == count else {
            throw Fault(
                Phrase(
                    "There are \(fields.count) columns, the header has \(count). Put what has the separator inside into "
                        + "quotation marks.",
                    vi:
                        "Dòng có \(fields.count) cột, dòng tiêu đề có \(count) cột. Nếu nội dung chứa dấu phân cách, hãy đặt "
                        + "trong dấu ngoặc kép."
                )
            )
        }
        let code = code.map { fields[$0] } ?? ""
        let name = name.map { fields[$0] } ?? ""
        guard !code.isEmpty || !name.isEmpty else {
            throw Fault(
                Phrase(
                    "The line names no unit. Write its code or name.",
                    vi: "Dòng không nêu đơn vị. Hãy ghi mã hoặc tên đơn vị."
                )
            )
        }
        guard !Self.sumNames.contains(Self.key(code.isEmpty ? name : code)) else {
            throw Fault(
                Phrase(
                    "This looks like the sum of the table. Remove the line, or write it as \"# total: 5037\".",
                    vi: "Đây có vẻ là dòng tổng cộng. Hãy bỏ dòng này, hoặc viết thành \"# total: 5037\"."
                )
            )
        }
        return AllocationFile.Row(
            line: number,
            code: code,
            name: name,
            seats: try Self.number(fields[seats][...], in: AllocationService.seats)
        )
    }

    /// Digits only: what else a number could mean differs from country to country.
    static func number(_ text: Substring, in range: ClosedRange<Int>) throws(Fault) -> Int {
        let quoted = UnitName.quoted(String(text))
        guard !text.isEmpty else {
            throw Fault(
                Phrase(
                    "There is no number of seats. Write 0 where the unit is to hold none.",
                    vi: "Thiếu số lượng. Hãy ghi 0 nếu đơn vị không được phân bổ."
                )
            )
        }
        if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            guard text.utf8.count <= 9, let number = Int(text), range.contains(number) else {
                throw Fault(
                    Phrase(
                        "\(quoted) is over \(range.upperBound). Check the number.",
                        vi: "\(quoted) vượt quá \(range.upperBound). Hãy kiểm tra lại số lượng."
                    )
                )
            }
            return number
        }
        if text.hasPrefix("-") || text.hasPrefix("\u{2212}") {
            throw Fault(
                Phrase(
                    "\(quoted) is negative. Write what the unit is to hold, 0 or more.",
                    vi: "\(quoted) là số âm. Hãy ghi số suất đơn vị được phân bổ, từ 0 trở lên."
                )
            )
        }
        let digits = text.filter { $0.isASCII && $0.isNumber }
        if !digits.isEmpty, text.allSatisfy({ ($0.isASCII && $0.isNumber) || ".,' \u{A0}\u{202F}".contains($0) }) {
            throw Fault(
                Phrase(
                    "\(quoted) has a separator, which may stand for thousands or for a fraction. Write the digits only, such "
                        + "as 1250.",
                    vi:
                        "\(quoted) có dấu phân cách, không rõ là hàng nghìn hay phần thập phân. Hãy chỉ ghi chữ số, ví dụ "
                        + "1250."
                )
            )
        }
        throw Fault(
            Phrase(
                "\(quoted) is not a number of seats. Write the digits only, such as 50.",
                vi: "\(quoted) không phải là số lượng hợp lệ. Hãy chỉ ghi chữ số, ví dụ 50."
            )
        )
    }

    /// A header or a word, without marks and in lower case.
    static func key(_ text: some StringProtocol) -> String {
        String(String.UnicodeScalarView(UnitName.folded(String(text))))
    }

    /// Without white space and invisible marks around it.
    static func trimmed(_ text: Substring) -> Substring {
        func isBlank(_ character: Character) -> Bool { character.isWhitespace || character == "\u{FEFF}" }
        let front = text.drop(while: isBlank)
        return front.lastIndex { !isBlank($0) }.map { front[...$0] } ?? front[front.startIndex..<front.startIndex]
    }

    /// The fields of a line, with those in quotation marks unwrapped; `nil` when a mark is not closed.
    private static func fields(_ line: Substring, _ separator: Character) -> [String]? {
        var fields: [String] = []
        var rest = line[...]
        while true {
            let start = rest.drop { $0 == " " }
            if start.first == "\"" {
                guard let (field, after) = quoted(start.dropFirst()) else { return nil }
                let tail = after.prefix { $0 != separator }
                fields.append(String(trimmed(Substring(field + tail))))
                rest = after.dropFirst(tail.count)
            } else {
                let field = rest.prefix { $0 != separator }
                fields.append(String(trimmed(field)))
                rest = rest.dropFirst(field.count)
            }
            guard rest.first == separator else { return fields }
            rest = rest.dropFirst()
        }
    }

    /// What stands up to the closing mark, where two marks mean one, and what follows.
    private static func quoted(_ text: Substring) -> (field: String, after: Substring)? {
        var field = ""
        var rest = text
        while let end = rest.firstIndex(of: "\"") {
            field += rest[..<end]
            rest = rest[rest.index(after: end)...]
            guard rest.first == "\"" else { return (field, rest) }
            field += "\""
            rest = rest.dropFirst()
        }
        return nil
    }
}
