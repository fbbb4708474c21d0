import Messages
import Shared

/// What an officer is told about the end of terms, below the lists that rest on them.
enum TermNotes {
    /// Days before the end from which the words get stronger.
    static let quarter: Int32 = 90
    static let month: Int32 = 30
    static let week: Int32 = 7

    /// The same for terms among which those that have not begun are missing: their renewals are asked for when there is
    /// something to warn about.
    static func warnings(_ terms: [Khien_V1_Term], _ client: AdministrationClient) async throws -> [String] {
        guard !warnings(terms).isEmpty else { return [] }
        let renewals = try await client.listTerms(Khien_V1_ListTermsRequest()).terms.filter { $0.state == .upcoming }
        return warnings(terms + renewals)
    }

    /// One line for each term that is over or soon will be, and whose place no other one in the list takes in time.
    static func warnings(_ terms: [Khien_V1_Term]) -> [String] {
        terms.filter { term in !terms.contains { takesPlace($0, of: term) } }.compactMap { phrase($0)?.description }
    }

    /// Whether a term follows another one: it renews it, or is of the same product and begins on the day after its end.
    ///
    /// One that begins before that end stands beside it, and for the collector never takes its place; one that begins later
    /// leaves days between without a contract.
    private static func takesPlace(_ next: Khien_V1_Term, of term: Khien_V1_Term) -> Bool {
        if next.renewsTermID == term.id { return true }
        // Once it is over, the collector has decided: nothing took its place as long as it says so.
        guard term.state != .expired, next.productFamily == term.productFamily, let start = Day(next.startsOn),
            let end = Day(term.endsOn)
        else {
            return false
        }
        return start.days(since: end) == 1
    }

    private static func phrase(_ term: Khien_V1_Term) -> Phrase? {
        let ends = Cell.day(term.endsOn).display(in: .universal)
        let (id, product, days) = (term.id, term.productFamily, term.daysLeft)
        switch term.state {
        case .expired:
            // The smallest number has no opposite.
            return Phrases.termIsOver(id: id, product: product, ends: ends, days: days == .min ? .max : abs(days))
        case .inForce where days <= week:
            return Phrases.termEndsWithinWeek(id: id, product: product, ends: ends, days: days)
        case .inForce where days <= month:
            return Phrases.termEndsWithinMonth(id: id, product: product, ends: ends, days: days)
        case .inForce where days <= quarter:
            return Phrases.termEndsWithinQuarter(id: id, product: product, ends: ends, days: days)
        default:
            return nil
        }
    }

    /// The line with the revision that decisions may rest on; none for who decides nothing.
    static func revision(_ term: Khien_V1_Term) -> [String] {
        term.revision == 0 ? [] : [Phrases.ledgerRevision(term.revision).description]
    }

    /// The line that says which term the figures above it are of.
    static func heading(_ term: Khien_V1_Term) -> [String] {
        let starts = Cell.day(term.startsOn).display(in: .universal)
        let ends = Cell.day(term.endsOn).display(in: .universal)
        let line = Phrases.termLine(id: term.id, product: term.productFamily, starts: starts, ends: ends)
        // The province's figures are not told to a unit's officer.
        guard term.hasFigures else { return [line.description] }
        let figures = Phrases.termFigures(
            total: term.totalSeats,
            allocated: term.allocatedSeats,
            reserve: term.reserveSeats
        )
        return [line.description, figures.description]
    }
}
