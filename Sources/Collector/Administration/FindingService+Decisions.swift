internal import Shared

extension FindingService {
    /// Days that a waiver may last.
    private static let waiverDays = 1...366
    private static let noteBytes = 500

    /// Says that somebody is at it: the unit's officer or the center.
    ///
    /// It counts as before.
    func acknowledge(
        _ id: UInt64,
        note: String,
        expected: UInt64,
        by caller: Caller
    ) async throws(CollectorError) -> FindingEntry {
        try caller.requireChange()
        let note = try Self.note(note)
        return try await decide(id, expected: expected, by: caller, as: .acknowledged) { found, sql, _, now in
            switch found.state {
            case .open: break
            case .acknowledged:
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "Finding \(id) was acknowledged already, by \(found.acknowledgedBy).",
                        vi: "Phát hiện số \(id) đã được tiếp nhận rồi, bởi \(found.acknowledgedBy)."
                    )
                )
            case .waived, .closed:
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "Finding \(id) is waived now: there is nothing to be done until the waiver ends.",
                        vi: "Phát hiện số \(id) đang được miễn trừ: chưa phải xử lý cho đến khi hết hạn miễn trừ."
                    )
                )
            }
            try FindingStore(sql: sql).acknowledge(found.finding.id, by: caller.name, now: now)
            return note
        }
    }

    /// Tolerates it until the end of a day; a new waiver takes the place of the former.
    ///
    /// Only the center may.
    ///
    /// `until`: an ISO 8601 date, after today and at most 366 days ahead.
    func waive(
        _ id: UInt64,
        until: String,
        reason: String,
        expected: UInt64,
        by caller: Caller
    ) async throws(CollectorError) -> FindingEntry {
        try caller.requireCenter()
        let reason = try OfficerText.reason(reason)
        guard let day = Day(until) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "\"\(until.prefix(32))\" is no day. Write it as 2026-12-31.",
                    vi: "\"\(until.prefix(32))\" không phải là một ngày. Hãy viết theo dạng 2026-12-31."
                )
            )
        }
        return try await decide(id, expected: expected, by: caller, as: .waived) { found, sql, policy, now in
            guard Self.waiverDays.contains(day.days(since: policy.terms.today)) else {
                let first = policy.terms.today.adding(days: Self.waiverDays.lowerBound)
                let last = policy.terms.today.adding(days: Self.waiverDays.upperBound)
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "A waiver ends on a day from \(first) to \(last). Choose another day.",
                        vi: "Ngày kết thúc miễn trừ phải từ \(first) đến \(last). Hãy chọn ngày khác."
                    )
                )
            }
            let end = day.adding(days: 1).start(minutesAhead: policy.minutesAheadOfUTC)
            let waiver = Waiver(until: Milliseconds(end), by: caller.name, reason: reason)
            try FindingStore(sql: sql).waive(found.finding.id, waiver)
            return policy.words(waiver)
        }
    }

    /// Takes a waiver back before its end.
    ///
    /// Only the center may.
    func unwaive(
        _ id: UInt64,
        reason: String,
        expected: UInt64,
        by caller: Caller
    ) async throws(CollectorError) -> FindingEntry {
        try caller.requireCenter()
        let reason = try Self.note(reason)
        return try await decide(id, expected: expected, by: caller, as: .unwaived) { found, sql, _, _ in
            guard found.state == .waived else {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "Finding \(id) is not waived, so there is no waiver to take back.",
                        vi: "Phát hiện số \(id) không được miễn trừ nên không có miễn trừ nào để hủy."
                    )
                )
            }
            try FindingStore(sql: sql).unwaive(found.finding.id)
            return reason
        }
    }

    /// One decision in one transaction: checked, done, counted and written down.
    ///
    /// `change`: makes the change, and says what the events are to say of it.
    private func decide(
        _ id: UInt64,
        expected: UInt64,
        by caller: Caller,
        as event: FindingEvent.Kind,
        change: @Sendable (FindingDetails, SQLTransaction, Policy, Milliseconds) throws -> String
    ) async throws(CollectorError) -> FindingEntry {
        let now = clock.now()
        return try await database.write { sql in
            let found = try Self.require(id, for: caller, sql: sql)
            try Self.checkRevision(of: found, expected: expected, for: caller, sql: sql)
            guard found.state != .closed else {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "Finding \(id) is closed: a later report proved that it no longer holds.",
                        vi: "Phát hiện số \(id) đã đóng: báo cáo sau đó chứng minh vi phạm không còn nữa."
                    )
                )
            }
            let policy = try PolicyStore(sql: sql).policy(now: now)
            let detail = try change(found, sql, policy, now)
            let ledger = FindingLedger(sql: sql, policy: policy, now: now)
            let actor = "officer:\(caller.name)"
            try ledger.record(found.finding.id, event, actor: actor, detail: detail)
            try ledger.recount(found.deviceID)
            try AuditStore(sql: sql).add(
                actor: actor,
                action: "finding-\(event.rawValue)",
                target: "finding:\(id)",
                detail: detail,
                now: now
            )
            return FindingEntry(try Self.require(id, for: caller, sql: sql), policy: policy, now: now)
        }
    }

    private static func checkRevision(
        of found: FindingDetails,
        expected: UInt64,
        for caller: Caller,
        sql: SQLTransaction
    ) throws {
        guard expected != UInt64(clamping: found.revision) else { return }
        let id = found.finding.id
        let sight = OfficerSight(sql: sql, caller: caller)
        let last = try FindingEventStore(sql: sql).last(of: id)?.seen(by: sight, of: found.deviceID)
        let actor = last?.actor ?? FindingEventStore.collector
        let phrase =
            actor == FindingEventStore.actor(of: found.deviceID)
            ? Phrase(
                "Finding \(id) was changed meanwhile by a report (\(actor)). Look at it again: khien finding show \(id).",
                vi: "Phát hiện số \(id) vừa thay đổi theo báo cáo của thiết bị (\(actor)). "
                    + "Hãy xem lại: khien finding show \(id)."
            )
            : Phrase(
                "Finding \(id) was changed meanwhile by \(actor). Look at it again: khien finding show \(id).",
                vi: "Phát hiện số \(id) vừa được \(actor) thay đổi. Hãy xem lại: khien finding show \(id)."
            )
        throw CollectorError(.aborted, phrase)
    }

    /// What may be left out, as it is kept.
    private static func note(_ text: String) throws(CollectorError) -> String {
        let kept = OfficerText.plain(text)
        guard kept.utf8.count <= noteBytes else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "The note is longer than \(noteBytes) bytes. Shorten it.",
                    vi: "Ghi chú dài quá \(noteBytes) byte. Hãy viết ngắn lại."
                )
            )
        }
        return kept
    }
}
