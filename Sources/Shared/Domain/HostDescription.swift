/// A device's words about itself, for people; never an identity.
public struct HostDescription: Sendable, Hashable {
    /// The kind of operating system.
    ///
    /// Raw values are the numbers of `khien.v1.Platform` on the wire.
    public enum Platform: Int, CaseIterable, Sendable, Hashable {
        /// Any Linux distribution.
        case linux = 1
        /// Windows for workstations.
        case windows = 2
        /// Windows Server.
        case windowsServer = 3
        /// macOS.
        case macOS = 4

        /// The word that is shown to people, stored, and written to JSON.
        public var word: String {
            switch self {
            case .linux: "linux"
            case .windows: "windows"
            case .windowsServer: "windows-server"
            case .macOS: "macos"
            }
        }
    }

    /// The host name.
    public var name: String
    /// Such as `Debian GNU/Linux 12 (bookworm)`.
    public var operatingSystem: String
    /// The kind of operating system.
    public var platform: Platform
    /// Such as `x86_64`.
    public var architecture: String
    /// Such as `0.1.0`.
    public var agentVersion: String

    /// A description with all its parts.
    public init(
        name: String,
        operatingSystem: String,
        platform: Platform,
        architecture: String,
        agentVersion: String
    ) {
        self.name = name
        self.operatingSystem = operatingSystem
        self.platform = platform
        self.architecture = architecture
        self.agentVersion = agentVersion
    }
}
