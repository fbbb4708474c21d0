/// How well a product is proven by its facts.
///
/// Raw values are the numbers of `khien.v1.Grade` on the wire.
public enum EvidenceGrade: Int, CaseIterable, Sendable, Hashable, Comparable {
    /// Left-overs only.
    case remnant = 1
    /// One source says so, or a list names it.
    case registered = 2
    /// It runs, or two independent sources say that it is installed.
    case confirmed = 3

    /// The word that is shown to people and written to JSON.
    public var word: String {
        switch self {
        case .remnant: "remnant"
        case .registered: "registered"
        case .confirmed: "confirmed"
        }
    }

    /// The order of the raw values.
    public static func < (left: EvidenceGrade, right: EvidenceGrade) -> Bool { left.rawValue < right.rawValue }
}
