internal import Shared

extension TermBook {
    /// Whether units may be given seats of a term one by one.
    ///
    /// With its first allocation a term that has begun takes the place of others, and who holds a seat there keeps one as far
    /// as the own unit has some in the new term. So the first allocations are those of all units.
    /// - Throws: `CollectorError` (`failedPrecondition`).
    func requireNoSuccession(by term: TermRecord, sql: SQLTransaction) throws {
        for former in yielding(to: term) {
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
}
