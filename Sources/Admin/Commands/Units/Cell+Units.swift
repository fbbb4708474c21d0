import Messages
import Shared

extension Cell {
    /// A unit's group: absent when it has none, as it is when this program does not know it.
    static func unitGroup(_ group: String) -> Cell {
        guard let known = UnitGroupOption(rawValue: group) else { return .optional(group) }
        return .word(group, known.phrase)
    }

    /// What happened to a unit.
    static func word(_ kind: Khien_V1_UnitChangeKind) -> Cell {
        switch kind {
        case .unspecified: .absent
        case .add: .word("added", Phrases.unitAdded)
        case .rename: .word("renamed", Phrases.unitRenamed)
        case .merge: .word("merged", Phrases.unitMerged)
        case .split: .word("split", Phrases.unitSplit)
        case .close: .word("closed", Phrases.unitClosed)
        case .UNRECOGNIZED(let number): .text("unknown-\(number)")
        }
    }
}
