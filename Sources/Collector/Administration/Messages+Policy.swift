internal import Messages
internal import Shared

extension Khien_V1_PolicyAnswer {
    init(_ policy: Policy) {
        self.init()
        self.policy.licensedFamilies = policy.approvedFamilies.subtracting(policy.besideFamilies)
            .union(policy.terms.licensedFamilies).sorted()
        self.policy.approvedFamilies = policy.besideFamilies.sorted()
        self.policy.kinds = FindingKind.allCases.map { kind in
            var message = Khien_V1_KindPolicy()
            message.kind = Khien_V1_FindingKind(kind)
            message.deadlineDays = UInt32(clamping: policy.kind(kind).deadlineDays)
            message.severity = Khien_V1_Severity(rawValue: policy.kind(kind).severity.rawValue) ?? .unspecified
            return message
        }
        self.policy.silentAfterDays = UInt32(clamping: policy.silentAfterDays)
        self.policy.reportIntervalSeconds = UInt32(clamping: policy.reportIntervalSeconds)
        self.policy.revision = UInt64(clamping: policy.revision)
    }
}

extension PolicyChange {
    /// - Throws: `CollectorError` (`invalidArgument`) for a kind or a severity that there is not, or one kind twice.
    init(_ request: Khien_V1_SetPolicyRequest) throws(CollectorError) {
        guard request.approve.count + request.disapprove.count <= 2 * Self.families else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "At most \(2 * Self.families) products can change at once.",
                    vi: "Mỗi lần chỉ thay đổi được tối đa \(2 * Self.families) sản phẩm."
                )
            )
        }
        var kinds: [Kind] = []
        for change in request.kinds {
            guard let kind = FindingKind(rawValue: change.kind.rawValue), !kinds.contains(where: { $0.kind == kind })
            else {
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "A kind of finding is not known, or stands there twice. `khien policy show` lists the kinds.",
                        vi: "Có loại phát hiện không tồn tại hoặc bị ghi hai lần. "
                            + "Lệnh `khien policy show` liệt kê các loại."
                    )
                )
            }
            let severity = Severity(rawValue: change.severity.rawValue)
            guard severity != nil || change.severity == .unspecified else {
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "There is no such severity: it is notice, warning or critical.",
                        vi: "Không có mức độ này: chỉ có notice, warning hoặc critical."
                    )
                )
            }
            kinds.append(
                Kind(
                    kind: kind,
                    deadlineDays: change.deadlineDays == 0 ? nil : Int(change.deadlineDays),
                    severity: severity
                )
            )
        }
        self.init(
            approve: request.approve,
            disapprove: request.disapprove,
            kinds: kinds,
            silentAfterDays: request.silentAfterDays == 0 ? nil : Int(request.silentAfterDays),
            reportIntervalSeconds: request.reportIntervalSeconds == 0 ? nil : Int(request.reportIntervalSeconds)
        )
    }
}
