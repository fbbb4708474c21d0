import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien device revoke`.
struct DeviceRevoke: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Refuse a device from now on; its key cannot enroll again."
    )

    @Argument(help: "The device's whole id.")
    var id: String

    @Option(help: ArgumentHelp("Why; it is kept in the audit.", valueName: "text"))
    var reason: String

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        let range = AdminLimits.reasonBytes
        guard range.contains(reason.utf8.count) else {
            throw ValidationError("--reason must be from \(range.lowerBound) to \(range.upperBound) bytes.")
        }
        guard !id.isEmpty else { throw ValidationError("The device's id is missing.") }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let request = Khien_V1_RevokeDeviceRequest.with {
                $0.id = id
                $0.reason = reason
            }
            _ = try await client.revokeDevice(request)
            try context.renderer(global).show(request, Self.table)
        }
    }

    static let table = Table<Khien_V1_RevokeDeviceRequest>([
        Column("device_id", "Revoked device") { .text($0.id) },
        Column("reason", "Reason") { .text($0.reason) },
    ])
}
