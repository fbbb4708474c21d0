/// Every limit of the simulator.
public enum FleetLimits {
    /// A mix file or a list of join strings, in bytes.
    public static let fileBytes = 1024 * 1024
    /// Kinds of devices in one mix.
    public static let kinds = 256
    /// Products of one kind of device.
    public static let productsPerKind = 16
    /// A description in a mix file, in bytes.
    public static let descriptionBytes = 512
    /// Lines in a list of join strings.
    public static let joins = 10_000
    /// Simulated devices.
    public static let devices = 100_000
    /// Worker threads.
    public static let workers = 1024
    /// Stack of a worker thread, in bytes.
    public static let stackBytes = 1024 * 1024
    /// Reports of one device in one run.
    public static let rounds = 1_000_000
    /// Reports per second that may be asked for.
    public static let rate = 1_000_000.0
    /// How long a run may take, in seconds.
    public static let seconds = 86_400
    /// Attempts to enroll one device, or to deliver one report.
    public static let attempts = 8
    /// How long nobody may answer any call before a run gives up, in seconds.
    public static let silenceSeconds: UInt64 = 30
    /// The wait after a first failure, in milliseconds; doubled with each further one.
    public static let backoffMilliseconds: UInt32 = 100
    /// The longest wait after a failure, in milliseconds.
    public static let backoffCapMilliseconds: UInt32 = 5_000
    /// An identity that was kept from an earlier run, in bytes.
    public static let identityBytes = 64 * 1024
    /// A message from an answer that is quoted in a summary, in bytes.
    public static let quotedBytes = 200
}
