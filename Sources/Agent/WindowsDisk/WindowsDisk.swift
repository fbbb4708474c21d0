internal import Shared

/// A mounted Windows disk that is read into the records that a running Windows would give.
///
/// A disk tells what is installed, never what runs, and its lists end where Windows last wrote them: no source that
/// needs a running Windows is ever complete here, so that nothing is proven to be absent.
struct WindowsDisk {
    /// The disk's root.
    let root: RootDirectory
    /// How much is read.
    let limits: WindowsDiskLimits
    /// The name of libhivex; tests give another.
    let library: String
    /// The clock.
    let now: Deadline.Now

    /// Folders that Windows was installed to.
    private static let systemFolders = ["Windows", "WINNT"]

    /// A disk with all its parts.
    init(
        root: RootDirectory,
        limits: WindowsDiskLimits = WindowsDiskLimits(),
        library: String = "libhivex.so.0",
        now: @escaping Deadline.Now
    ) {
        self.root = root
        self.limits = limits
        self.library = library
        self.now = now
    }

    /// Whether a root is a Windows disk: it has the folder of the registry with one of its hives.
    static func isWindows(_ root: RootDirectory, limits: WindowsDiskLimits = WindowsDiskLimits()) -> Bool {
        systemFolder(DiskFiles(root: root, limits: limits)) != nil
    }

    /// Reads the disk: a `host` record, then the records of each source, each source's own record last.
    func records() -> [ProbeRecord] {
        let files = DiskFiles(root: root, limits: limits)
        let folder = Self.systemFolder(files) ?? Self.systemFolders[0]
        let place = [folder, "System32", "config"]
        let software = hive("SOFTWARE", at: place + ["SOFTWARE"], in: files)
        let system = hive("SYSTEM", at: place + ["SYSTEM"], in: files)

        let start = source("host")
        let host = DiskHost(software: software, system: system, source: start)
        let paths = DiskPaths(
            systemRoot: host.version?.text("SystemRoot"),
            version: host.programs,
            files: files,
            limits: limits
        )
        var records = [host.record]
        records += DiskUninstall(disk: self, software: software, files: files, paths: paths).records()
        records += DiskServices(disk: self, system: system, controlSet: host.controlSet, paths: paths).records()
        records += notOnADisk(
            "security-center",
            isServer: host.isServer,
            "Security Center's list is in the WMI repository, which is not read"
        )
        records += DiskVendorKeys(disk: self, software: software).records()
        records += notOnADisk("process", "nothing runs on a disk")
        records += notOnADisk("pipe", "nothing runs on a disk")
        return records
    }

    /// A hive of this disk.
    func hive(_ name: String, at path: [String], in files: DiskFiles) -> DiskHive {
        DiskHive(name, at: path, in: files, library: library, limits: limits)
    }

    /// A source whose deadline begins now.
    func source(_ name: String) -> DiskSource {
        DiskSource(name, deadline: Deadline(after: limits.sourceTime, now: now), limit: limits.records)
    }

    private func notOnADisk(_ name: String, isServer: Bool? = nil, _ reason: String) -> [ProbeRecord] {
        var source = source(name)
        if isServer == true { source.isNotThere() } else { source.isUnavailable(reason) }
        return source.finished()
    }

    private static func systemFolder(_ files: DiskFiles) -> String? {
        systemFolders.first { folder in
            ["SOFTWARE", "SYSTEM"].contains { files.find([folder, "System32", "config", $0]) != .missing }
                && files.find([folder, "System32", "config"]) == .folder
        }
    }
}
