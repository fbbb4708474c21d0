import Shared

/// What can be wrong with a profile.
enum ProfileProblem {
    /// Neither an option, nor a variable, nor a home directory says where it is.
    case noHome
    case file(String, LocalFile.Failure)
    /// The directory; a request was made there, and the answer is not installed yet.
    case pending(String)
    /// The directory; its description is not JSON, or lacks a part.
    case notAProfile(String)
    /// The directory, and what it gives as the endpoint.
    case endpoint(String, String)
    /// The directory, and the file that is not PEM or holds something else.
    case pem(String, String)
    /// The directory; key and certificate do not belong together, or TLS cannot use them.
    case pair(String)
    /// The directory, and the last moment of its certificate.
    case expired(String, Timestamp)

    /// The error to throw; says how to come by a good profile.
    func error(cause: (any Error)? = nil) -> AdminError { AdminError(.profile, message, cause: cause) }

    private var message: Phrase {
        switch self {
        case .noHome: Phrases.noHome
        case .file(let path, .openToOthers): Phrases.profileOpenToOthers(path)
        case .file(let path, let failure): Phrases.profileUnusable(path, failure)
        case .pending(let directory): Phrases.pendingProfile(directory)
        case .notAProfile(let directory):
            Phrases.profileDescriptionDamaged("\(directory)/\(Profile.File.description)")
        case .endpoint(let directory, let text):
            Phrases.profileEndpointWrong("\(directory)/\(Profile.File.description)", text)
        case .pem(let directory, let file): Phrases.profilePEMDamaged("\(directory)/\(file)")
        case .pair(let directory): Phrases.profilePairWrong(directory)
        case .expired(let directory, let moment): Phrases.profileExpired(directory, moment)
        }
    }
}
