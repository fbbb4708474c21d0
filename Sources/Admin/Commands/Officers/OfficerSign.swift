import ArgumentParser
import Messages
import Shared
import SwiftProtobuf
import X509

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
        let profile = try context.profile(global)
        let connection = try context.connection(profile, global.connection)
        let authority = try Self.authority(of: profile)
        let request = try Self.request(self.request, key: key)
        // What cannot be written is noticed before the officer is there.
        do {
            try LocalFile.create(out, [])
        } catch {
            throw AdminError(.localFile, Phrases.fileNotWritten(out, error), cause: error)
        }
        let answer: Khien_V1_AddOfficerResponse
        let bundle: String
        do {
            answer = try await connection.withClient { client in
                try await client.addOfficer(
                    .with {
                        $0.name = request.name
                        $0.role = officer.role.wire
                        $0.unitCode = officer.unit ?? ""
                        $0.certificateRequest = .init(request.der)
                        $0.renew = renew
                    }
                )
            }
            var description = officer.description(of: request.name, from: profile)
            // A unit may have been named in another way than by its code.
            description.unit = answer.officer.unitCode
            bundle = try Self.bundle(description, Array(answer.certificate), for: request, authority)
        } catch {
            LocalFile.remove(out)
            throw error
        }
        do {
            try LocalFile.fill(out, bundle.utf8)
        } catch {
            let problem =
                renew
                ? Phrases.renewalNotWritten(out, error) : Phrases.bundleNotWritten(out, request.name, error)
            throw AdminError(.output, problem, cause: error)
        }
        try show(answer.officer, request, authority, context.renderer(global))
    }

    private func show(
        _ added: Khien_V1_Officer,
        _ request: ProfileRequest,
        _ authority: [Certificate],
        _ renderer: Renderer
    ) throws {
        let fingerprints = authority.compactMap { try? Fingerprint(of: $0).description }
        let table = Table<Khien_V1_Officer>(
            OfficerList.addedColumns + [
                Column("key_fingerprint", Phrases.keyFingerprint) { _ in .text(request.fingerprint.description) },
                Column("authority_fingerprint", Phrases.authorityFingerprint) { _ in .list(fingerprints) },
                Column("bundle", Phrases.bundleFile) { _ in .text(out) },
            ]
        )
        try renderer.show(added, table, note: ["", Phrases.officerSigned(out).description])
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

    private static func authority(of profile: Profile) throws(AdminError) -> [Certificate] {
        do {
            return try OfficerCertificate.all(pem: String(decoding: profile.authority, as: UTF8.self))
        } catch {
            throw ProfileProblem.pem(profile.directory, Profile.File.authority).error(cause: error)
        }
    }

    private static func bundle(
        _ description: ProfileDescription,
        _ der: [UInt8],
        for request: ProfileRequest,
        _ authority: [Certificate]
    ) throws(AdminError) -> String {
        let certificate: OfficerCertificate
        do {
            certificate = try OfficerCertificate(der: der)
        } catch {
            throw AdminError(.badAnswer, Phrases.unreadableCertificate, cause: error)
        }
        guard request.isAnswered(by: certificate.certificate) else {
            throw AdminError(.badAnswer, Phrases.otherKeyCertified)
        }
        do {
            return try ProfileBundle(description: description, certificate: certificate, authority: authority).text()
        } catch {
            throw AdminError(.badAnswer, Phrases.otherKeyCertified, cause: error)
        }
    }
}
