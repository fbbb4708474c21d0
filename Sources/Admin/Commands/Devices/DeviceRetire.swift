import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien device retire`.
struct DeviceRetire: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "retire",
            abstract: Phrases.deviceRetireAbstract,
            discussion: Phrases.deviceRetireDiscussion
        )
    }

    @OptionGroup var device: DeviceID
    @OptionGroup var reason: ReasonOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_RetireDeviceRequest.with {
                $0.id = device.id
                $0.reason = reason.reason
            }
            try DeviceChange.show(try await client.retireDevice(request), context.renderer(global))
        }
    }
}
