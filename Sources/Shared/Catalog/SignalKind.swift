/// What kind of name a sign is, and so which probe looks for it.
///
/// Raw values are the numbers of `khien.v1.SignalKind` on the wire.
public enum SignalKind: Int, CaseIterable, Sendable, Hashable, Comparable {
    /// The name of a Debian package.
    case deb = 1
    /// The name of an rpm package.
    case rpm = 2
    /// The name of a systemd unit, with its suffix.
    case unit = 3
    /// The same, of which only the running state says something.
    case unitRunning = 4
    /// The base name of an executable.
    case process = 5
    /// The name of a kernel module.
    case kernelModule = 6
    /// A file, or a folder with a program in it, that an installed product has.
    case path = 7
    /// Configuration or data, which a removed product leaves behind.
    case dataPath = 8
    /// The name of a snap.
    case snap = 9
    /// The id of a flatpak application.
    case flatpak = 10
    /// The key name of a Windows service.
    case service = 11
    /// The file name of a Windows driver.
    case driver = 12
    /// The title of an entry in Windows' list of installed programs.
    case uninstallName = 13
    /// The key name of such an entry, such as an MSI product code.
    case uninstallKey = 14
    /// Who an entry or a file says made it; proves nothing alone.
    case publisher = 15
    /// The display name of a product in Windows Security Center.
    case securityCenter = 16
    /// A file-system filter driver and its altitude, as `klif.sys@320400`.
    case minifilter = 17
    /// A registry key that a product makes and often leaves behind.
    case registry = 18
    /// The name of a named pipe.
    case pipe = 19
    /// The identifier of a macOS application bundle.
    case bundleID = 20
    /// The identifier of a macOS system extension.
    case systemExtension = 21
    /// The label of a launchd job.
    case launchd = 22
    /// The team that signed macOS software; proves nothing alone.
    case teamID = 23

    /// The word in the catalog's table.
    public var word: String {
        switch self {
        case .deb: "deb"
        case .rpm: "rpm"
        case .unit: "unit"
        case .unitRunning: "unit_running"
        case .process: "process"
        case .kernelModule: "kernel_module"
        case .path: "path"
        case .dataPath: "data_path"
        case .snap: "snap"
        case .flatpak: "flatpak"
        case .service: "service"
        case .driver: "driver"
        case .uninstallName: "uninstall_name"
        case .uninstallKey: "uninstall_key"
        case .publisher: "publisher"
        case .securityCenter: "security_center"
        case .minifilter: "minifilter"
        case .registry: "registry"
        case .pipe: "pipe"
        case .bundleID: "bundle_id"
        case .systemExtension: "system_extension"
        case .launchd: "launchd"
        case .teamID: "team_id"
        }
    }

    /// The kind with this word, or `nil`.
    public init?(word: some StringProtocol) {
        guard let kind = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = kind
    }

    /// Whether values of this kind are absolute paths.
    var isPath: Bool { self == .path || self == .dataPath }

    /// Whether values of this kind are unit names.
    var isUnit: Bool { self == .unit || self == .unitRunning }

    /// Whether the kind names a maker, which only supports what another name says.
    var isMaker: Bool { self == .publisher || self == .teamID }

    /// Whether such names occur on a platform.
    func occurs(on platform: HostDescription.Platform) -> Bool {
        switch self {
        case .process, .path, .dataPath: true
        case .deb, .rpm, .unit, .unitRunning, .kernelModule, .snap, .flatpak: platform == .linux
        case .service, .driver, .uninstallName, .uninstallKey, .publisher, .securityCenter, .minifilter, .registry,
            .pipe:
            platform == .windows
        case .bundleID, .systemExtension, .launchd, .teamID: platform == .macOS
        }
    }

    /// The order of the catalog.
    public static func < (left: SignalKind, right: SignalKind) -> Bool { left.rawValue < right.rawValue }
}
