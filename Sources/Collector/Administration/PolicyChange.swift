internal import Shared

/// What an officer wants of the policy; what is absent stays as it is.
struct PolicyChange: Sendable, Hashable {
    /// What is to change for one kind of finding.
    struct Kind: Sendable, Hashable {
        var kind: FindingKind
        var deadlineDays: Int?
        var severity: Severity?
    }

    static let deadlineDays = 1...3650
    static let silentDays = 1...365
    static let intervalSeconds = 10...86400
    /// Families that may be approved beside the licensed ones.
    static let families = 100

    var approve: [String] = []
    var disapprove: [String] = []
    var kinds: [Kind] = []
    var silentAfterDays: Int?
    var reportIntervalSeconds: Int?

    /// Settings that differ from a policy, with what they were: what is written, and what the audit says.
    struct Difference: Sendable, Hashable {
        /// Of the table `setting`.
        var name: String
        var former: String
        var value: String
        /// What stands between two families in a setting, and is no text for an audit.
        var words: String {
            "\(name): \(former.replacing("\n", with: " ")) -> \(value.replacing("\n", with: " "))"
        }
    }

    /// - Throws: `CollectorError` (`invalidArgument`) for a number out of its range.
    func differences(from policy: Policy) throws(CollectorError) -> [Difference] {
        var differences: [Difference] = []
        func differ(_ name: String, _ former: String, _ value: String?) {
            guard let value, value != former else { return }
            differences.append(Difference(name: name, former: former, value: value))
        }
        for change in kinds {
            let former = policy.kind(change.kind)
            try Self.check(change.deadlineDays, in: Self.deadlineDays, "--deadline")
            differ(
                "deadline_days.\(change.kind.word)",
                "\(former.deadlineDays)",
                change.deadlineDays.map(String.init)
            )
            differ("severity.\(change.kind.word)", former.severity.word, change.severity?.word)
        }
        try Self.check(silentAfterDays, in: Self.silentDays, "--silent-after")
        differ("silent_after_days", "\(policy.silentAfterDays)", silentAfterDays.map(String.init))
        try Self.check(reportIntervalSeconds, in: Self.intervalSeconds, "--report-interval")
        differ(
            "report_interval_seconds",
            "\(policy.reportIntervalSeconds)",
            reportIntervalSeconds.map(String.init)
        )
        let families = policy.besideFamilies.union(approve).subtracting(disapprove)
        differ(
            "approved_families",
            policy.besideFamilies.sorted().joined(separator: "\n"),
            families.sorted().joined(separator: "\n")
        )
        return differences
    }

    /// Refuses families that nobody can mean.
    /// - Throws: `CollectorError`: `invalidArgument`; `failedPrecondition` for a family that a term licenses.
    func checkFamilies(of catalog: Catalog, policy: Policy) throws(CollectorError) {
        for family in approve {
            guard catalog.families.contains(where: { $0.key == family && $0.role == .antivirus }) else {
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "The catalog has no antivirus \"\(family.prefix(64))\". "
                            + "`khien catalog show --families` lists the families.",
                        vi: "Danh mục không có phần mềm diệt virus \"\(family.prefix(64))\". "
                            + "Lệnh `khien catalog show --families` liệt kê các họ sản phẩm."
                    )
                )
            }
            guard !disapprove.contains(family) else {
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "\"\(family)\" is to be approved and not approved at once. Say one of the two.",
                        vi: "\"\(family)\" vừa được chấp thuận vừa bị bỏ chấp thuận. Hãy chỉ chọn một."
                    )
                )
            }
        }
        for family in disapprove where !policy.besideFamilies.contains(family) {
            throw policy.approvedFamilies.contains(family)
                ? CollectorError(
                    .failedPrecondition,
                    Phrase(
                        "\"\(family)\" is approved by a license term, as long as that gives seats.",
                        vi: "\"\(family)\" được chấp thuận theo kỳ bản quyền, chừng nào kỳ đó còn cấp suất."
                    )
                )
                : CollectorError(
                    .invalidArgument,
                    Phrase(
                        "\"\(family.prefix(64))\" is not approved. `khien policy show` lists what is.",
                        vi:
                            "\"\(family.prefix(64))\" chưa được chấp thuận. Lệnh `khien policy show` liệt kê các sản phẩm."
                    )
                )
        }
        guard policy.besideFamilies.union(approve).subtracting(disapprove).count <= Self.families else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "More than \(Self.families) products would be approved. Take others out first.",
                    vi: "Số sản phẩm được chấp thuận sẽ vượt quá \(Self.families). Hãy bỏ bớt sản phẩm khác trước."
                )
            )
        }
    }

    private static func check(_ number: Int?, in range: ClosedRange<Int>, _ option: String) throws(CollectorError) {
        guard let number, !range.contains(number) else { return }
        throw CollectorError(
            .invalidArgument,
            Phrase(
                "\(option) goes from \(range.lowerBound) to \(range.upperBound); \(number) is not in it.",
                vi: "\(option) phải từ \(range.lowerBound) đến \(range.upperBound); \(number) nằm ngoài khoảng này."
            )
        )
    }
}
