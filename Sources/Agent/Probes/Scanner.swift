public import Shared

/// Looks at a device, or at a tree that was prepared like one, and says which products are there.
///
/// Of a prepared tree only files below its root are read, `ROOT/proc` and `ROOT/sys` included.
public struct Scanner: Sendable {
    private let root: String
    private let catalog: Catalog
    private let limits: ProbeLimits
    private let rpmTools: [String]
    private let now: @Sendable () -> ContinuousClock.Instant

    /// A scanner of the tree below `root`; `/` for this device.
    ///
    /// - Parameters:
    ///   - root: The folder that stands for `/`.
    ///   - catalog: What names mean.
    ///   - limits: How much each probe reads, and for how long.
    ///   - rpmTools: Paths at which this system's own `rpm` may be.
    ///   - now: The clock of the deadlines.
    public init(
        root: String,
        catalog: Catalog,
        limits: ProbeLimits = ProbeLimits(),
        rpmTools: [String] = ["/usr/bin/rpm", "/bin/rpm"],
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.root = root
        self.catalog = catalog
        self.limits = limits
        self.rpmTools = rpmTools
        self.now = now
    }

    /// Whether there is a folder that can be looked below.
    public static func canLook(below root: String) -> Bool {
        (try? RootDirectory(path: root)) != nil
    }

    /// Looks once.
    ///
    /// Never fails as a whole: what could not be read is in the inventory's sources.
    public func scan() -> Scan {
        let directory: RootDirectory
        do throws(FileFailure) {
            directory = try RootDirectory(path: root)
        } catch {
            return unreadable("the root folder cannot be opened: \(error.reason)")
        }
        let context = ProbeContext(root: directory, catalog: catalog, limits: limits, now: now)
        let results = [
            DpkgProbe(context: context).run(),
            RpmProbe(context: context, tools: rpmTools).run(),
            SystemdProbe(context: context).run(),
            ProcessProbe(context: context).run(),
            KernelModuleProbe(context: context).run(),
            InstallPathProbe(context: context).run(),
        ]
        return Scan(
            host: HostProbe(context: context).run(),
            catalogVersion: catalog.version,
            inventory: Inventory(
                products: ProductGrouping(catalog: catalog).products(results.flatMap(\.observations)),
                sources: results.map(\.status)
            )
        )
    }

    private func unreadable(_ reason: String) -> Scan {
        Scan(
            host: HostDescription(
                name: "unknown",
                operatingSystem: "unknown",
                platform: .linux,
                architecture: "unknown",
                agentVersion: khienVersion
            ),
            catalogVersion: catalog.version,
            inventory: Inventory(
                products: [],
                sources: FactSource.allCases.map { ProbeResult.unavailable($0, reason).status }
            )
        )
    }
}
