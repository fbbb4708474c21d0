import ArgumentParser
import Messages
import Shared

/// A kind of finding, as `--kind` takes it.
struct FindingKindOption: Sendable, Hashable, ExpressibleByArgument {
    /// The kind.
    var kind: FindingKind

    init?(argument: String) {
        guard let kind = FindingKind(word: argument) else { return nil }
        self.kind = kind
    }

    static var allValueStrings: [String] { FindingKind.allCases.map(\.word) }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

extension FindingKind {
    /// The kind on the wire, which has the same numbers.
    var wire: Khien_V1_FindingKind { Khien_V1_FindingKind(rawValue: rawValue) ?? .unspecified }
}

/// Which findings a list holds, as `--state` takes it.
enum FindingStateOption: String, CaseIterable, Sendable, ExpressibleByArgument {
    case open
    case acknowledged
    case waived
    case overdue
    case closed
    case all

    var wire: Khien_V1_FindingFilter {
        switch self {
        case .open: .open
        case .acknowledged: .acknowledged
        case .waived: .waived
        case .overdue: .overdue
        case .closed: .closed
        case .all: .all
        }
    }
}

/// How severe a kind is, as `--severity` takes it.
enum SeverityOption: String, CaseIterable, Sendable {
    case notice
    case warning
    case critical

    var wire: Khien_V1_Severity {
        switch self {
        case .notice: .notice
        case .warning: .warning
        case .critical: .critical
        }
    }
}

extension Cell {
    static func word(_ state: Khien_V1_FindingState) -> Cell {
        switch state {
        case .unspecified: .absent
        case .open: .word("open", Phrases.wordOpen)
        case .acknowledged: .word("acknowledged", Phrases.stateAcknowledged)
        case .waived: .word("waived", Phrases.stateWaived).tone(.faint)
        case .closed: .word("closed", Phrases.wordClosed).tone(.good)
        case .UNRECOGNIZED(let number): .text("unknown-\(number)")
        }
    }

    static func word(_ severity: Khien_V1_Severity) -> Cell {
        switch severity {
        case .unspecified: .absent
        case .notice: .word("notice", Phrases.severityNotice).tone(.faint)
        case .warning: .word("warning", Phrases.severityWarning).tone(.warning)
        case .critical: .word("critical", Phrases.severityCritical).tone(.bad)
        case .UNRECOGNIZED(let number): .text("unknown-\(number)")
        }
    }

    /// A word of the wire that is a text; as it is when a newer collector sent it.
    static func word(_ code: String, _ phrase: Phrase?) -> Cell {
        phrase.map { .word(code, $0) } ?? .optional(code)
    }
}
