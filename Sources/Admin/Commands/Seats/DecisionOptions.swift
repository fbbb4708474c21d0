import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// By which decision something changes.
struct DecisionOptions: ParsableArguments {
    @Option(help: ArgumentHelp(Phrases.documentHelp, valueName: Phrases.documentValue))
    var document: String

    @Option(help: ArgumentHelp(Phrases.decisionReasonHelp, valueName: Phrases.textValue))
    var reason: String?

    @Option(help: ArgumentHelp(Phrases.effectiveHelp, valueName: Phrases.dateValue), transform: DayArgument.iso)
    var on: String?

    func validate() throws {
        try OptionCheck.text(document, "--document", atMost: AdminLimits.documentBytes)
        try OptionCheck.text(reason, "--reason", atMost: AdminLimits.decisionTextBytes)
        try OptionCheck.day(on, "--on")
    }

    /// The same for a change of units.
    var unitDecision: Khien_V1_UnitDecision {
        .with {
            $0.document = document
            $0.reason = reason ?? ""
            $0.effectiveOn = on ?? ""
        }
    }
}

/// The revision that a decision rests on, for who looked earlier.
struct DecisionRevisionOption: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.decisionRevisionHelp, valueName: Phrases.countValue))
    var revision: Int?

    func validate() throws {
        try OptionCheck.number(revision, "--revision", 0...Int.max)
    }

    /// As the wire has it; `nil` when the command is to look now.
    var number: UInt64? { revision.map { UInt64(clamping: $0) } }
}

/// The option that names a term.
struct TermOption: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.termIDHelp, valueName: Phrases.termValue))
    var term: Int?

    func validate() throws {
        try OptionCheck.number(term, "--term", AdminLimits.termIDs)
    }

    /// As the wire has it: 0 is the current one.
    var number: UInt32 { UInt32(clamping: term ?? 0) }
}
