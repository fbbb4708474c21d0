/// What a product does on a device; decides whether it can be one half of a conflict.
///
/// Raw values are the numbers of `khien.v1.Role` on the wire.
public enum ProductRole: Int, CaseIterable, Sendable, Hashable {
    /// Real-time protection. Only this role counts for the one-antivirus rule.
    case antivirus = 1
    /// A sensor that stands beside an antivirus.
    case edr = 2
    /// Scans when asked, protects nothing in between.
    case onDemand = 3
    /// Came with the operating system; counts only while it is active.
    case builtIn = 4
    /// Part of a suite, such as an updater.
    case component = 5
    /// Connects a product to its management server.
    case management = 6
    /// Registered or placed like an antivirus, and not in the catalog: shown for review, never half of a conflict.
    case unknown = 7

    /// The word that is shown to people and written to JSON.
    public var word: String {
        switch self {
        case .antivirus: "antivirus"
        case .edr: "edr"
        case .onDemand: "on-demand"
        case .builtIn: "built-in"
        case .component: "component"
        case .management: "management"
        case .unknown: "unknown"
        }
    }

    /// The role with this word, or `nil`.
    public init?(word: some StringProtocol) {
        guard let role = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = role
    }

    /// Which of several supported roles a product has: the highest wins, so that ClamAV's on-access scanner makes the
    /// on-demand scanner an antivirus while it runs.
    var precedence: Int {
        switch self {
        case .antivirus: 6
        case .builtIn: 5
        case .edr: 4
        case .onDemand: 3
        case .component: 2
        case .management: 1
        case .unknown: 0
        }
    }
}
