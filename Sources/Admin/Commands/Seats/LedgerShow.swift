import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien ledger`.
struct LedgerShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "ledger",
            abstract: Phrases.ledgerAbstract,
            discussion: Phrases.ledgerDiscussion
        )
    }

    @OptionGroup var unit: UnitOption

    @Option(help: ArgumentHelp(Phrases.ledgerAtHelp, valueName: Phrases.dateValue), transform: DayArgument.iso)
    var at: String?

    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.ledgerTermHelp, valueName: Phrases.termValue))
    var term: Int?

    @Flag(help: ArgumentHelp(Phrases.ledgerBalancesHelp))
    var balances = false

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.day(at, "--at")
        try OptionCheck.number(term, "--term", AdminLimits.termIDs)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let renderer = context.renderer(global)
            if balances {
                let sheet = LedgerBalances(try await client.getLedger(request(.with { $0.size = 1 })).balances)
                return try sheet.write(renderer)
            }
            var isFirst = true
            let pages = Pages(limit: limit.limit) { page in
                let answer = try await client.getLedger(request(page))
                // People see the balances too, above the entries; programs ask for one or the other.
                if isFirst, global.format == .table { try LedgerBalances(answer.balances).write(renderer) }
                isFirst = false
                return .init(rows: answer.entries, next: answer.nextPageToken, total: answer.total)
            }
            try await pages.show(renderer.list(Self.table), .entries)
        }
    }

    private func request(_ page: Khien_V1_Page) -> Khien_V1_GetLedgerRequest {
        .with {
            $0.termID = UInt32(clamping: term ?? 0)
            $0.unit = unit.unit ?? ""
            $0.at = at ?? ""
            $0.page = page
        }
    }

    static let table = Table<Khien_V1_LedgerEntry>([
        Column("id", Phrases.id, .trailing) { .reference($0.id) },
        Column("effective_on", Phrases.effectiveOn) { .day($0.effectiveOn) },
        Column("term_id", Phrases.termNumber, .trailing) { .count($0.termID) }.rank(5),
        Column("from_account", Phrases.ledgerFrom) { .account($0.fromAccount) },
        Column("to_account", Phrases.ledgerTo) { .account($0.toAccount) },
        Column("seats", Phrases.seats, .trailing) { .count($0.seats) },
        Column("document", Phrases.document) { .optional($0.document) },
        Column("officer", Phrases.officer) { .optional($0.officer) }.rank(2),
        Column("recorded_at", Phrases.recordedAt) { .moment($0.recordedAtMs) }.rank(4),
        Column("request_id", Phrases.ledgerRequest, .trailing) { .reference($0.requestID) }.rank(3),
        Column("reason", Phrases.reason) { .optional($0.reason) }.rank(1),
    ])
}
