import ArgumentParser
import Messages
import Shared

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
    var out: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard OfficerName.isValid(name) else { throw ValidationError(Phrases.officerNameWrong) }
        guard out?.isEmpty != true else { throw ValidationError(Phrases.officerFolderMissing) }
    }

    func run(in context: CommandContext) async throws {
        let directory = out ?? "./\(name)"
        let signing = try OfficerSigning(officer, global, in: context)
        let draft = OfficerDraft(name: name, directory: directory, officer, profile: global.profile)
        let request = try draft.begin()
        let added: Khien_V1_Officer
        let bundle: ProfileBundle
        do {
            (added, bundle) = try await signing.bundle(for: request)
        } catch {
            throw draft.failed(error)
        }
        try draft.complete(bundle)
        let folder = Column<Khien_V1_Officer>("profile", Phrases.profile) { _ in .text(directory) }
        let table = Table(OfficerList.addedColumns + [folder])
        try context.renderer(global).show(added, table, note: ["", Phrases.officerAdded(directory).description])
    }
}
