import Messages
import Shared

/// The policy, for people and for programs.
struct PolicyDocument {
    /// One line of a spreadsheet: a kind, and what holds for all kinds beside it.
    struct Row: Sendable {
        var kind: Khien_V1_KindPolicy
        var policy: Khien_V1_Policy
    }

    private let policy: Khien_V1_Policy
    /// What a change of it did, for people; absent when it was only asked for.
    private let changes: [Section.Field]?

    /// The view of what the collector answered.
    ///
    /// - Parameters:
    ///   - policy: As it is now.
    ///   - former: As it was before a change.
    init(_ policy: Khien_V1_Policy, former: Khien_V1_Policy? = nil) {
        self.policy = policy
        changes = former.map { Self.changes(from: $0, to: policy) }
    }

    /// The sections, the object, and a row for each kind.
    var document: Document<Row> {
        var general = Section(
            title: Phrases.policy,
            fields: Self.general.map { Section.Field($0.header, $0.value(policy)) }
        )
        var members = Self.general.map { JSONValue.Member($0.key, $0.value(policy).json) }
        members.append(JSONValue.Member("kinds", .array(policy.kinds.map(Self.kinds.json))))
        var sections: [Section] = []
        if let changes {
            general.title = Phrases.policyNow
            sections.append(
                Section(title: Phrases.change, fields: changes, ifEmpty: Phrases.policyAsBefore)
            )
        }
        sections += [
            general,
            Section(title: Phrases.policyKinds, grid: Self.kinds.grid(policy.kinds), ifEmpty: Phrases.noKinds),
        ]
        return Document(
            sections: sections,
            json: .object(members),
            table: Self.spreadsheet,
            rows: policy.kinds.map { Row(kind: $0, policy: policy) }
        )
    }

    private static let general: [Column<Khien_V1_Policy>] = [
        Column("licensed_families", Phrases.licensedFamilies) { .list($0.licensedFamilies) },
        Column("approved_families", Phrases.approvedFamilies) { .list($0.approvedFamilies) },
        Column("silent_after_days", Phrases.silentAfter) { .count($0.silentAfterDays) },
        Column("report_interval_seconds", Phrases.reportInterval) { .count($0.reportIntervalSeconds) },
        Column("revision", Phrases.revision) { .large($0.revision) },
    ]

    private static let kinds = Table<Khien_V1_KindPolicy>([
        Column("kind", Phrases.kind) { .word($0.kind) },
        Column("deadline_days", Phrases.deadlineDays, .trailing) { .count($0.deadlineDays) },
        Column("severity", Phrases.severity) { .word($0.severity) },
    ])

    private static let spreadsheet = Table<Row>(
        kinds.columns.map { column in Column(column.key, column.header, column.alignment) { column.value($0.kind) } }
            + general.map { column in Column(column.key, column.header) { column.value($0.policy) } }
    )

    /// What differs, on one line.
    static func summary(from former: Khien_V1_Policy, to policy: Khien_V1_Policy) -> String {
        changes(from: former, to: policy).map { "\($0.name): \($0.value.display(in: .universal))" }.joined(
            separator: "; "
        )
    }

    /// What differs, the general things first.
    private static func changes(from former: Khien_V1_Policy, to policy: Khien_V1_Policy) -> [Section.Field] {
        let general = general.dropLast().compactMap { column in
            change(column.header, column.value(former), column.value(policy))
        }
        return general
            + policy.kinds.flatMap { kind -> [Section.Field] in
                guard let before = former.kinds.first(where: { $0.kind == kind.kind }),
                    let known = FindingKind(rawValue: kind.kind.rawValue)
                else { return [] }
                return [
                    change(
                        Phrases.ofKind(Phrases.deadlineDays, Phrases.word(known)),
                        .count(before.deadlineDays),
                        .count(kind.deadlineDays)
                    ),
                    change(
                        Phrases.ofKind(Phrases.severity, Phrases.word(known)),
                        .word(before.severity),
                        .word(kind.severity)
                    ),
                ].compactMap(\.self)
            }
    }

    private static func change(_ what: Phrase, _ before: Cell, _ after: Cell) -> Section.Field? {
        guard before != after else { return nil }
        let change = "\(before.display(in: .universal)) → \(after.display(in: .universal))"
        return Section.Field(what, .text(change))
    }
}
