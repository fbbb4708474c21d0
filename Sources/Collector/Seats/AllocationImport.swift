internal import Foundation
internal import Shared

/// Finds the units that a table means.
struct AllocationImport {
    /// Problems that one answer names.
    static let shownProblems = 10
    /// Bytes of one answer: it goes out in a header, where each byte of a Vietnamese letter takes three.
    private static let shownBytes = 3000

    let sql: SQLTransaction
    let file: AllocationFile
    let caller: Caller

    /// What each unit is to hold, in the units' order.
    /// - Throws: `CollectorError` (`invalidArgument`) with every line that is wrong, and what to do about it.
    func wanted() throws -> [(unit: UnitIdentity, seats: Int)] {
        let units = try UnitStore(sql: sql).identities(leadingTo: nil)
        let directory = Directory(units)
        var problems = file.problems
        var lines: [String: (line: Int, seats: Int)] = [:]
        for row in file.rows {
            do throws(CollectorError) {
                let unit = try unit(of: row, directory, isSearched: problems.count < Self.shownProblems)
                if let other = lines[unit.code] {
                    problems.append(AllocationFile.Problem(line: row.line, phrase: Self.twice(unit, other.line)))
                } else {
                    lines[unit.code] = (row.line, row.seats)
                }
            } catch {
                problems.append(AllocationFile.Problem(line: row.line, phrase: error.phrase))
            }
        }
        guard problems.isEmpty else { throw refusal(problems.sorted { $0.line < $1.line }) }
        return units.compactMap { unit in lines[unit.code].map { (unit, $0.seats) } }
    }

    /// Units by the words that a table usually has, so that 10,000 lines need no search each.
    private struct Directory {
        var units: [String: UnitIdentity] = [:]

        init(_ all: [UnitIdentity]) {
            let standing = all.filter { $0.closedOn == nil }
            let names = Dictionary(grouping: standing) { UnitName.key($0.name) }
            for (name, named) in names where named.count == 1 { units[name] = named[0] }
            for unit in standing { units[unit.code] = unit }
        }
    }

    /// The unit of a line; one that has to be searched for only where its line may still be shown.
    private func unit(
        of row: AllocationFile.Row,
        _ directory: Directory,
        isSearched: Bool
    ) throws(CollectorError) -> UnitIdentity {
        let text = row.code.isEmpty ? row.name : row.code
        let unit: UnitIdentity
        if let known = directory.units[UnitName.key(text)] {
            unit = known
        } else {
            guard isSearched else { throw UnitDirectory.unknown(text) }
            unit = try search(text)
        }
        guard !row.code.isEmpty, !row.name.isEmpty else { return unit }
        guard try !isName(row.name, of: unit, directory) else { return unit }
        guard let named = directory.units[UnitName.key(row.name)] else { throw try contradiction(row.name, unit) }
        throw CollectorError(
            .invalidArgument,
            Phrase(
                "\"\(unit.code)\" is \(unit.name), but the name is that of \"\(named.code)\". Correct one of them.",
                vi:
                    "Mã \"\(unit.code)\" là của \(unit.name), nhưng tên lại là của \"\(named.code)\". Hãy sửa lại mã hoặc tên."
            )
        )
    }

    /// Whether a unit is called so, or was, in whatever haste it is written: without marks, or with other spaces.
    private func isName(_ name: String, of unit: UnitIdentity, _ directory: Directory) throws(CollectorError) -> Bool {
        let folded = UnitName.folded(name)
        if folded == UnitName.folded(unit.name) { return true }
        if let other = directory.units[UnitName.key(name)] { return other.code == unit.code }
        return try read { try UnitStore(sql: sql).formerNames(leadingTo: unit.code) }
            .contains { UnitName.folded($0.name) == folded }
    }

    /// A line whose code and name are of two units; the name is of none, or nearly of one.
    private func contradiction(_ name: String, _ unit: UnitIdentity) throws(CollectorError) -> CollectorError {
        let near = try read { UnitDirectory.nearest(name, among: try UnitStore(sql: sql).identities(leadingTo: nil)) }
            .filter { $0.code != unit.code && $0.closedOn == nil }
        let meant = near.map { "\"\($0.code)\" (\($0.name))" }
        let written = UnitName.quoted(name)
        return CollectorError(
            .invalidArgument,
            Phrase(
                "\"\(unit.code)\" is \(unit.name), but the name in the line is \(written). "
                    + (meant.isEmpty ? "" : "Was \(meant.joined(separator: " or ")) meant? ")
                    + "Correct the code or the name.",
                vi: "Mã \"\(unit.code)\" là của \(unit.name), nhưng tên ghi trong dòng là \(written). "
                    + (meant.isEmpty ? "" : "Có phải ý là \(meant.joined(separator: " hoặc "))? ")
                    + "Hãy sửa lại mã hoặc tên."
            )
        )
    }

    private func read<Result>(_ body: () throws -> Result) throws(CollectorError) -> Result {
        do {
            return try body()
        } catch let error as CollectorError {
            throw error
        } catch {
            throw CollectorError(
                .unavailable,
                Phrase(
                    "The units cannot be read now. Try again later.",
                    vi: "Hiện không đọc được danh sách đơn vị. Hãy thử lại sau."
                ),
                cause: error
            )
        }
    }

    private func search(_ text: String) throws(CollectorError) -> UnitIdentity {
        let found = try read { try UnitDirectory(sql: sql).find(text, for: caller).unit }
        guard let closedOn = found.closedOn else { return found }
        let successor = found.successor.map { "\"\($0)\"" }
        throw CollectorError(
            .failedPrecondition,
            Phrase(
                "\"\(found.code)\" (\(found.name)) has been closed since \(closedOn)"
                    + (successor.map { " and went into \($0). Write that code." } ?? ". Remove the line."),
                vi: "\"\(found.code)\" (\(found.name)) đã ngừng hoạt động từ ngày \(closedOn)"
                    + (successor.map { " và được sáp nhập vào \($0). Hãy ghi mã mới." } ?? ". Hãy bỏ dòng này.")
            )
        )
    }

    private static func twice(_ unit: UnitIdentity, _ line: Int) -> Phrase {
        Phrase(
            "\"\(unit.code)\" (\(unit.name)) stands in line \(line) already. Remove one of them.",
            vi: "\"\(unit.code)\" (\(unit.name)) đã có ở dòng \(line). Hãy bỏ bớt một dòng."
        )
    }

    private func refusal(_ problems: [AllocationFile.Problem]) -> CollectorError {
        var english = "Nothing was changed. Correct the file:"
        var vietnamese = "Chưa có gì được thay đổi. Hãy sửa lại tệp:"
        var shown = 0
        for problem in problems.prefix(Self.shownProblems) {
            let line = "\n\(file.name), line \(problem.line): \(problem.phrase.english)"
            let inVietnamese = "\n\(file.name), dòng \(problem.line): \(problem.phrase.vietnamese)"
            guard
                shown == 0
                    || max(english.utf8.count + line.utf8.count, vietnamese.utf8.count + inVietnamese.utf8.count)
                        <= Self.shownBytes
            else { break }
            english += line
            vietnamese += inVietnamese
            shown += 1
        }
        let rest = problems.count - shown
        if rest > 0 {
            english += "\nand \(rest) more lines"
            vietnamese += "\nvà \(rest) dòng khác"
        }
        return CollectorError(.invalidArgument, Phrase(english, vi: vietnamese))
    }
}
