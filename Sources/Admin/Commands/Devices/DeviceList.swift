import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien devices`.
struct DeviceList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "devices",
            abstract: Phrases.devicesAbstract,
            discussion: Phrases.devicesDiscussion
        )
    }

    @OptionGroup var unit: UnitOption

    @Option(help: ArgumentHelp(Phrases.standingHelp, valueName: Phrases.stateValue))
    var standing: StandingOption?

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let pages = Pages(limit: limit.limit) { page in
                let request = Khien_V1_ListDevicesRequest.with {
                    $0.unit = unit.unit ?? ""
                    $0.standing = standing?.wire ?? .unspecified
                    $0.page = page
                }
                let answer = try await client.listDevices(request)
                return .init(rows: answer.devices, next: answer.nextPageToken, total: answer.total)
            }
            try await pages.show(context.renderer(global).list(Self.table), .devices)
        }
    }

    static let table = Table<Khien_V1_Device>([
        Column("id", Phrases.device) { .text($0.id) },
        Column("host_name", Phrases.host) { .optional($0.hostName) }.rank(1),
        Column("unit_code", Phrases.unit) { .text($0.unitCode) },
        Column("unit_name", Phrases.unitName, isShown: false) { .optional($0.unitName) },
        Column("platform", Phrases.platform, isShown: false) { .word($0.platform) },
        Column("operating_system", Phrases.operatingSystem, isShown: false) { .optional($0.operatingSystem) },
        Column("agent_version", Phrases.agentVersion, isShown: false) { .optional($0.agentVersion) },
        Column("standing", Phrases.standing) { .word($0.standing) },
        Column("findings", Phrases.findings) { .words($0.findings) }.rank(2),
        Column("seat", Phrases.seat) { .word($0.seat) }.rank(3),
        Column("antivirus", Phrases.antivirus) { .list($0.antivirus) }.rank(4),
        Column("enrolled_at", Phrases.enrolled, isShown: false) { .moment($0.enrolledAtMs) },
        Column("last_report_at", Phrases.lastReport) { .moment($0.lastReportAtMs, if: $0.hasLastReportAtMs) }.rank(5),
        Column("merged_into", Phrases.mergedInto, isShown: false) { .optional($0.mergedInto) },
    ])
}
