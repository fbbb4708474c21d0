internal import Messages
internal import Shared

extension Khien_V1_SubmitResponse {
    init(_ outcome: SubmitOutcome) {
        self.init()
        epoch = outcome.epoch
        sequence = outcome.sequence
        nextReportSeconds = UInt32(clamping: outcome.nextReportSeconds)
        wantsInventory = outcome.wantsInventory
        collectorTimeMs = outcome.answeredAt.value
        seat = Khien_V1_SeatState(outcome.seat)
        catalogVersion = UInt32(clamping: outcome.catalogVersion)
        findings = outcome.findings.map { finding in
            var message = Khien_V1_VerdictFinding()
            message.kind = Khien_V1_FindingKind(finding.kind)
            message.openedAtMs = finding.openedAt.value
            message.products = finding.products
            return message
        }
    }
}

extension Khien_V1_SeatState {
    init(_ state: SeatState) {
        self =
            switch state {
            case .none: .none
            case .held: .held
            case .overCap: .overCap
            case .idle: .idle
            }
    }
}

extension Khien_V1_FindingKind {
    init(_ kind: FindingKind) {
        self =
            switch kind {
            case .multipleAntivirus: .multipleAntivirus
            case .unapprovedAntivirus: .unapprovedAntivirus
            case .noAntivirus: .noAntivirus
            case .ghostRegistration: .ghostRegistration
            case .protectionOff: .protectionOff
            case .outdatedSignatures: .outdatedSignatures
            case .overCap: .overCap
            case .termExpired: .termExpired
            }
    }
}
