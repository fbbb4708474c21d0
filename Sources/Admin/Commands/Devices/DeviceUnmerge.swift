import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien device unmerge`.
struct DeviceUnmerge: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "unmerge", abstract: Phrases.deviceUnmergeAbstract)
    }

    @Argument(help: ArgumentHelp(Phrases.unmergeHelp, valueName: Phrases.deviceValue))
    var id: String

    @OptionGroup var reason: ReasonOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try DeviceID.check(id)
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_UnmergeDeviceRequest.with {
                $0.id = id
                $0.reason = reason.reason
            }
            try DeviceChange.show(try await client.unmergeDevice(request), context.renderer(global))
        }
    }
}
