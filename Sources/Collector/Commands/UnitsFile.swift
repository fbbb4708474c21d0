internal import Shared

/// The appendix of a decision: which unit gets how many seats.
///
/// Text in UTF-8, one unit a line, four columns separated by tabs under the header `code group name seats`. Lines that
/// begin with `#` are comments; `# total: N` says what the seats must sum to.
public struct UnitsFile: Sendable, Hashable {
    /// Units, as the wire's list of units allows.
    ///
    /// Source: administration.proto, `ListUnitsResponse`.
    static let unitLimit = 10_000
    /// Seats of one unit.
    static let seatLimit = 100_000
    /// The size of a file, in bytes.
    static let byteLimit = 2 * 1024 * 1024
    /// A unit's official name, in bytes.
    static let nameBytes = 256

    /// The units in the file's order.
    public private(set) var units: [InitialData.UnitAllocation] = []
    /// The sum of their seats.
    public var totalSeats: Int { units.reduce(0) { $0 + $1.seats } }

    private var codes: Set<String> = []
    private var stated: StatedTotal?

    private struct StatedTotal: Hashable {
        let line: Int
        let seats: Int
    }

    /// The official appendix of the province.
    /// - Throws: `CollectorError` (`internal`) when the program is damaged.
    public static func official() throws(CollectorError) -> UnitsFile {
        try UnitsFile(bytes: Array(OfficialAppendix.text.utf8), name: "the official appendix")
    }

    /// Reads a file.
    /// - Throws: `CollectorError`: `dataDirectory` when it cannot be read, `invalidArgument` naming the line otherwise.
    public init(path: String) throws(CollectorError) {
        try self.init(bytes: try StateFile.read(path, limit: Self.byteLimit), name: path)
    }

    /// Reads a file's content; messages call the file by `name`.
    /// - Throws: `CollectorError` (`invalidArgument`) naming the line and what to do.
    public init(bytes: [UInt8], name: String) throws(CollectorError) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            throw CollectorError(.invalidArgument, "\(name) is not text in UTF-8. Save it as UTF-8.")
        }
        var hasHeader = false
        for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let place = "\(name), line \(index + 1)"
            let content = String(Substring(line.last == 0x0D ? line.dropLast() : line))
            if content.allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
            if content.hasPrefix("#") {
                try readComment(content, line: index + 1, place: place)
            } else if hasHeader {
                try readUnit(content, place: place)
            } else {
                guard content == "code\tgroup\tname\tseats" else {
                    throw CollectorError(
                        .invalidArgument,
                        "\(place): the first line must be the header code, group, name, seats, with tabs. Add it."
                    )
                }
                hasHeader = true
            }
        }
        guard !units.isEmpty else {
            throw CollectorError(.invalidArgument, "\(name) names no unit. Write one line for each unit.")
        }
        if let stated, stated.seats != totalSeats {
            throw CollectorError(
                .invalidArgument,
                "\(name), line \(stated.line): the total is said to be \(stated.seats), but the units' seats sum to "
                    + "\(totalSeats). Correct the seats or the total."
            )
        }
    }

    private mutating func readComment(_ line: String, line number: Int, place: String) throws(CollectorError) {
        let words = line.dropFirst().split(separator: " ")
        guard words.first == "total:" else { return }
        guard stated == nil else {
            throw CollectorError(.invalidArgument, "\(place): the total is said twice. Remove one of them.")
        }
        guard words.count == 2, let seats = Self.number(words[1]) else {
            throw CollectorError(.invalidArgument, "\(place): the total is not a number. Write '# total: 5037'.")
        }
        stated = StatedTotal(line: number, seats: seats)
    }

    private mutating func readUnit(_ line: String, place: String) throws(CollectorError) {
        let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard columns.count == 4 else {
            throw CollectorError(
                .invalidArgument,
                "\(place): \(columns.count) columns, there must be 4: code, group, name, seats, separated by tabs."
            )
        }
        let code = String(columns[0])
        guard Self.isCode(code) else {
            throw CollectorError(
                .invalidArgument,
                "\(place): '\(code.prefix(64))' is not a code. Use 1 to 64 characters of a-z, 0-9 and '-', "
                    + "and none of reserve, contract and center."
            )
        }
        guard codes.insert(code).inserted else {
            throw CollectorError(
                .invalidArgument,
                "\(place): the code '\(code)' is there twice. Give each unit its own."
            )
        }
        guard UnitChangeService.groups.contains(String(columns[1])) else {
            throw CollectorError(
                .invalidArgument,
                "\(place): the group is neither department, district, commune nor other. Write one."
            )
        }
        let name = OfficerText.plain(String(columns[2]))
        guard (1...Self.nameBytes).contains(name.utf8.count),
            columns[2].unicodeScalars.allSatisfy({ !$0.isControl })
        else {
            throw CollectorError(
                .invalidArgument,
                "\(place): the name is empty, over \(Self.nameBytes) bytes, or has control characters. Write the name."
            )
        }
        guard let seats = Self.number(columns[3]), seats <= Self.seatLimit else {
            throw CollectorError(
                .invalidArgument,
                "\(place): the seats of '\(code)' are not a number from 0 to \(Self.seatLimit). Write digits only."
            )
        }
        guard units.count < Self.unitLimit else {
            throw CollectorError(
                .invalidArgument,
                "\(place): there are over \(Self.unitLimit) units. Shorten the file."
            )
        }
        units.append(InitialData.UnitAllocation(code: code, group: String(columns[1]), name: name, seats: seats))
    }

    /// Digits only: no sign, no separators.
    private static func number(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// Words that stand for no unit where a unit's code could stand.
    private static let reservedCodes: Set<String> = ["reserve", "contract", "center"]

    static func isCode(_ text: String) -> Bool {
        !reservedCodes.contains(text) && (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
