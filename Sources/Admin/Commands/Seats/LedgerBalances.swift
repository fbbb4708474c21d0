import Messages
import Shared

/// What the accounts of the ledger held at the end of a day, with the proof that nothing was lost.
struct LedgerBalances {
    private let balances: [Khien_V1_AccountBalance]

    /// Balances as the collector gave them.
    init(_ balances: [Khien_V1_AccountBalance]) {
        self.balances = balances
    }

    /// Writes them as a list.
    func write(_ renderer: Renderer) throws {
        var list = renderer.list(table)
        try list.append(balances)
        try list.finish(note: note)
        if renderer.format == .table, !note.isEmpty { try renderer.write(lines: [""]) }
    }

    /// Whether all accounts are there, so that they have to add up to 0: one unit's are only a part.
    private var isWhole: Bool { balances.contains { $0.account == "contract" } }

    private var sum: Int64 { balances.reduce(0) { $0 + Int64($1.seats) } }

    private var note: [String] {
        guard !balances.isEmpty else { return [Phrases.noBalances.description] }
        guard isWhole else { return [] }
        return [(sum == 0 ? Phrases.ledgerProof : Phrases.ledgerDisproof(sum)).description]
    }

    private var table: Table<Khien_V1_AccountBalance> {
        Table([
            Column("term_id", Phrases.termNumber, .trailing) { .count($0.termID) },
            Column("account", Phrases.account) { .account($0.account) },
            Column("unit_name", Phrases.accountUnit) { .optional($0.unitName) },
            Column("seats", Phrases.seats, .trailing, isSummed: isWhole) { .number(Int64($0.seats)) },
        ])
    }
}
