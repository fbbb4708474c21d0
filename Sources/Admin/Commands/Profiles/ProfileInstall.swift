import ArgumentParser
import X509

/// `khien profile install`.
struct ProfileInstall: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "install",
            abstract: Phrases.profileInstallAbstract,
            discussion: Phrases.profileInstallDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.bundleHelp, valueName: Phrases.fileValue), completion: .file())
    var bundle: String

    @Option(help: ArgumentHelp(Phrases.installFolderHelp, valueName: Phrases.folderValue), completion: .directory)
    var dir: String?

    @Option(help: ArgumentHelp(Phrases.authorityFingerprintHelp, valueName: Phrases.fingerprintValue))
    var authority: Fingerprint?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard dir?.isEmpty != true else { throw ValidationError(Phrases.installFolderMissing) }
    }

    func run(in context: CommandContext) async throws {
        let directory = try dir ?? Profile.directory(option: global.profile, environment: context.environment)
        let installation = ProfileInstallation(directory: directory)
        let key = try installation.key()
        let bundle = try Self.read(self.bundle, for: key, now: context.now())
        try check(bundle)
        try installation.complete(bundle)

        let card = try ProfileCard(directory: directory)
        let option = (dir ?? global.profile).map { " --profile \($0)" } ?? ""
        let note = ["", "\(Phrases.profileInstalled(option))"]
        try context.renderer(global).show(card, ProfileShow.table(now: context.now()), note: note)
    }

    /// The bundle in a file, checked for the key of this machine.
    static func read(_ path: String, for key: ProfileKey, now: Int64) throws(AdminError) -> ProfileBundle {
        let bytes: [UInt8]
        do {
            bytes = try LocalFile.read(path, limit: AdminLimits.profileFileBytes)
        } catch {
            throw AdminError(.localFile, Phrases.fileNotRead(path, error), cause: error)
        }
        do {
            let bundle = try ProfileBundle(bytes: bytes)
            try bundle.check(for: key, now: now)
            return bundle
        } catch {
            throw AdminError(.localFile, Phrases.bundleProblem(path, error), cause: error)
        }
    }

    /// Holds the authority against the fingerprint that was read out; one of several roots would not do.
    private func check(_ bundle: ProfileBundle) throws(AdminError) {
        guard let authority else { return }
        let found = bundle.authority.compactMap { try? Fingerprint(of: $0) }
        guard found.count == bundle.authority.count, found.allSatisfy({ $0 == authority }) else {
            let list = found.map(\.description).joined(separator: ", ")
            throw AdminError(.localFile, Phrases.otherAuthority(self.bundle, is: list, not: authority))
        }
    }
}
