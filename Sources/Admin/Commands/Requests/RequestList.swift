import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien request list`.
struct RequestList: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: Phrases.requestListAbstract)
    }

    /// Which requests are asked for.
    enum State: String, CaseIterable, Sendable, ExpressibleByArgument {
        case open
        case approved
        case refused
        case withdrawn

        /// As the wire has it.
        var message: Khien_V1_SeatRequestState {
            switch self {
            case .open: .open
            case .approved: .approved
            case .refused: .refused
            case .withdrawn: .withdrawn
            }
        }
    }

    @OptionGroup var unit: UnitOption

    @Option(help: ArgumentHelp(Phrases.requestStateHelp, valueName: Phrases.stateValue))
    var state: State?

    @OptionGroup var limit: LimitOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let pages = Pages(limit: limit.limit) { page in
                let request = Khien_V1_ListSeatRequestsRequest.with {
                    $0.unit = unit.unit ?? ""
                    $0.state = state?.message ?? .unspecified
                    $0.page = page
                }
                let answer = try await client.listSeatRequests(request)
                return .init(rows: answer.requests, next: answer.nextPageToken, total: answer.total)
            }
            try await pages.show(context.renderer(global).list(RequestTable.list), .requests)
        }
    }
}
