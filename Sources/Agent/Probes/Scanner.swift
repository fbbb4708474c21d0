public import Shared

/// Looks at a device, at a mounted disk, or at a tree that was prepared like one, and says which products are there.
///
/// Of a disk or a prepared tree only files below its root are read, `ROOT/proc` and `ROOT/sys` included. Which system it
/// is of is told by its files.
public struct Scanner: Sendable {
    private let root: String
    private let catalog: Catalog
    private let limits: ProbeLimits
    private let rpmTools: [String]
    private let time: @Sendable () -> Int64
    private let now: @Sendable () -> ContinuousClock.Instant

    /// A scanner of the tree below `root`; `/` for this device.
    ///
    /// - Parameters:
    ///   - root: The folder that stands for `/`.
    ///   - catalog: What names mean.
    ///   - limits: How much each probe reads, and for how long.
    ///   - rpmTools: Paths at which this system's own `rpm` may be.
    ///   - time: The device's clock, in seconds since 1970: how old signatures are.
    ///   - now: The clock of the deadlines.
    public init(
        root: String,
        catalog: Catalog,
        limits: ProbeLimits = ProbeLimits(),
        rpmTools: [String] = ["/usr/bin/rpm", "/bin/rpm"],
        time: @escaping @Sendable () -> Int64 = { SystemInformation.milliseconds() / 1000 },
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.root = root
        self.catalog = catalog
        self.limits = limits
        self.rpmTools = rpmTools
        self.time = time
        self.now = now
    }

    /// Whether there is a folder that can be looked below.
    public static func canLook(below root: String) -> Bool {
        (try? RootDirectory(path: root)) != nil
    }

    /// Looks once.
    ///
    /// Never fails as a whole: what could not be read is in the inventory's sources.
    public func scan() -> Scan { Scan(read(), catalog: catalog) }

    /// What the probes see, before the catalog says what it means.
    ///
    /// On Linux only what the catalog knows is seen: its probes look names up while they read.
    public func read() -> DeviceReading {
        let directory: RootDirectory
        do throws(FileFailure) {
            directory = try RootDirectory(path: root)
        } catch {
            return unreadable("the root folder cannot be opened: \(error.reason)")
        }
        let context = ProbeContext(root: directory, catalog: catalog, limits: limits, now: now)
        if WindowsDisk.isWindows(directory) {
            // A disk's signatures are as old as the disk says that it is; it may have lain in a cupboard for a year.
            return WindowsReading().reading(of: WindowsDisk(root: directory, now: now).records())
        }
        return MacDisk.isMac(directory) ? MacDisk(context: context).read() : linux(context)
    }

    private func linux(_ context: ProbeContext) -> DeviceReading {
        var results = [
            DpkgProbe(context: context).run(),
            RpmProbe(context: context, tools: rpmTools).run(),
            SnapProbe(context: context).run(),
            FlatpakProbe(context: context).run(),
            SystemdProbe(context: context).run(),
            ProcessProbe(context: context).run(),
            KernelModuleProbe(context: context).run(),
            InstallPathProbe(context: context).run(),
        ]
        results.append(VendorStateProbe(context: context, time: time).run(beside: results))
        return DeviceReading(
            host: HostProbe(context: context).run(),
            facts: results.flatMap(\.observations).map(\.rawFact),
            sources: results.map(\.status)
        )
    }

    private func unreadable(_ reason: String) -> DeviceReading {
        DeviceReading(
            host: HostDescription(
                name: "unknown",
                operatingSystem: "unknown",
                platform: .linux,
                architecture: "unknown",
                agentVersion: khienVersion
            ),
            facts: [],
            sources: FactSource.allCases.map { ProbeResult.unavailable($0, reason).status }
        )
    }
}
