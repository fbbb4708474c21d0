import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien devices`.
struct DeviceList: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "The enrolled devices: standing, findings, seat and antivirus."
    )

    @OptionGroup var unit: UnitOption
    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let pages = Pages(limit: limit.limit) { page in
                let request = Khien_V1_ListDevicesRequest.with {
                    $0.unitCode = unit.unit ?? ""
                    $0.page = page
                }
                let answer = try await client.listDevices(request)
                return .init(rows: answer.devices, next: answer.nextPageToken, total: answer.total)
            }
            var list = context.renderer(global).list(Self.table)
            let count = try await pages.read { try list.append($0) }
            try list.finish(note: [Phrases.count(count.shown, of: count.total, "device", "devices")])
        }
    }

    static let table = Table<Khien_V1_Device>([
        Column("id", "Device") { .text($0.id) },
        Column("host_name", "Host") { .optional($0.hostName) },
        Column("unit_code", "Unit") { .text($0.unitCode) },
        Column("unit_name", "Name of the unit", isShown: false) { .optional($0.unitName) },
        Column("platform", "Platform", isShown: false) { .word($0.platform) },
        Column("operating_system", "Operating system", isShown: false) { .optional($0.operatingSystem) },
        Column("agent_version", "Agent", isShown: false) { .optional($0.agentVersion) },
        Column("standing", "Standing") { .word($0.standing) },
        Column("findings", "Findings") { .words($0.findings) },
        Column("seat", "Seat") { .word($0.seat) },
        Column("antivirus", "Antivirus") { .list($0.antivirus) },
        Column("enrolled_at", "Enrolled", isShown: false) { .moment($0.enrolledAtMs) },
        Column("last_report_at", "Last report") { .moment($0.lastReportAtMs, if: $0.hasLastReportAtMs) },
    ])
}
