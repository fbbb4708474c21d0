import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `KIND=DAYS`, as `--deadline` takes it.
struct DeadlineAssignment: Sendable, Hashable {
    /// Whose deadline.
    var kind: FindingKind
    /// From the opening of a finding.
    var days: Int

    /// Reads an assignment.
    ///
    /// - Throws: `ValidationError`.
    static func read(_ text: String) throws -> DeadlineAssignment {
        let (kind, value) = try KindAssignment.split(text)
        guard value.utf8.count <= 4, value.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let days = Int(value), AdminLimits.deadlineDays.contains(days)
        else { throw ValidationError(Phrases.deadlineWrong(AdminLimits.deadlineDays)) }
        return DeadlineAssignment(kind: kind, days: days)
    }
}

/// `KIND=SEVERITY`, as `--severity` takes it.
struct SeverityAssignment: Sendable, Hashable {
    /// Whose severity.
    var kind: FindingKind
    /// How severe it is to be.
    var severity: SeverityOption

    /// Every assignment there is, for shells to complete.
    static var all: [String] {
        FindingKind.allCases.flatMap { kind in SeverityOption.allCases.map { "\(kind.word)=\($0.rawValue)" } }
    }

    /// Reads an assignment.
    ///
    /// - Throws: `ValidationError`.
    static func read(_ text: String) throws -> SeverityAssignment {
        let (kind, value) = try KindAssignment.split(text)
        guard let severity = SeverityOption(rawValue: String(value)) else {
            throw ValidationError(Phrases.severityWrong)
        }
        return SeverityAssignment(kind: kind, severity: severity)
    }
}

/// `KIND=VALUE`.
enum KindAssignment {
    /// The kind and the text of the value.
    ///
    /// - Throws: `ValidationError`.
    static func split(_ text: String) throws -> (kind: FindingKind, value: Substring) {
        guard let equals = text.firstIndex(of: "="), let kind = FindingKind(word: text[..<equals]) else {
            throw ValidationError(Phrases.kindWrong(FindingKind.allCases.map(\.word).joined(separator: ", ")))
        }
        return (kind, text[text.index(after: equals)...])
    }

    /// What the wire gets: one entry for each kind that is named.
    ///
    /// - Throws: `ValidationError` where a kind is named twice.
    static func merged(
        _ deadlines: [DeadlineAssignment],
        _ severities: [SeverityAssignment]
    ) throws -> [Khien_V1_KindPolicy] {
        var policies: [FindingKind: Khien_V1_KindPolicy] = [:]
        for deadline in deadlines {
            guard policies[deadline.kind] == nil else {
                throw ValidationError(Phrases.kindTwice(deadline.kind, "--deadline"))
            }
            policies[deadline.kind] = .with {
                $0.kind = deadline.kind.wire
                $0.deadlineDays = UInt32(clamping: deadline.days)
            }
        }
        for severity in severities {
            var policy = policies[severity.kind] ?? .with { $0.kind = severity.kind.wire }
            guard policy.severity == .unspecified else {
                throw ValidationError(Phrases.kindTwice(severity.kind, "--severity"))
            }
            policy.severity = severity.severity.wire
            policies[severity.kind] = policy
        }
        return policies.sorted { $0.key < $1.key }.map(\.value)
    }
}
