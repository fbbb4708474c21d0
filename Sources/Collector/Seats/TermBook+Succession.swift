internal import Shared

/// With its first allocation a term that has begun takes the place of others, and who holds a seat there keeps one as far as
/// the own unit has some in the new term. So the first allocations are those of all units.
extension TermBook {
    /// Units that one message names.
    private static let namedUnits = 5

    /// Whether units may be given seats of a term one by one.
    ///
    /// `isAhead`: also where the term has not begun. Who allocates ahead of time goes on until all units have theirs; who
    /// grants a request does not.
    /// - Throws: `CollectorError` (`failedPrecondition`).
    func requireNoSuccession(by term: TermRecord, isAhead: Bool = false, sql: SQLTransaction) throws {
        for former in yielding(to: term, isAhead: isAhead) {
            let used = try SeatStore(sql: sql).used(term: former.id)
            guard used > 0 else { continue }
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "With its first allocation term \(term.id) takes the place of term \(former.id), in which \(used) devices "
                        + "hold seats. Give all units theirs at once: `khien allocation import FILE --term \(term.id)`.",
                    vi:
                        "Ngay khi có phân bổ đầu tiên, kỳ bản quyền số \(term.id) thay cho kỳ số \(former.id), nơi \(used) thiết bị "
                        + "đang giữ suất. Hãy phân bổ cho tất cả các đơn vị cùng một lúc: `khien allocation import TỆP "
                        + "--term \(term.id)`."
                )
            )
        }
    }

    /// Whether a term's first allocations say of every unit that uses seats what it is to have.
    ///
    /// `units`: those that they name; a unit may be given none, as long as somebody says so.
    /// - Throws: `CollectorError` (`failedPrecondition`) with the units that are missing.
    func requireAllUnits(_ units: Set<String>, by term: TermRecord, sql: SQLTransaction) throws {
        for former in yielding(to: term) {
            let using = try SeatStore(sql: sql).unitsWithSeats(term: former.id, limit: .max)
            let missing = using.filter { !units.contains($0) }
            guard !missing.isEmpty else { continue }
            let more = missing.count > Self.namedUnits ? ", …" : ""
            let names = missing.prefix(Self.namedUnits).joined(separator: ", ") + more
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "With its first allocations term \(term.id) takes the place of term \(former.id), and the devices of units "
                        + "that are not among them would lose their seats. These use seats and are missing "
                        + "(\(missing.count)): \(names). Add a line for each; 0 where one is to have none.",
                    vi:
                        "Khi có phân bổ đầu tiên, kỳ bản quyền số \(term.id) thay cho kỳ số \(former.id); thiết bị của các đơn vị "
                        + "không có trong danh sách sẽ mất suất. Các đơn vị đang dùng suất mà còn thiếu (\(missing.count)): "
                        + "\(names). Hãy thêm một dòng cho mỗi đơn vị; ghi 0 nếu đơn vị không được phân bổ."
                )
            )
        }
    }
}
