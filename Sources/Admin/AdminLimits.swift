/// The limits of the command line, in one place.
enum AdminLimits {
    /// Rows that are asked for at once; the collector allows 1,000.
    static let pageRows = 500
    /// What a column of texts gets where longer texts may come than have come, in columns of the terminal.
    static let reservedTextColumns = 24
    /// The narrowest place beside a name in which a long value is written, in columns of the terminal.
    static let leastValueColumns = 20
    /// Rows of one list.
    static let listRows = 2_000_000
    /// One answer of the collector, in bytes.
    static let answerBytes = 4 * 1024 * 1024
    /// `profile.json` and the PEM files, in bytes.
    static let profileFileBytes = 64 * 1024
    /// Certificates in `authority.pem`.
    static let authorities = 8
    /// The code or the name of a unit, in bytes.
    static let unitBytes = 256
    /// Name, telephone number and mail address of an officer in charge, each in bytes.
    static let contactBytes = 256
    /// The first year in which anybody can have been trained; an earlier one is a slip of the fingers.
    static let earliestTrainingYear = 1990
    /// The beginning of a device's id, in characters.
    static let deviceIDCharacters = 4
    /// A whole id of a device, in bytes.
    static let deviceIDBytes = 64
    /// What may be left out when a finding changes, in bytes.
    static let noteBytes = 500
    /// Days that a waiver may last.
    static let waiverDays = 366
    /// Days from the opening of a finding to its deadline.
    static let deadlineDays = 1...3650
    /// Days without a report after which a device counts as silent.
    static let silentAfterDays = 1...365
    /// Names of families in one change of the policy.
    static let policyFamilies = 100
    /// Days before the end of a certificate from which its officer is reminded.
    static let reminderDays: Int64 = 30
    /// Seconds that a call may take.
    static let timeoutSeconds = 1...600
    /// Seconds that a token may live: a minute to a year.
    static let tokenLifetimeSeconds = 60...31_536_000
    /// Devices that may enroll with one token.
    static let tokenUses = 1...100_000
    /// The reason of a revocation, in bytes.
    static let reasonBytes = 1...500
    /// A title, place or document number of a report, in bytes.
    static let reportTextBytes = 1...500
}
