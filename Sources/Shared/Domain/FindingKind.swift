/// A rule that a device can break.
///
/// Raw values are the numbers of `khien.v1.FindingKind` on the wire.
public enum FindingKind: Int, CaseIterable, Sendable, Hashable, Comparable {
    /// Two different families, each confirmed as installed. A finding of this kind is a *conflict*.
    case multipleAntivirus = 1
    /// A confirmed antivirus that is not an approved product.
    case unapprovedAntivirus = 2
    /// No antivirus, on a device whose sources could be read.
    case noAntivirus = 3
    /// An antivirus that the system still lists and that is not there: to be cleaned up, no conflict.
    case ghostRegistration = 4
    /// A confirmed antivirus that says it does not protect.
    case protectionOff = 5
    /// A confirmed antivirus whose signatures are outdated.
    case outdatedSignatures = 6
    /// The licensed product, on a device for which its unit has no free seat.
    case overCap = 7
    /// The licensed product under a term that is over.
    case termExpired = 8

    /// Those that follow from what is installed; the others follow from seats and terms.
    public static let judged: Set<FindingKind> = [
        .multipleAntivirus, .unapprovedAntivirus, .noAntivirus, .ghostRegistration, .protectionOff, .outdatedSignatures,
    ]

    /// The word that is shown to people, stored, and written to JSON.
    public var word: String {
        switch self {
        case .multipleAntivirus: "multiple-antivirus"
        case .unapprovedAntivirus: "unapproved-antivirus"
        case .noAntivirus: "no-antivirus"
        case .ghostRegistration: "ghost-registration"
        case .protectionOff: "protection-off"
        case .outdatedSignatures: "outdated-signatures"
        case .overCap: "over-cap"
        case .termExpired: "term-expired"
        }
    }

    /// The kind with this word, or `nil`.
    public init?(word: some StringProtocol) {
        guard let kind = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = kind
    }

    /// The order of the raw values.
    public static func < (left: FindingKind, right: FindingKind) -> Bool { left.rawValue < right.rawValue }
}
