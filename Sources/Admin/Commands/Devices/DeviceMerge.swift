import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien device merge`.
struct DeviceMerge: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "merge", abstract: Phrases.deviceMergeAbstract)
    }

    @Argument(help: ArgumentHelp(Phrases.mergeKeepHelp, valueName: Phrases.keepValue))
    var keep: String

    @Argument(help: ArgumentHelp(Phrases.mergeOtherHelp, valueName: Phrases.otherValue))
    var other: String

    @OptionGroup var reason: ReasonOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try DeviceID.check(keep)
        try DeviceID.check(other)
        guard keep != other else { throw ValidationError(Phrases.mergeWithItself) }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_MergeDevicesRequest.with {
                $0.keepID = keep
                $0.otherID = other
                $0.reason = reason.reason
            }
            try DeviceChange.show(try await client.mergeDevices(request), context.renderer(global))
        }
    }
}
