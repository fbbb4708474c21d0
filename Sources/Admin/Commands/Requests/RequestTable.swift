import Messages
import Shared

/// The columns of requests for more seats.
enum RequestTable {
    /// For lists: what decides about a request is shown, the rest is for programs.
    static let list = Table<Khien_V1_SeatRequest>([
        Column("id", Phrases.id, .trailing) { .large($0.id) },
        Column("state", Phrases.state) { .word($0.state) },
        Column("unit_code", Phrases.unitCode) { .text($0.unitCode) },
        Column("unit_name", Phrases.unit) { .optional($0.unitName) }.rank(3),
        Column("seats", Phrases.requestedSeats, .trailing) { .count($0.seats) },
        Column("granted_seats", Phrases.grantedSeats, .trailing) { granted($0) }.rank(2),
        Column("filed_at", Phrases.requestFiledAt) { .moment($0.filedAtMs) }.rank(4),
        Column("filed_by", Phrases.requestFiledBy) { .optional($0.filedBy) }.rank(6),
        Column("reason", Phrases.reason) { .optional($0.reason) }.rank(1),
        Column("source", Phrases.grantSource) { source($0.source) }.rank(7),
        Column("document", Phrases.document) { .optional($0.document) }.rank(5),
        Column("answer", Phrases.requestAnswer, isShown: false) { .optional($0.answer) },
        Column("decided_by", Phrases.requestDecidedBy, isShown: false) { .optional($0.decidedBy) },
        Column("decided_at", Phrases.requestDecidedAt, isShown: false) {
            .moment($0.decidedAtMs, if: $0.hasDecidedAtMs)
        },
        Column("term_id", Phrases.termNumber, .trailing, isShown: false) { .count($0.termID) },
        Column("allocated_seats", Phrases.unitAllocated, .trailing, isShown: false) { .count($0.allocatedSeats) },
        Column("used_seats", Phrases.unitUsed, .trailing, isShown: false) { .count($0.usedSeats) },
        Column("waiting", Phrases.unitWaiting, .trailing, isShown: false) { .count($0.waiting, .bad) },
        Column("revision", Phrases.revision, .trailing, isShown: false) { .large($0.revision) },
    ])

    /// For one request in full.
    static let whole = Table(
        list.columns.map { column in
            var column = column
            column.isShown = true
            return column
        }
    )

    /// Writes what a call about one request answered.
    static func write(_ answer: Khien_V1_SeatRequestAnswer, _ renderer: Renderer, note: [Phrase] = []) throws {
        try renderer.show(answer.request, whole, note: note.isEmpty ? [] : [""] + note.map(\.description))
    }

    /// What an open or refused request was granted is not zero: nothing was granted.
    private static func granted(_ request: Khien_V1_SeatRequest) -> Cell {
        request.state == .approved ? .count(request.grantedSeats) : .absent
    }

    private static func source(_ source: String) -> Cell {
        switch source {
        case "reserve": .word(source, Phrases.grantFromReserve)
        // Where a unit's officer is not told which other unit gave.
        case "center": .word(source, Phrases.wordCenter)
        default: .optional(source)
        }
    }
}

extension Cell {
    /// What has become of a request.
    static func word(_ state: Khien_V1_SeatRequestState) -> Cell {
        switch state {
        case .unspecified: .absent
        case .open: .word("open", Phrases.requestOpen).tone(.warning)
        case .approved: .word("approved", Phrases.requestApproved).tone(.good)
        case .refused: .word("refused", Phrases.requestRefused).tone(.bad)
        case .withdrawn: .word("withdrawn", Phrases.requestWithdrawn).tone(.faint)
        case .UNRECOGNIZED(let number): .text("unknown-\(number)")
        }
    }
}
