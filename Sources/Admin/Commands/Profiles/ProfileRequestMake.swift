import ArgumentParser

/// `khien profile request`.
struct ProfileRequestMake: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "request",
            abstract: Phrases.profileRequestAbstract,
            discussion: Phrases.profileRequestDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.officerNameHelp, valueName: Phrases.nameValue))
    var name: String

    @Option(help: ArgumentHelp(Phrases.requestFolderHelp, valueName: Phrases.folderValue), completion: .directory)
    var out: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard OfficerName.isValid(name) else { throw ValidationError(Phrases.officerNameWrong) }
        guard out?.isEmpty != true else { throw ValidationError(Phrases.officerFolderMissing) }
    }

    func run(in context: CommandContext) async throws {
        let directory = try out ?? Profile.directory(option: global.profile, environment: context.environment)
        let installation = ProfileInstallation(directory: directory)
        // Nobody has to make the hidden folders that a profile is looked for in.
        let request = try installation.begin(name: name, withParents: out == nil)
        let option = out.map { " --dir \($0)" } ?? global.profile.map { " --profile \($0)" } ?? ""
        let note = [
            "", "\(Phrases.requestMade(installation.requestPath))",
            "\(Phrases.requestNext(option))",
        ]
        let row = Row(request: request, directory: directory, path: installation.requestPath)
        try context.renderer(global).show(row, Self.table, note: note)
    }

    /// What was made.
    struct Row: Sendable {
        var request: ProfileRequest
        var directory: String
        var path: String
    }

    static let table = Table<Row>([
        Column("name", Phrases.name) { .text($0.request.name) },
        Column("directory", Phrases.folder) { .text($0.directory) },
        Column("request", Phrases.requestFile) { .text($0.path) },
        Column("key_fingerprint", Phrases.keyFingerprint) { .text($0.request.fingerprint.description) },
    ])
}
