import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien officer add`.
struct OfficerAdd: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: Phrases.officerAddAbstract,
            discussion: Phrases.officerAddDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.officerNameHelp, valueName: Phrases.nameValue))
    var name: String

    @OptionGroup var officer: OfficerOptions

    @Option(help: ArgumentHelp(Phrases.officerFolderHelp, valueName: Phrases.folderValue), completion: .directory)
    var out: String

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard OfficerName.isValid(name) else { throw ValidationError(Phrases.officerNameWrong) }
        guard !out.isEmpty else { throw ValidationError(Phrases.officerFolderMissing) }
    }

    func run(in context: CommandContext) async throws {
        let profile = try context.profile(global)
        let connection = try context.connection(profile, global.connection)
        let draft = try ProfileDraft(
            directory: out,
            description: officer.description(of: name, from: profile),
            authority: profile.authority
        )
        let request = Khien_V1_AddOfficerRequest.with {
            $0.name = name
            $0.role = officer.role.wire
            $0.unitCode = officer.unit ?? ""
            $0.certificateRequest = .init(draft.certificateRequest)
        }
        let answer: Khien_V1_AddOfficerResponse
        do {
            answer = try await connection.withClient { try await $0.addOfficer(request) }
            try draft.complete(certificate: Array(answer.certificate), unit: answer.officer.unitCode)
        } catch {
            draft.discard()
            throw error
        }
        let folder = Column<Khien_V1_Officer>("profile", Phrases.profile) { _ in .text(out) }
        let table = Table(OfficerList.addedColumns + [folder])
        try context.renderer(global).show(answer.officer, table, note: ["", Phrases.officerAdded.description])
    }
}
