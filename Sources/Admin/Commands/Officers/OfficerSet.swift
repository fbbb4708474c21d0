import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien officer set`.
struct OfficerSet: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set",
            abstract: Phrases.officerSetAbstract,
            discussion: Phrases.officerSetDiscussion
        )
    }

    @Option(help: ArgumentHelp(Phrases.contactUnitHelp, valueName: Phrases.unitValue))
    var unit: String

    @Option(help: ArgumentHelp(Phrases.contactNameHelp, valueName: Phrases.textValue))
    var name: String?

    @Option(help: ArgumentHelp(Phrases.contactPhoneHelp, valueName: Phrases.numberValue))
    var phone: String?

    @Option(help: ArgumentHelp(Phrases.contactEmailHelp, valueName: Phrases.textValue))
    var email: String?

    @Option(help: ArgumentHelp(Phrases.contactTrainedHelp, valueName: Phrases.dateValue), transform: DayArgument.iso)
    var trainedOn: String?

    @OptionGroup var revision: RevisionOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !unit.isEmpty else { throw ValidationError(Phrases.emptyUnit) }
        let texts = [("--name", name), ("--phone", phone), ("--email", email), ("--trained-on", trainedOn)]
        guard texts.contains(where: { $0.1 != nil }) else { throw ValidationError(Phrases.contactEmpty) }
        for (option, text) in texts where (text?.utf8.count ?? 0) > AdminLimits.contactBytes {
            throw ValidationError(Phrases.contactTooLong(option, AdminLimits.contactBytes))
        }
        if let email, !email.isEmpty, !Self.isAddress(email) { throw ValidationError(Phrases.contactEmailWrong) }
        if let trainedOn, !trainedOn.isEmpty, Day(trainedOn) == nil {
            throw ValidationError(Phrases.contactTrainedWrong)
        }
    }

    func run(in context: CommandContext) async throws {
        if let day = trainedOn.flatMap({ Day($0) }),
            day > context.latestDay || day.parts.year < AdminLimits.earliestTrainingYear
        {
            throw AdminError(.usage, Phrases.contactTrainedWrong)
        }
        try await context.withClient(global) { client in
            let known = try await revision.expected { try await client.getUnit(.with { $0.unit = unit }).revision }
            let request = Khien_V1_SetUnitContactRequest.with {
                $0.unit = unit
                if let name { $0.name = name }
                if let phone { $0.phone = phone }
                if let email { $0.email = email }
                if let trainedOn { $0.trainedOn = trainedOn }
                $0.expectedRevision = known
            }
            try context.renderer(global).show(try await client.setUnitContact(request), Self.table)
        }
    }

    static let table = Table<Khien_V1_SetUnitContactResponse>([
        Column("unit_code", Phrases.unitCode) { .text($0.unitCode) },
        Column("name", Phrases.inCharge) { .optional($0.contact.name) },
        Column("phone", Phrases.phone) { .optional($0.contact.phone) },
        Column("email", Phrases.email) { .optional($0.contact.email) },
        Column("trained_on", Phrases.trainedOn) { .day($0.contact.trainedOn) },
    ])

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && !text.unicodeScalars.contains { $0.properties.isWhitespace || TerminalText.isUnsafe($0) }
    }
}
