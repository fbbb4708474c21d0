internal import Shared

/// Adds, renames, merges, splits and closes units, each by a decision and in one transaction.
///
/// Devices, seats, findings, requests, tokens and officers go along; nothing of what was before is overwritten.
struct UnitChangeService: Sendable {
    /// Those of an answer and of a list.
    static let unitLimit = 10_000
    /// The groups that the command line and the appendix know.
    static let groups: Set<String> = ["department", "district", "commune", "other"]

    let database: Database
    let clock: WallClock

    /// A unit that is to be.
    struct NewUnit: Sendable, Hashable {
        var code: String
        var name: String
        var group: String
    }

    func add(_ unit: NewUnit, decision: Decision, by caller: Caller) async throws(CollectorError) -> UnitChangeRecord {
        try await change(decision, by: caller) { work in
            let unit = try work.insert(unit)
            return try work.record(.add, unit: unit.code, day: try work.day([]))
        }
    }

    /// Gives a unit another name, and another group where one is given; the former name goes on leading to it.
    func rename(
        _ unit: String,
        name: String,
        group: String,
        decision: Decision,
        expectedRevision: UInt64,
        by caller: Caller
    ) async throws(CollectorError) -> UnitChangeRecord {
        try await change(decision, by: caller) { work in
            let former = try work.directory.standing(unit, for: caller)
            try UnitRevision.check(former, expected: expectedRevision, sql: work.sql)
            let name = try work.checkedName(name, besides: former.code)
            let group = group.isEmpty ? former.group : try Self.checkedGroup(group)
            // By their bytes: letters that were stored decomposed may be stored composed.
            guard !name.utf8.elementsEqual(former.name.utf8) || group != former.group else {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "The unit \"\(former.code)\" has that name already. Nothing was changed.",
                        vi: "Đơn vị \"\(former.code)\" đã mang tên này. Không có gì thay đổi."
                    )
                )
            }
            let day = try work.day([former])
            try work.changes.rename(former.code, name: name, group: group)
            return try work.record(.rename, unit: former.code, day: day) { change in
                change.formerName = name == former.name ? "" : former.name
                change.formerGroup = group == former.group ? "" : former.group
            }
        }
    }

    /// Closes a unit without devices in service; its seats go back to the reserve, and its open requests are withdrawn.
    func close(_ unit: String, decision: Decision, by caller: Caller) async throws(CollectorError) -> UnitChangeRecord {
        let answer = Phrase(
            "The unit was closed by \(decision.document).",
            vi: "Đơn vị đã ngừng hoạt động theo văn bản \(decision.document)."
        ).description
        return try await change(decision, by: caller) { work in
            let unit = try work.directory.standing(unit, for: caller)
            let devices = try UnitStore(sql: work.sql).deviceCount(unit.code)
            guard devices == 0 else {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "The unit \"\(unit.code)\" has \(devices) devices in service. Move or retire them first, or merge "
                            + "the unit into another one.",
                        vi:
                            "Đơn vị \"\(unit.code)\" còn \(devices) thiết bị đang sử dụng. Hãy chuyển hoặc ngừng sử dụng các "
                            + "thiết bị đó trước, hoặc sáp nhập đơn vị vào đơn vị khác."
                    )
                )
            }
            let day = try work.day([unit])
            var seats = 0
            for account in try work.changes.accounts(of: unit.code) {
                let term = try work.term(account.term)
                try work.transfer.post(
                    account.cap,
                    term: term,
                    from: .unit(unit.code),
                    to: .reserve,
                    earlier: .holdsLater
                )
                seats += work.isCounted(term) ? account.cap : 0
            }
            try work.changes.auditClosing(of: unit.code, by: "officer:\(caller.name)", now: work.now)
            try RequestStore(sql: work.sql).withdrawAll(
                of: unit.code,
                answer: answer,
                by: caller.name,
                now: work.now
            )
            try work.changes.revokeTokens(of: unit.code, now: work.now)
            try work.changes.close(unit.code, on: day, successor: nil)
            return try work.record(.close, unit: unit.code, day: day) { $0.seats = seats }
        }
    }

    /// Runs a change in one transaction, for an officer of the center with a decision's document.
    func change<Result: Sendable>(
        _ decision: Decision,
        by caller: Caller,
        _ body: @Sendable (UnitChangeWork) throws -> Result
    ) async throws(CollectorError) -> Result {
        try caller.requireCenter()
        let now = clock.now()
        return try await database.write { sql in
            try body(
                UnitChangeWork(
                    sql: sql,
                    policy: try PolicyStore(sql: sql).policy(now: now),
                    now: now,
                    officer: caller.name,
                    decision: decision
                )
            )
        }
    }

    static func checkedGroup(_ group: String) throws(CollectorError) -> String {
        guard groups.contains(group) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A unit's group is department, district, commune or other.",
                    vi: "Nhóm của đơn vị là một trong các giá trị: department, district, commune, other."
                )
            )
        }
        return group
    }
}

/// Tells whoever decides on an earlier look at a unit.
enum UnitRevision {
    /// - Throws: `CollectorError` (`aborted`) that says who changed the unit.
    static func check(_ unit: UnitIdentity, expected: UInt64, sql: SQLTransaction) throws {
        guard UInt64(clamping: unit.revision) != expected else { return }
        let last = try UnitChangeStore(sql: sql).lastActor(of: unit.code)
        let who = last.map { $0.actor.replacing("officer:", with: "") }
        throw CollectorError(
            .aborted,
            Phrase(
                "The unit \"\(unit.code)\" is not as you looked at it\(who.map { ": it was changed by \($0)" } ?? ""). Nothing "
                    + "was changed now. Look at it again "
                    + "(`khien unit show \(unit.code)`), then decide.",
                vi:
                    "Đơn vị \"\(unit.code)\" không còn như khi xem\(who.map { ": đã được \($0) thay đổi" } ?? ""). Yêu cầu "
                    + "này chưa được thực hiện. Hãy xem lại đơn vị "
                    + "(`khien unit show \(unit.code)`) rồi quyết định."
            )
        )
    }
}
