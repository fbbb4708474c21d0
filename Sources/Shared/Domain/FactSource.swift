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
    /// Executables of running processes, and what only they open.
    case process = 4
    /// Loaded kernel modules.
    case kernelModule = 5
    /// Files and folders at places that only one product uses.
    case installPath = 6
    /// Snaps, by their manifests.
    case snap = 7
    /// Flatpak applications, by their manifests.
    case flatpak = 8
    /// Windows' list of installed programs, both views, every user.
    case uninstall = 9
    /// Windows services.
    case service = 10
    /// Windows drivers.
    case driver = 11
    /// File-system filter drivers and their altitudes.
    case minifilter = 12
    /// Windows Security Center.
    case securityCenter = 13
    /// What Microsoft Defender says about itself.
    case defender = 14
    /// What a third-party product says about itself: its statistics, or its own tool.
    case vendorState = 15
    /// Application bundles of macOS.
    case application = 16
    /// System extensions of macOS.
    case systemExtension = 17
    /// Daemons and agents of launchd.
    case launchd = 18
    /// Keys that products make in the Windows registry.
    case registry = 19

    /// The word that is shown to people and written to JSON.
    public var word: String {
        switch self {
        case .dpkg: "dpkg"
        case .rpm: "rpm"
        case .systemd: "systemd"
        case .process: "process"
        case .kernelModule: "kernel-module"
        case .installPath: "install-path"
        case .snap: "snap"
        case .flatpak: "flatpak"
        case .uninstall: "uninstall"
        case .service: "service"
        case .driver: "driver"
        case .minifilter: "minifilter"
        case .securityCenter: "security-center"
        case .defender: "defender"
        case .vendorState: "vendor-state"
        case .application: "application"
        case .systemExtension: "system-extension"
        case .launchd: "launchd"
        case .registry: "registry"
        }
    }

    /// Whether the source is a list that may outlive what it lists.
    public var isList: Bool {
        switch self {
        case .dpkg, .rpm, .snap, .flatpak, .uninstall, .securityCenter: true
        default: false
        }
    }

    /// The order of the raw values.
    public static func < (left: FactSource, right: FactSource) -> Bool { left.rawValue < right.rawValue }
}
