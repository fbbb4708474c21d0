import Shared

/// The folder of a new officer's profile until the collector's answer is in it: the key, and the request over it.
///
/// Once the request has gone out the key is never thrown away: if the officer was added, no other key will ever do, and
/// the name is not given again.
struct OfficerDraft {
    /// The officer's name.
    let name: String
    /// The folder.
    let installation: ProfileInstallation
    private let options: [String]
    private let profile: String?

    /// The draft of a command.
    ///
    /// - Parameters:
    ///   - name: The officer's.
    ///   - directory: The folder.
    ///   - officer: What the center decides.
    ///   - profile: What `--profile` says.
    init(name: String, directory: String, _ officer: OfficerOptions, profile: String?) {
        self.name = name
        installation = ProfileInstallation(directory: directory)
        options = officer.words
        self.profile = profile
    }

    /// Makes the folder, the key and the request; a folder that exists is never touched.
    ///
    /// - Throws: `AdminError` (`localFile`).
    func begin() throws(AdminError) -> ProfileRequest {
        if isThere { throw AdminError(.localFile, Phrases.officerDraftThere(installation.directory, next)) }
        return try installation.begin(name: name, withParents: false)
    }

    /// What an officer is told when there is no answer.
    ///
    /// - Returns: the error to throw; it is `notMade` that leaves nothing behind.
    func failed(_ failure: OfficerSigning.Failure) -> any Error {
        switch failure.outcome {
        case .notMade:
            installation.discard()
            return failure.cause
        case .uncertain(let reason):
            let problem = Phrases.officerUncertain(name, installation.directory, reason: reason, next)
            return AdminError(.unreachable, problem, cause: failure.cause)
        case .made: return incomplete(failure.cause)
        }
    }

    /// Puts the answer into the folder.
    ///
    /// - Throws: `AdminError` (`incomplete`).
    func complete(_ bundle: ProfileBundle) throws(AdminError) {
        do {
            try installation.complete(bundle)
        } catch {
            throw incomplete(error)
        }
        // It was there for the case that this moment is never reached.
        LocalFile.remove(installation.requestPath)
    }

    private func incomplete(_ error: any Error) -> AdminError {
        let reason = OfficerSigning.Failure.reason(of: error)
        let problem = Phrases.officerNotCompleted(name, installation.directory, reason: reason, commands)
        return AdminError(.incomplete, problem, cause: error)
    }

    /// Whether the folder is what an interrupted run of the same command left.
    private var isThere: Bool {
        guard !LocalFile.exists("\(installation.directory)/\(Profile.File.description)"),
            let pem = try? LocalFile.read(installation.requestPath, limit: AdminLimits.profileFileBytes)
        else { return false }
        return (try? ProfileRequest(pem: pem))?.name == name
    }

    // MARK: - How to go on

    private var next: Phrase { Phrases.officerDraftNext(name, commands) }

    /// The commands that complete the folder, each on a line.
    private var commands: String {
        let directory = installation.directory
        // A path that looks like an option would be taken for one.
        let folder = directory.hasPrefix("-") ? "./\(directory)" : directory
        let bundle = "\(folder)/\(Self.bundle)"
        let signer = profile.map { ShellCommand.option("--profile", $0) } ?? []
        let sign =
            ["khien", "officer", "sign", "\(folder)/\(Profile.File.request)", "--renew"] + options
            + ["--out", bundle] + signer
        let install = ["khien", "profile", "install", bundle, "--dir", folder]
        return [sign, install].map { "  \(ShellCommand(words: $0).shown)" }.joined(separator: "\n")
    }

    private static let bundle = "bundle.json"
}
