/// Where on a device a fact was read.
///
/// Raw values are the numbers of `khien.v1.Source` on the wire.
public enum FactSource: Int, CaseIterable, Sendable, Hashable, Comparable {
    /// `/var/lib/dpkg/status` and the file lists beside it.
    case dpkg = 1
    /// The rpm database.
    case rpm = 2
    /// Unit files, and the control groups of those that run.
    case systemd = 3
    /// Executables of running processes.
    case process = 4
    /// Loaded kernel modules.
    case kernelModule = 5
    /// Files and folders at places that only one product uses.
    case installPath = 6

    /// The word that is shown to people and written to JSON.
    public var word: String {
        switch self {
        case .dpkg: "dpkg"
        case .rpm: "rpm"
        case .systemd: "systemd"
        case .process: "process"
        case .kernelModule: "kernel-module"
        case .installPath: "install-path"
        }
    }

    /// The order of the raw values.
    public static func < (left: FactSource, right: FactSource) -> Bool { left.rawValue < right.rawValue }
}
