/// What can be wrong with a profile, and how to come by a good one.
enum ProfileProblem {
    /// Neither an option, nor a variable, nor a home directory says where it is.
    case noHome
    case file(String, LocalFile.Failure)
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

    /// The error to throw.
    func error(cause: (any Error)? = nil) -> AdminError { AdminError(.profile, message, cause: cause) }

    private static let remedy = """
        A profile comes from khien-collector init (the first one) or from khien officer add; name its folder with --profile \
        or KHIEN_PROFILE.
        """

    private var message: String {
        switch self {
        case .noHome:
            "There is no profile: neither --profile, nor KHIEN_PROFILE, nor HOME is set. \(Self.remedy)"
        case .file(let path, .openToOthers):
            "\(path) can be read by other users of this machine. Correct it with: chmod 600 \(path)"
        case .file(let path, let failure):
            "The profile cannot be used: \(path) \(failure.reason). \(Self.remedy)"
        case .notAProfile(let directory):
            "\(directory)/\(Profile.File.description) is damaged: it must be JSON with name, role, unit and endpoint. "
                + Self.remedy
        case .endpoint(let directory, let text):
            "\(directory)/\(Profile.File.description) names the endpoint “\(text)”; it must be HOST:PORT, such as "
                + "127.0.0.1:7443 or [::1]:7443."
        case .pem(let directory, let file):
            "\(directory)/\(file) is damaged: it does not hold what it should in PEM. \(Self.remedy)"
        case .pair(let directory):
            "\(Profile.File.key) and \(Profile.File.certificate) in \(directory) do not belong together. \(Self.remedy)"
        case .expired(let directory, let moment):
            "The certificate in \(directory) was valid until \(moment.universal). Ask the provincial center for a new "
                + "profile (khien officer add)."
        }
    }
}
