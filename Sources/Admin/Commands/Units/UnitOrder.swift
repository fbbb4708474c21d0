import ArgumentParser
import Messages

/// In which order units are listed.
enum UnitOrder: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// What needs attention on top.
    case attention
    /// As in the official appendix, and as the collector gives them.
    case appendix
    /// By name, as a Vietnamese dictionary orders words.
    case name

    /// The units in this order; equal ones stay as they were.
    func sorted(_ units: [Khien_V1_UnitSummary]) -> [Khien_V1_UnitSummary] {
        switch self {
        case .appendix:
            return units
        case .attention:
            return Self.sorted(units, by: Urgency.init, >)
        case .name:
            return Self.sorted(units, by: { VietnameseSortKey($0.name) }, <)
        }
    }

    private static func sorted<Key>(
        _ units: [Khien_V1_UnitSummary],
        by key: (Khien_V1_UnitSummary) -> Key,
        _ isBefore: (Key, Key) -> Bool
    ) -> [Khien_V1_UnitSummary] {
        // The library's sort is stable, though it does not promise it: the position decides between equals.
        units.enumerated().map { (key: key($1), position: $0, unit: $1) }
            .sorted { left, right in
                if isBefore(left.key, right.key) { return true }
                if isBefore(right.key, left.key) { return false }
                return left.position < right.position
            }
            .map(\.unit)
    }

    /// How much a unit needs attention: conflicts, then devices over the cap, violations, the share that is silent, and
    /// what is not installed yet.
    private struct Urgency: Comparable {
        var figures: [UInt64]

        init(_ unit: Khien_V1_UnitSummary) {
            // In millionths: a small unit that is all silent comes before a large one with a few silent devices.
            let silence = unit.devices == 0 ? 0 : UInt64(unit.silent) * 1_000_000 / UInt64(unit.devices)
            // Over the cap are those that wait, too: adding them would count them twice.
            figures = [
                UInt64(unit.conflicts), UInt64(unit.overCap), UInt64(unit.inViolation), silence, UInt64(unit.shortfall),
            ]
        }

        static func < (left: Urgency, right: Urgency) -> Bool {
            left.figures.lexicographicallyPrecedes(right.figures)
        }
    }
}
