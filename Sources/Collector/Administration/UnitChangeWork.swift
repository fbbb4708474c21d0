internal import Shared

/// One change of units, within its transaction.
struct UnitChangeWork {
    let sql: SQLTransaction
    let policy: Policy
    let now: Milliseconds
    let officer: String
    let decision: Decision

    var directory: UnitDirectory { UnitDirectory(sql: sql) }
    var changes: UnitChangeStore { UnitChangeStore(sql: sql) }
    var transfer: LedgerTransfer {
        LedgerTransfer(sql: sql, policy: policy, now: now, officer: officer, decision: decision)
    }

    /// From which day the change holds: not in the future, and not before what was decided last about one of the units.
    func day(_ units: [UnitIdentity]) throws -> Day {
        let today = policy.terms.today
        let day = decision.effectiveOn ?? today
        guard day <= today else {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "\(day) is in the future. Write the change down on that day, or give the day from which it holds.",
                    vi: "Ngày \(day) ở tương lai. Hãy ghi nhận thay đổi vào ngày đó, hoặc nêu ngày đã có hiệu lực."
                )
            )
        }
        for unit in units {
            guard let last = try changes.lastDay(of: unit.code), day < last else { continue }
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "\(day) is before the last change of \"\(unit.code)\", which was on \(last). Take that day or a later one.",
                    vi: "Ngày \(day) trước lần thay đổi gần nhất của đơn vị \"\(unit.code)\" (ngày \(last)). "
                        + "Hãy chọn ngày đó hoặc ngày muộn hơn."
                )
            )
        }
        return day
    }

    func term(_ id: Int64) throws(CollectorError) -> TermRecord {
        guard let term = policy.terms.term(id) else {
            throw CollectorError(.internal, "The database holds an account of a term that there is not.")
        }
        return term
    }

    /// Whether a term's seats are among those that lists show.
    func isCounted(_ term: TermRecord) -> Bool { policy.terms.counting.contains { $0.id == term.id } }

    /// Hands a unit's free seats to its devices that wait.
    func promote(_ code: String) throws {
        let seats = SeatLedger(sql: sql, policy: policy, now: now)
        for family in policy.terms.licensedFamilies.sorted() { try seats.promote(unit: code, family: family) }
    }

    /// Adds a unit, after the others in every list.
    /// - Returns: it, with its parts checked.
    func insert(_ unit: UnitChangeService.NewUnit) throws -> UnitChangeService.NewUnit {
        guard UnitsFile.isCode(unit.code) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "\(UnitName.quoted(unit.code)) is not a code. Use 1 to 64 characters of a-z, 0-9 and \"-\", and "
                        + "none of reserve, contract and center.",
                    vi:
                        "\(UnitName.quoted(unit.code)) không phải là mã hợp lệ. Mã gồm 1 đến 64 ký tự a-z, 0-9 và \"-\", "
                        + "và không được là reserve, contract hay center."
                )
            )
        }
        let group = try UnitChangeService.checkedGroup(unit.group)
        let units = UnitStore(sql: sql)
        if let former = try units.identity(unit.code) {
            throw CollectorError(
                .alreadyExists,
                Phrase(
                    "The code \"\(former.code)\" is, or was, that of \(former.name). A code is never used again: "
                        + "choose another one.",
                    vi:
                        "Mã \"\(former.code)\" đang hoặc đã thuộc về \(former.name). Mã không được dùng lại: hãy chọn mã khác."
                )
            )
        }
        let name = try checkedName(unit.name, besides: unit.code)
        let place = try units.nextPlace()
        guard place.standing < UnitChangeService.unitLimit else {
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "There are \(place.standing) units, and no more than that are kept. Close or merge some first.",
                    vi: "Đã có \(place.standing) đơn vị, là số tối đa. Hãy đóng hoặc sáp nhập bớt đơn vị trước."
                )
            )
        }
        try units.insert(code: unit.code, name: name, group: group, position: place.position)
        return UnitChangeService.NewUnit(code: unit.code, name: name, group: group)
    }

    /// - Throws: `CollectorError`: `invalidArgument` for no name; `alreadyExists` for one that another unit has.
    func checkedName(_ text: String, besides code: String) throws -> String {
        let name = try OfficerText.checked(
            text,
            bytes: 1...UnitsFile.nameBytes,
            of: Phrase("name of a unit", vi: "Tên đơn vị")
        )
        let key = UnitName.key(name)
        let others = try UnitStore(sql: sql).identities(leadingTo: nil)
        if let other = others.first(where: { $0.closedOn == nil && $0.code != code && UnitName.key($0.name) == key }) {
            throw CollectorError(
                .alreadyExists,
                Phrase(
                    "The unit \"\(other.code)\" has that name. Choose another one, so that a name says which unit is meant.",
                    vi: "Đơn vị \"\(other.code)\" đã mang tên này. Hãy chọn tên khác để mỗi tên chỉ một đơn vị."
                )
            )
        }
        return name
    }

    /// Writes the change down, with its audit row.
    func record(
        _ kind: UnitChangeRecord.Kind,
        unit: String,
        other: String? = nil,
        day: Day,
        _ details: (inout UnitChangeRecord) -> Void = { _ in }
    ) throws -> UnitChangeRecord {
        var change = UnitChangeRecord(
            kind: kind,
            unit: unit,
            other: other,
            effectiveOn: day,
            document: decision.document,
            reason: decision.reason,
            officer: officer,
            recordedAt: now
        )
        details(&change)
        let action =
            switch kind {
            case .add: "unit-added"
            case .rename: "unit-renamed"
            case .merge: "unit-merged"
            case .split: "unit-split"
            case .close: "unit-closed"
            }
        try AuditStore(sql: sql).add(
            actor: "officer:\(officer)",
            action: action,
            target: "unit:\(unit)",
            detail: [
                other.map { "other \($0)" }, change.formerName.isEmpty ? nil : "was \(change.formerName)",
                change.formerGroup.isEmpty ? nil : "group was \(change.formerGroup)",
                "seats \(change.seats)", "devices \(change.devices)", "document \(decision.document)", "from \(day)",
            ].compactMap(\.self).joined(separator: ", "),
            now: now
        )
        return try changes.insert(change)
    }
}
