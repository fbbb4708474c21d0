import Messages
import Shared

/// What changed about units, as every change of them answers.
enum UnitChangeList {
    static let table = Table<Khien_V1_UnitChange>([
        Column("id", Phrases.id, .trailing, isShown: false) { .large($0.id) },
        Column("effective_on", Phrases.effectiveOn) { .day($0.effectiveOn) },
        Column("kind", Phrases.change) { .word($0.kind) },
        Column("unit_code", Phrases.unitCode) { .text($0.unitCode) },
        Column("other_code", Phrases.unitOther) { .optional($0.otherCode) }.rank(1),
        Column("former_name", Phrases.unitFormerName) { .optional($0.formerName) }.rank(4),
        Column("seats", Phrases.seats, .trailing) { moved($0, $0.seats) }.rank(2),
        Column("devices", Phrases.devices, .trailing) { moved($0, $0.devices) }.rank(2),
        Column("document", Phrases.document) { .optional($0.document) },
        Column("officer", Phrases.officer) { .optional($0.officer) }.rank(3),
        Column("recorded_at", Phrases.recordedAt, isShown: false) { .moment($0.recordedAtMs) },
        Column("officers", Phrases.unitAffectedOfficers, isShown: false) { .list($0.officers) },
        Column("reason", Phrases.reason) { .optional($0.reason) }.rank(5),
    ])

    /// What went along: nothing to speak of where nothing can.
    private static func moved(_ change: Khien_V1_UnitChange, _ count: UInt32) -> Cell {
        change.kind == .merge || change.kind == .split || count > 0 ? .count(count) : .absent
    }

    /// Writes the changes, and below them for people what went along and who should know.
    static func write(_ answer: Khien_V1_UnitChangeAnswer, _ renderer: Renderer) throws {
        var list = renderer.list(table)
        try list.append(answer.changes)
        var note: [String] = []
        if answer.changes.contains(where: { $0.kind == .merge || $0.kind == .split }) {
            let seats = answer.changes.reduce(0) { $0 + UInt64($1.seats) }
            let devices = answer.changes.reduce(0) { $0 + UInt64($1.devices) }
            note.append(Phrases.wentAlong(seats: seats, devices: devices).description)
        }
        let officers = Set(answer.changes.flatMap(\.officers)).sorted()
        if !officers.isEmpty {
            note.append(Phrases.officersMoved(officers.joined(separator: ", ")).description)
        }
        if let unit = answer.changes.last?.unitCode { note.append(Phrases.unitToShow(unit).description) }
        try list.finish(note: note)
    }
}
