internal import Shared

extension UnitChangeService {
    /// Units of one merger.
    private static let mergeLimit = 100

    /// Merges units into another one: their devices, seats in every term, places in the queue, findings, open requests,
    /// tokens and officers go along, and their codes and names lead to it from then on.
    func merge(
        _ units: [String],
        into target: String,
        decision: Decision,
        by caller: Caller
    ) async throws(CollectorError) -> [UnitChangeRecord] {
        guard (1...Self.mergeLimit).contains(units.count) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "Name 1 to \(Self.mergeLimit) units that go into the other one.",
                    vi: "Hãy nêu từ 1 đến \(Self.mergeLimit) đơn vị được sáp nhập."
                )
            )
        }
        return try await change(decision, by: caller) { work in
            let target = try work.directory.standing(target, for: caller)
            var going: [UnitIdentity] = []
            for unit in try units.map({ try work.directory.standing($0, for: caller) }) {
                guard unit.code != target.code else {
                    throw CollectorError(
                        .failedPrecondition,
                        Phrase(
                            "The unit \"\(unit.code)\" cannot go into itself. Name another one to go into.",
                            vi:
                                "Không thể sáp nhập đơn vị \"\(unit.code)\" vào chính nó. Hãy chọn đơn vị tiếp nhận khác."
                        )
                    )
                }
                guard !going.contains(where: { $0.code == unit.code }) else {
                    throw CollectorError(
                        .failedPrecondition,
                        Phrase(
                            "The unit \"\(unit.code)\" is named twice. Name it once.",
                            vi: "Đơn vị \"\(unit.code)\" được nêu hai lần. Hãy chỉ nêu một lần."
                        )
                    )
                }
                going.append(unit)
            }
            let day = try work.day(going + [target])
            let changes = try going.map { try work.merge($0, into: target, day: day) }
            try work.changes.touch(target.code)
            try work.promote(target.code)
            return changes
        }
    }
}

extension UnitChangeWork {
    fileprivate func merge(_ unit: UnitIdentity, into target: UnitIdentity, day: Day) throws -> UnitChangeRecord {
        let devices = try UnitStore(sql: sql).deviceCount(unit.code)
        var seats = 0
        for account in try changes.accounts(of: unit.code) {
            let term = try term(account.term)
            try transfer.post(
                account.cap,
                term: term,
                from: .unit(unit.code),
                to: .unit(target.code),
                earlier: .holdsLater
            )
            try changes.moveUsed(account.used, from: (term.id, unit.code), to: (term.id, target.code))
            seats += isCounted(term) ? account.cap : 0
        }
        try changes.auditMove(from: unit.code, to: target.code, by: "officer:\(officer)", now: now)
        let officers = try changes.moveAll(from: unit.code, to: target.code, now: now)
        try changes.close(unit.code, on: day, successor: target.code)
        return try record(.merge, unit: target.code, other: unit.code, day: day) { change in
            change.seats = seats
            change.devices = devices
            change.officers = officers
        }
    }
}
