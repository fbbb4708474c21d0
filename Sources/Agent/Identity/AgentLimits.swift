import Shared

/// Every limit that the agent sets itself; those that it shares with the collector are in `WireLimits`.
public enum AgentLimits {
    /// A file of the state that is not a spool record, in bytes.
    public static let stateFileBytes = 64 * 1024
    /// Entries that are looked at in one directory of the state.
    public static let directoryEntries = 4096
    /// Records in the spool.
    public static let spoolRecords = 64
    /// All records of the spool together, in bytes.
    public static let spoolBytes = 8 * 1024 * 1024
    /// Damaged records that are kept for a look at them.
    public static let quarantinedRecords = 16
    /// An answer to a submitted report, in bytes.
    public static let submitAnswerBytes = 64 * 1024
    /// An answer that brings certificates, in bytes.
    public static let certificateAnswerBytes = 64 * 1024
    /// Findings that are kept of one verdict.
    public static let verdictFindings = 16
    /// Product names that are kept of one finding.
    public static let verdictProducts = 16
    /// A text of the collector that is shown, in bytes before escaping.
    public static let shownTextBytes = 300
    /// The certificate that comes with a catalog, in bytes.
    public static let catalogCertificateBytes = 4096
    /// How long a catalog that was refused is not fetched again, in milliseconds.
    public static let refusedCatalogMilliseconds: Int64 = 24 * 3_600_000
    /// By how much this device's clock may be wrong when a catalog's certificate is judged, in milliseconds: as much as
    /// the collector dates its certificates back.
    public static let clockToleranceMilliseconds: Int64 = 24 * 3_600_000
    /// Time to connect, in milliseconds.
    public static let connectTimeoutMilliseconds = 10_000
    /// Time for a whole call with its connection, in milliseconds.
    public static let callTimeoutMilliseconds = 30_000
    /// What `run` waits between reports until a collector says otherwise, in seconds.
    public static let reportIntervalSeconds = 900
    /// Over how long the first reports after a start are spread, in seconds.
    public static let startSpreadSeconds = 300
    /// What `run` waits after the first failure, in seconds; doubled with each further one.
    public static let backoffSeconds = 5
    /// The longest wait after a failure, in seconds, before jitter.
    public static let backoffCapSeconds = 900
    /// Between two looks at whether something changed, in seconds.
    public static let lookSeconds = 60
    /// The same while something changes, in seconds.
    public static let settlingLookSeconds = 10
    /// From a change that was noticed to the scan, in seconds, however long it goes on.
    public static let settlingSeconds = 60
    /// Over how long the scans are spread that one change causes on many devices, in seconds.
    public static let changeSpreadSeconds = 30
    /// Paths that are looked at for changes.
    public static let watchedPaths = 8192
    /// A certificate is renewed when less than this part of its life is left.
    public static let renewalFraction = 1.0 / 3.0
}
