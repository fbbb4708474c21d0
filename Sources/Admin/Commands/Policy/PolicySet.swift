import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien policy set`.
struct PolicySet: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set",
            abstract: Phrases.policySetAbstract,
            discussion: Phrases.policySetDiscussion
        )
    }

    @Option(help: ArgumentHelp(Phrases.approveHelp, valueName: Phrases.policyFamilyValue))
    var approve: [String] = []

    @Option(help: ArgumentHelp(Phrases.disapproveHelp, valueName: Phrases.policyFamilyValue))
    var disapprove: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(Phrases.deadlineHelp, valueName: Phrases.kindDaysValue),
        completion: .list(FindingKind.allCases.map { "\($0.word)=" }),
        transform: DeadlineAssignment.read
    )
    var deadline: [DeadlineAssignment] = []

    @Option(
        help: ArgumentHelp(Phrases.severityHelp, valueName: Phrases.kindSeverityValue),
        completion: .list(SeverityAssignment.all),
        transform: SeverityAssignment.read
    )
    var severity: [SeverityAssignment] = []

    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.silentAfterHelp, valueName: Phrases.daysValue))
    var silentAfter: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.reportIntervalHelp, valueName: Phrases.secondsValue))
    var reportInterval: Int?

    @OptionGroup var reason: ReasonOption
    @OptionGroup var revision: RevisionOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        let kinds = try KindAssignment.merged(deadline, severity)
        guard !approve.isEmpty || !disapprove.isEmpty || !kinds.isEmpty || silentAfter != nil || reportInterval != nil
        else { throw ValidationError(Phrases.policyEmpty) }
        try Self.check(families: approve + disapprove)
        if let silentAfter, !AdminLimits.silentAfterDays.contains(silentAfter) {
            throw ValidationError(Phrases.policyRange("--silent-after", AdminLimits.silentAfterDays))
        }
        if let reportInterval, !WireLimits.reportIntervalSeconds.contains(reportInterval) {
            throw ValidationError(Phrases.policyRange("--report-interval", WireLimits.reportIntervalSeconds))
        }
    }

    func run(in context: CommandContext) async throws {
        let kinds = try KindAssignment.merged(deadline, severity)
        try await context.withClient(global) { client in
            let former = try await client.getPolicy(Khien_V1_GetPolicyRequest()).policy
            let expected = try await confirmation.expected(revision.revision, in: context) {
                let changes = PolicyDocument.summary(from: former, to: changed(former, kinds))
                return .init(
                    revision: former.revision,
                    change: Phrases.policyWillChange(changes.isEmpty ? "–" : changes, revision: former.revision)
                )
            }
            let request = Khien_V1_SetPolicyRequest.with {
                $0.approve = approve
                $0.disapprove = disapprove
                $0.kinds = kinds
                $0.silentAfterDays = UInt32(clamping: silentAfter ?? 0)
                $0.reportIntervalSeconds = UInt32(clamping: reportInterval ?? 0)
                $0.reason = reason.reason
                $0.expectedRevision = expected
            }
            let answer = try await client.setPolicy(request)
            try context.renderer(global).show(PolicyDocument(answer.policy, former: former).document)
        }
    }

    /// What a policy becomes, for people to look at; the collector works it out for itself.
    private func changed(_ former: Khien_V1_Policy, _ kinds: [Khien_V1_KindPolicy]) -> Khien_V1_Policy {
        var policy = former
        policy.approvedFamilies = (former.approvedFamilies + approve.filter { !former.approvedFamilies.contains($0) })
            .filter { !disapprove.contains($0) }
        for kind in kinds {
            guard let index = policy.kinds.firstIndex(where: { $0.kind == kind.kind }) else { continue }
            if kind.deadlineDays > 0 { policy.kinds[index].deadlineDays = kind.deadlineDays }
            if kind.severity != .unspecified { policy.kinds[index].severity = kind.severity }
        }
        if let silentAfter { policy.silentAfterDays = UInt32(clamping: silentAfter) }
        if let reportInterval { policy.reportIntervalSeconds = UInt32(clamping: reportInterval) }
        return policy
    }

    private static func check(families: [String]) throws {
        guard families.count <= AdminLimits.policyFamilies else {
            throw ValidationError(Phrases.tooManyFamilies(AdminLimits.policyFamilies))
        }
        var seen: Set<String> = []
        for family in families {
            guard isFamily(family) else { throw ValidationError(Phrases.familyWrong(family)) }
            guard seen.insert(family).inserted else { throw ValidationError(Phrases.familyTwice(family)) }
        }
    }

    private static func isFamily(_ text: String) -> Bool {
        (1...WireLimits.shortBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
