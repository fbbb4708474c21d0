import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien seats`.
struct SeatList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "seats", abstract: Phrases.seatsAbstract)
    }

    @OptionGroup var unit: UnitOption

    @Flag(help: ArgumentHelp(Phrases.seatsOverHelp))
    var over = false

    @Flag(help: ArgumentHelp(Phrases.seatsWaitingHelp))
    var waiting = false

    @Option(parsing: .unconditional, help: ArgumentHelp(Phrases.seatsIdleHelp, valueName: Phrases.daysValue))
    var idle: Int?

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard [over, waiting, idle != nil].count(where: \.self) <= 1 else {
            throw ValidationError(Phrases.severalSeatViews)
        }
        try OptionCheck.number(idle, "--idle", AdminLimits.silenceDays)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let pages = Pages(limit: limit.limit) { page in
                let request = Khien_V1_ListSeatsRequest.with {
                    $0.unit = unit.unit ?? ""
                    $0.view = view
                    $0.idleDays = UInt32(clamping: idle ?? 0)
                    $0.page = page
                }
                let answer = try await client.listSeats(request)
                return .init(rows: answer.seats, next: answer.nextPageToken, total: answer.total)
            }
            try await pages.show(context.renderer(global).list(Self.table), .devices)
        }
    }

    private var view: Khien_V1_SeatView {
        if over { return .over }
        if waiting { return .waiting }
        return idle == nil ? .unspecified : .idle
    }

    static let table = Table<Khien_V1_Seat>([
        Column("unit_code", Phrases.unitCode) { .text($0.unitCode) },
        Column("unit_name", Phrases.unit, isShown: false) { .optional($0.unitName) },
        Column("state", Phrases.state) { .word($0.state) },
        Column("place", Phrases.seatPlace, .trailing) { .reference(UInt64($0.place)) },
        Column("excess", Phrases.seatExcess) { .flag($0.excess).tone($0.excess ? .warning : nil) }.rank(2),
        Column("since", Phrases.since) { .moment($0.sinceMs, if: $0.sinceMs != 0) }.rank(3),
        Column("device_id", Phrases.device) { .text($0.deviceID) },
        Column("host_name", Phrases.host) { .optional($0.hostName) }.rank(1),
        Column("term_id", Phrases.termNumber, .trailing, isShown: false) { .reference(UInt64($0.termID)) },
        Column("product_family", Phrases.product, isShown: false) { .optional($0.productFamily) },
        Column("queued_at", Phrases.queuedAt, isShown: false) { .moment($0.queuedAtMs, if: $0.queuedAtMs != 0) },
        Column("last_report_at", Phrases.lastReport) { .moment($0.lastReportAtMs, if: $0.hasLastReportAtMs) }.rank(4),
    ])
}
