/// How much the probes read, and for how long, before they stop and say so.
public struct ProbeLimits: Sendable, Hashable {
    /// Time for one probe.
    public var probeTime = Duration.seconds(10)
    /// Bytes of the dpkg database. (100,000 packages are about 120 MB.)
    public var databaseBytes = 512 * 1024 * 1024
    /// Packages in one database.
    public var packages = 400_000
    /// Files in `/var/lib/dpkg/status.d`.
    public var packageFiles = 8192
    /// Bytes of one package's list of files.
    public var fileListBytes = 4 * 1024 * 1024
    /// Programs of a package that are looked for in vain before they count as gone.
    public var filesPerPackage = 64
    /// Lines of a package's list that are looked at, folders included.
    public var linesPerPackage = 4096
    /// Bytes of the output of `rpm`.
    public var toolOutputBytes = 64 * 1024 * 1024
    /// Bytes of a small text file: a unit, os-release, a host name, a control group.
    public var textFileBytes = 64 * 1024
    /// Bytes of `/proc/modules`.
    public var moduleListBytes = 4 * 1024 * 1024
    /// Processes.
    public var processes = 65536
    /// Entries of an installed folder that are looked at before a program is found.
    public var folderEntries = 512
    /// Depth of that search.
    public var folderDepth = 4

    /// The limits that the agent runs with.
    public init() {}
}
