internal import Shared

/// Shows and changes what the province has decided: approved products, deadlines, severity, silence.
struct PolicyService: Sendable {
    private static let target = "policy"

    let database: Database
    let clock: WallClock
    let shelf: CatalogShelf
    let sweep: CatalogSweep
    /// How long a change waits for the devices to be judged again; below the shortest usual deadline of a caller.
    var answerTime: Duration = .seconds(5)

    func policy() async throws(CollectorError) -> Policy {
        let now = clock.now()
        return try await database.read { try PolicyStore(sql: $0).policy(now: now) }
    }

    /// Changes it in one transaction with everything that follows from it at once: deadlines of open findings, and
    /// which devices are in violation.
    ///
    /// Where other products are approved, every device is judged again from what it reported, in batches; the answer
    /// comes when that is done, or after `answerTime`.
    func set(
        _ change: PolicyChange,
        reason: String,
        expected: UInt64,
        by caller: Caller
    ) async throws(CollectorError) -> Policy {
        try caller.requireCenter()
        let reason = try OfficerText.reason(reason)
        let now = clock.now()
        let catalog = shelf.current.catalog
        let isJudgedAgain = try await database.write { sql in
            let policies = PolicyStore(sql: sql)
            let former = try policies.policy(now: now)
            try Self.checkRevision(of: former, expected: expected, sql: sql)
            try change.checkFamilies(of: catalog, policy: former)
            let differences = try change.differences(from: former)
            guard !differences.isEmpty else {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "The policy says so already; nothing was changed. `khien policy show` shows it.",
                        vi:
                            "Chính sách đã quy định như vậy; không có gì thay đổi. Lệnh `khien policy show` cho xem chính sách."
                    )
                )
            }
            // What was judged so far was judged by this.
            let wasNew = try policies.noteApproved(former)
            for difference in differences { try policies.set(difference.name, difference.value) }
            try policies.set("policy_revision", "\(former.revision + 1)")
            let policy = try policies.policy(now: now)
            try Self.follow(policy, from: former, sql: sql)
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "policy-set",
                target: Self.target,
                detail: differences.map(\.words).joined(separator: "; ") + "; reason: \(reason)",
                now: now
            )
            return try policies.noteApproved(policy) || wasNew
        }
        if isJudgedAgain { await sweep.pass(waitingAtMost: answerTime) }
        return try await policy()
    }

    /// What changes at once for findings that are open.
    private static func follow(_ policy: Policy, from former: Policy, sql: SQLTransaction) throws {
        let violations = FindingKind.allCases.filter(policy.isViolation)
        for kind in FindingKind.allCases {
            let days = policy.kind(kind).deadlineDays
            if days != former.kind(kind).deadlineDays { try FindingStore(sql: sql).redate(kind, days: days) }
            if policy.isViolation(kind) != former.isViolation(kind) {
                try DeviceStore(sql: sql).recountViolations(of: kind, violations: violations)
            }
        }
    }

    private static func checkRevision(of policy: Policy, expected: UInt64, sql: SQLTransaction) throws {
        guard expected != UInt64(clamping: policy.revision) else { return }
        let actor = try AuditStore(sql: sql).rows(of: target, limit: 1).first?.actor ?? "init"
        throw CollectorError(
            .aborted,
            Phrase(
                "The policy was changed meanwhile by \(actor). Look at it again: khien policy show.",
                vi: "Chính sách vừa được \(actor) thay đổi. Hãy xem lại: khien policy show."
            )
        )
    }
}
