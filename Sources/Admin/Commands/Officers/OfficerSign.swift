import ArgumentParser
import Messages
import Shared

/// `khien officer sign`.
struct OfficerSign: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sign",
            abstract: Phrases.officerSignAbstract,
            discussion: Phrases.officerSignDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.requestFileHelp, valueName: Phrases.fileValue), completion: .file())
    var request: String

    @OptionGroup var officer: OfficerOptions

    @Option(help: ArgumentHelp(Phrases.keyFingerprintHelp, valueName: Phrases.fingerprintValue))
    var key: Fingerprint?

    @Flag(help: ArgumentHelp(Phrases.officerRenewHelp))
    var renew = false

    @Option(help: ArgumentHelp(Phrases.bundleOutHelp, valueName: Phrases.fileValue), completion: .file())
    var out: String

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !out.isEmpty else { throw ValidationError(Phrases.officerFileMissing) }
    }

    func run(in context: CommandContext) async throws {
        let signing = try OfficerSigning(officer, global, in: context)
        let request = try Self.request(self.request, key: key)
        // What cannot be written is noticed before the officer is there.
        let isCreated: Bool
        do {
            isCreated = try LocalFile.reserve(out)
        } catch {
            throw AdminError(.localFile, Phrases.fileNotWritten(out, error), cause: error)
        }
        let signed: Khien_V1_Officer
        let bundle: ProfileBundle
        do {
            (signed, bundle) = try await signing.bundle(for: request, renew: renew)
        } catch {
            if isCreated { LocalFile.remove(out) }
            throw failed(error, request.name)
        }
        do {
            try LocalFile.fill(out, try bundle.text().utf8)
        } catch {
            throw notWritten((error as? LocalFile.Failure)?.reason ?? "\(type(of: error))", request.name, error)
        }
        try show(signed, request, signing.fingerprints, context.renderer(global))
    }

    private func show(
        _ added: Khien_V1_Officer,
        _ request: ProfileRequest,
        _ fingerprints: [String],
        _ renderer: Renderer
    ) throws {
        let table = Table<Khien_V1_Officer>(
            OfficerList.addedColumns + [
                Column("key_fingerprint", Phrases.keyFingerprint) { _ in .text(request.fingerprint.description) },
                Column("authority_fingerprint", Phrases.authorityFingerprint) { _ in .list(fingerprints) },
                Column("bundle", Phrases.bundleFile) { _ in .text(out) },
            ]
        )
        try renderer.show(added, table, note: ["", Phrases.officerSigned(out).description])
    }

    // MARK: - When there is no bundle

    private func failed(_ failure: OfficerSigning.Failure, _ name: String) -> any Error {
        switch failure.outcome {
        case .notMade: return failure.cause
        case .made: return notWritten(failure.reason, name, failure.cause)
        case .uncertain(let reason):
            let problem =
                renew
                ? Phrases.renewalUncertain(name, reason: reason, again.shown)
                : Phrases.signingUncertain(name, reason: reason, again.shown)
            return AdminError(.unreachable, problem, cause: failure.cause)
        }
    }

    private func notWritten(_ reason: String, _ name: String, _ cause: any Error) -> AdminError {
        let problem =
            renew
            ? Phrases.renewalNotWritten(out, reason: reason, again.shown)
            : Phrases.bundleNotWritten(out, name, reason: reason, again.shown)
        return AdminError(.incomplete, problem, cause: cause)
    }

    /// The command that signs the request of an officer who is there: another certificate for the same key takes nothing
    /// away.
    private var again: ShellCommand {
        let file = request.hasPrefix("-") ? "./\(request)" : request
        var words = ["khien", "officer", "sign", file, "--renew"] + officer.words
        if let key { words += ShellCommand.option("--key", key.description) }
        words += ShellCommand.option("--out", out)
        if let profile = global.profile { words += ShellCommand.option("--profile", profile) }
        return ShellCommand(words: words)
    }

    /// The request in a file, checked; nothing goes over the network before that is known to be right.
    static func request(_ path: String, key: Fingerprint?) throws(AdminError) -> ProfileRequest {
        let bytes: [UInt8]
        do {
            bytes = try LocalFile.read(path, limit: AdminLimits.profileFileBytes)
        } catch {
            throw AdminError(.localFile, Phrases.fileNotRead(path, error), cause: error)
        }
        let request: ProfileRequest
        do {
            request = try ProfileRequest(pem: bytes)
        } catch {
            throw AdminError(.localFile, Phrases.requestProblem(path, error), cause: error)
        }
        if let key, key != request.fingerprint {
            throw AdminError(.localFile, Phrases.otherRequestKey(path, is: request.fingerprint, not: key))
        }
        return request
    }
}
