/// How much is read of a mounted Windows disk, and for how long, before a source stops and says so.
struct WindowsDiskLimits: Sendable, Hashable {
    /// Time for one source.
    var sourceTime = Duration.seconds(10)
    /// Bytes of one hive. (SOFTWARE has 40 to 200 MB.)
    var hiveBytes: Int64 = 1024 * 1024 * 1024
    /// Address space that the reader of a hive may use, the hive itself included, in bytes.
    var readerMemoryBytes: UInt64 = 1536 * 1024 * 1024
    /// Processor time of one reader, in seconds.
    var readerSeconds: UInt32 = 20
    /// Readers that are started one after another for one hive when it ends them.
    var readersPerHive = 4
    /// Keys that are looked at for one question.
    var visitedKeys: UInt32 = 500_000
    /// Values of one key.
    var valuesPerKey: UInt32 = 256
    /// Bytes of one value; the rest is cut off.
    var valueBytes: UInt32 = 4096
    /// Bytes of one answer. (What is asked about a real disk has 1 to 3 MB; in memory it takes a few times as much.)
    var answerBytes = 16 * 1024 * 1024
    /// Records of one source.
    var records = 16384
    /// User profiles.
    var users = 256
    /// Names in folders that are kept for looking files up.
    var folderNames = 200_000
    /// Parts of one path.
    var pathParts = 64
    /// Entries of a transaction log that are looked at.
    var logEntries = 4096
    /// Files looked for to find where a command without quotes ends.
    var pathCandidates = 32

    /// The limits that the agent runs with.
    init() {}
}
