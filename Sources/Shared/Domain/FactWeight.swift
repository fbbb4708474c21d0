/// How much one fact says about a product being there.
///
/// Raw values are the numbers of `khien.v1.Weight` on the wire.
public enum FactWeight: Int, CaseIterable, Sendable, Hashable, Comparable {
    /// What a removed product leaves: its configuration, a unit file whose program is gone.
    case leftover = 1
    /// Listed somewhere, without a sign that it is there.
    case registered = 2
    /// The package database, a service or the product's own files say that it is there.
    case installed = 3
    /// Its service, process or kernel module runs now.
    case running = 4

    /// The word that is shown to people and written to JSON.
    public var word: String {
        switch self {
        case .leftover: "leftover"
        case .registered: "registered"
        case .installed: "installed"
        case .running: "running"
        }
    }

    /// The order of the raw values.
    public static func < (left: FactWeight, right: FactWeight) -> Bool { left.rawValue < right.rawValue }
}
