import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien device restore`.
struct DeviceRestore: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "restore", abstract: Phrases.deviceRestoreAbstract)
    }

    @OptionGroup var device: DeviceID
    @OptionGroup var reason: ReasonOption
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_RestoreDeviceRequest.with {
                $0.id = device.id
                $0.reason = reason.reason
            }
            try DeviceChange.show(try await client.restoreDevice(request), context.renderer(global))
        }
    }
}
