import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien conflicts`.
struct ConflictList: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "The devices on which several antivirus products are proven to be installed."
    )

    @OptionGroup var unit: UnitOption
    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let pages = Pages(limit: limit.limit) { page in
                let request = Khien_V1_ListConflictsRequest.with {
                    $0.unitCode = unit.unit ?? ""
                    $0.page = page
                }
                let answer = try await client.listConflicts(request)
                return .init(rows: answer.conflicts, next: answer.nextPageToken, total: answer.total)
            }
            var list = context.renderer(global).list(Self.table)
            let count = try await pages.read { try list.append($0) }
            try list.finish(note: [Phrases.count(count.shown, of: count.total, "conflict", "conflicts")])
        }
    }

    static let table = Table<Khien_V1_Conflict>([
        Column("opened_at", "Since") { .moment($0.openedAtMs) },
        Column("unit_code", "Unit") { .text($0.unitCode) },
        Column("unit_name", "Name of the unit") { .optional($0.unitName) },
        Column("device_id", "Device") { .text($0.deviceID) },
        Column("host_name", "Host") { .optional($0.hostName) },
        Column("products", "Products") { .list($0.products) },
        Column("last_report_at", "Last report") { .moment($0.lastReportAtMs) },
    ])
}
