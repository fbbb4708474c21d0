import GRPCCore
import Messages
import Shared
import SwiftProtobuf
import X509

/// Has the collector sign an officer's request, and makes of its answer what completes the officer's profile.
struct OfficerSigning {
    /// Why there is no bundle, and what the collector has made nevertheless.
    struct Failure: Error {
        /// What became of the officer.
        enum Outcome: Sendable, Hashable {
            /// Nothing was changed.
            case notMade
            /// The request went out; for this reason, in the language of the run, nobody knows what became of it.
            case uncertain(String)
            /// The officer is there, or is renewed.
            case made
        }

        var outcome: Outcome
        var cause: any Error
    }

    private let profile: Profile
    private let authority: [Certificate]
    private let connection: CollectorConnection
    private let changes: ChangeRecord
    private let officer: OfficerOptions

    /// Prepares it; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - officer: What the center decides.
    ///   - global: Who signs.
    ///   - context: The surroundings.
    /// - Throws: `AdminError` (`profile`).
    init(_ officer: OfficerOptions, _ global: GlobalOptions, in context: CommandContext) throws(AdminError) {
        self.officer = officer
        profile = try context.profile(global)
        connection = try context.connection(profile, global.connection)
        changes = context.changes
        do {
            authority = try OfficerCertificate.all(pem: String(decoding: profile.authority, as: UTF8.self))
        } catch {
            throw ProfileProblem.pem(profile.directory, Profile.File.authority).error(cause: error)
        }
    }

    /// Of the roots that the officer is going to trust.
    var fingerprints: [String] { authority.compactMap { try? Fingerprint(of: $0).description } }

    /// Adds the officer, or renews one that is there.
    func bundle(
        for request: ProfileRequest,
        renew: Bool = false
    ) async throws(Failure) -> (officer: Khien_V1_Officer, bundle: ProfileBundle) {
        let answer: Khien_V1_AddOfficerResponse
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
        } catch {
            throw Failure(outcome: outcome(after: error), cause: error)
        }
        var description = officer.description(of: request.name, from: profile)
        // A unit may have been named in another way than by its code.
        description.unit = answer.officer.unitCode
        do {
            return (answer.officer, try bundle(description, Array(answer.certificate), for: request))
        } catch {
            throw Failure(outcome: .made, cause: error)
        }
    }

    private func outcome(after error: any Error) -> Failure.Outcome {
        guard changes.isSent else { return .notMade }
        guard let error = error as? AdminError else { return .uncertain("\(type(of: error))") }
        guard let cause = error.cause as? RPCError else { return .uncertain(error.message) }
        return cause.isRefusal ? .notMade : .uncertain(AdminError.reason(of: cause))
    }

    private func bundle(
        _ description: ProfileDescription,
        _ der: [UInt8],
        for request: ProfileRequest
    ) throws(AdminError) -> ProfileBundle {
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
            return try ProfileBundle(description: description, certificate: certificate, authority: authority)
        } catch {
            throw AdminError(.badAnswer, Phrases.otherKeyCertified, cause: error)
        }
    }
}

extension OfficerSigning.Failure {
    /// What is wrong, without what could be done about it elsewhere.
    var reason: String { Self.reason(of: cause) }

    /// What is wrong, without what could be done about it elsewhere.
    static func reason(of error: any Error) -> String {
        guard let error = error as? AdminError else { return "\(type(of: error))" }
        switch error.cause {
        case let obstacle as ProfileInstallation.Obstacle: return obstacle.description
        case let failure as LocalFile.Failure: return failure.reason
        default: return error.message
        }
    }
}
