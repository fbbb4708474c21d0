import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien device revoke`.
struct DeviceRevoke: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "revoke", abstract: Phrases.deviceRevokeAbstract)
    }

    @Argument(help: ArgumentHelp(Phrases.wholeDeviceIDHelp, valueName: Phrases.deviceValue))
    var id: String

    @OptionGroup var reason: ReasonOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !id.isEmpty else { throw ValidationError(Phrases.emptyDeviceID) }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_RevokeDeviceRequest.with {
                $0.id = id
                $0.reason = reason.reason
            }
            try await confirmation.confirm(in: context) {
                let seen = try await client.getDevice(.with { $0.id = id }).device
                return Phrases.deviceWillBeRevoked(seen.hostName, unit: seen.unitCode)
            }
            _ = try await client.revokeDevice(request)
            try context.renderer(global).show(request, Self.table)
        }
    }

    static let table = Table<Khien_V1_RevokeDeviceRequest>([
        Column("device_id", Phrases.revokedDevice) { .text($0.id) },
        Column("reason", Phrases.reason) { .text($0.reason) },
    ])
}
