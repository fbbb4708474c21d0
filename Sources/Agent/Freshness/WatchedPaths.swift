public import Shared

/// Where a change shows that something may have been installed, removed, started or stopped.
///
/// The sources of the probes on Linux, as far as the system tells without opening them. Not among them, so only seen when
/// the interval is over: a process of which no unit is known, a unit or path that the catalog names by its beginning only,
/// and a user's own flatpaks.
public enum WatchedPaths {
    /// The paths below a root.
    public static func linux(_ catalog: Catalog) -> [String] {
        var paths = databases + packageFolders + unitFolders
        for signal in catalog.signals where signal.platform == .linux && signal.family != nil && !signal.isPrefix {
            switch signal.kind {
            case .path: paths.append(signal.value)
            case .unit, .unitRunning: paths += controlFolders.map { "\($0)/\(signal.value)" }
            case .kernelModule:
                // The kernel writes every name with underscores.
                paths.append("/sys/module/" + String(signal.value.map { $0 == "-" ? "_" : $0 }))
            default: break
            }
        }
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }

    /// Databases of packages.
    ///
    /// Not their folders: `rpm`, when it is asked, makes files of its own there, and a scan would cause the next one.
    private static let databases = [
        "/var/lib/dpkg/status",
        "/var/lib/rpm/rpmdb.sqlite", "/var/lib/rpm/Packages.db", "/var/lib/rpm/Packages",
        "/usr/lib/sysimage/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/Packages.db", "/usr/lib/sysimage/rpm/Packages",
    ]

    /// Folders that change with each package.
    private static let packageFolders = [
        "/var/lib/dpkg/status.d", "/var/lib/snapd/snaps", "/snap", "/var/lib/flatpak/app",
    ]

    /// Where units are put; to enable one makes a link in the folder of a target.
    private static let unitFolders = [
        "/etc/systemd/system", "/etc/systemd/system/multi-user.target.wants", "/usr/local/lib/systemd/system",
        "/usr/lib/systemd/system", "/lib/systemd/system",
    ]

    /// Control groups of the system's services: one that runs has a folder there.
    private static let controlFolders = [
        "/sys/fs/cgroup/system.slice", "/sys/fs/cgroup/systemd/system.slice", "/sys/fs/cgroup/unified/system.slice",
    ]
}
