/// The limits of the command line, in one place.
enum AdminLimits {
    /// Rows that are asked for at once; the collector allows 1,000.
    static let pageRows = 500
    /// Rows of one list.
    static let listRows = 2_000_000
    /// One answer of the collector, in bytes.
    static let answerBytes = 4 * 1024 * 1024
    /// `profile.json` and the PEM files, in bytes.
    static let profileFileBytes = 64 * 1024
    /// Seconds that a call may take.
    static let timeoutSeconds = 1...600
    /// Seconds that a token may live: a minute to a year.
    static let tokenLifetimeSeconds = 60...31_536_000
    /// Devices that may enroll with one token.
    static let tokenUses = 1...100_000
    /// The reason of a revocation, in bytes.
    static let reasonBytes = 1...500
}
