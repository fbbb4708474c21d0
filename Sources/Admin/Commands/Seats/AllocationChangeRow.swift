import Messages
import Shared

/// What one unit had and has in a term.
struct AllocationChangeRow {
    var termID: UInt32
    var change: Khien_V1_AllocationChange

    /// More is positive.
    var difference: Int64 { Int64(change.seats) - Int64(change.formerSeats) }

    static let table = Table<AllocationChangeRow>([
        Column("term_id", Phrases.termNumber, .trailing, isShown: false) { .count($0.termID) },
        Column("unit_code", Phrases.code) { .text($0.change.unitCode) },
        Column("unit_name", Phrases.unit) { .optional($0.change.unitName) },
        Column("former_seats", Phrases.formerSeats, .trailing, isSummed: true) { .count($0.change.formerSeats) },
        Column("seats", Phrases.newSeats, .trailing, isSummed: true) { .count($0.change.seats) },
        Column("difference", Phrases.seatsDifference, .trailing, isSummed: true) { .number($0.difference) },
        Column("used_seats", Phrases.used, .trailing, isSummed: true) {
            .count($0.change.usedSeats).tone($0.change.usedSeats > $0.change.seats ? .warning : nil)
        },
    ])
}
