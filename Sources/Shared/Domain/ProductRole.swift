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

    /// Of several supported roles the first one here is the product's, so that ClamAV's on-access scanner makes the on-demand
    /// scanner an antivirus while it runs.
    static let byPrecedence: [ProductRole] = [
        .antivirus, .builtIn, .edr, .onDemand, .component, .management, .unknown,
    ]
}
