import Messages
import Shared

/// The table of units in the form of the official appendix: numbered in groups, with sums and a total.
struct UnitReport {
    /// What stands above the table.
    struct Heading {
        var title: String
        /// Where the document is signed; left out when nobody named it.
        var place: String?
        /// The document that the table belongs to.
        var document: String?
        var day: Day?
    }

    /// The figures of a unit, a group or all.
    struct Figures {
        var allocated = 0
        var installed = 0
        var shortfall = 0
        var overCap = 0
        var conflicts = 0

        /// In the order of the columns.
        var all: [Int] { [allocated, installed, shortfall, overCap, conflicts] }

        mutating func add(_ other: Figures) {
            allocated += other.allocated
            installed += other.installed
            shortfall += other.shortfall
            overCap += other.overCap
            conflicts += other.conflicts
        }
    }

    /// Units of one kind.
    struct Group {
        /// As the wire has it.
        var code: String
        var units: [(name: String, figures: Figures)] = []

        var sum: Figures { units.reduce(into: Figures()) { $0.add($1.figures) } }

        var name: Phrase {
            switch code {
            case "department": Phrases.departments
            case "district": Phrases.districts
            case "commune": Phrases.communes
            default: Phrases.otherUnits
            }
        }
    }

    let heading: Heading
    /// In the order in which the collector has them.
    let groups: [Group]
    let terms: [Khien_V1_Term]

    /// The report on the units that stand, and on closed ones that still have something: it counts what `khien units` does.
    init(_ answer: Khien_V1_ListUnitsResponse, heading: Heading) {
        self.heading = heading
        var groups: [Group] = []
        for unit in answer.units where unit.closedOn.isEmpty || Self.hasSomething(unit) {
            let index = groups.firstIndex { $0.code == unit.group } ?? groups.endIndex
            if index == groups.endIndex { groups.append(Group(code: unit.group)) }
            let figures = Figures(
                allocated: Int(unit.allocatedSeats),
                installed: Int(unit.usedSeats),
                shortfall: Int(unit.shortfall),
                overCap: Int(unit.overCap),
                conflicts: Int(unit.conflicts)
            )
            groups[index].units.append((unit.name, figures))
        }
        self.groups = groups
        terms = answer.terms.isEmpty && answer.hasTerm ? [answer.term] : answer.terms
    }

    /// Whether a unit has devices or seats: one that was closed may, when a device comes back there.
    private static func hasSomething(_ unit: Khien_V1_UnitSummary) -> Bool {
        unit.devices > 0 || unit.allocatedSeats > 0 || unit.usedSeats > 0
    }

    /// Over all groups.
    var total: Figures { groups.reduce(into: Figures()) { $0.add($1.sum) } }

    /// The columns, in their order.
    static var headers: [Phrase] {
        [
            Phrases.reportNumber, Phrases.reportUnit, Phrases.reportAllocated, Phrases.reportInstalled,
            Phrases.shortfall, Phrases.overCap, Phrases.conflicts,
        ]
    }

    /// Lines about document, day and contracts.
    var subtitles: [String] {
        var lines: [String] = []
        if let document = heading.document { lines.append(Phrases.reportBelongsTo(document).description) }
        lines += terms.map { Phrases.reportTerm($0).description }
        return lines
    }

    /// Place and day, as a letter has them.
    var dateLine: String { heading.day.map { Phrases.reportDate($0, place: heading.place).description } ?? "" }

    /// The number of a group; 0 has none.
    static func roman(_ number: Int) -> String {
        var rest = number
        var text = ""
        for (value, letters) in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
            while rest >= value {
                text += letters
                rest -= value
            }
        }
        return text
    }
}
