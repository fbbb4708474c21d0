/// What kind of name a sign is, and so which probe looks for it.
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

    /// The order of the catalog.
    public static func < (left: SignalKind, right: SignalKind) -> Bool { left.rawValue < right.rawValue }
}
