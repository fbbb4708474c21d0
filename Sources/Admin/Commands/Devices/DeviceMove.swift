import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien device move`.
struct DeviceMove: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "move", abstract: Phrases.deviceMoveAbstract)
    }

    @OptionGroup var device: DeviceID

    @Option(help: ArgumentHelp(Phrases.moveUnitHelp, valueName: Phrases.unitValue))
    var unit: String

    @Option(help: ArgumentHelp(Phrases.moveFromHelp, valueName: Phrases.codeValue))
    var from: String?

    @OptionGroup var reason: ReasonOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard !unit.isEmpty else { throw ValidationError(Phrases.emptyUnit) }
        guard from?.isEmpty != true else { throw ValidationError(Phrases.emptyMoveFrom) }
        guard unit.utf8.count <= AdminLimits.unitBytes else {
            throw ValidationError(Phrases.textTooLong("--unit", AdminLimits.unitBytes))
        }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            var request = Khien_V1_MoveDeviceRequest()
            request.unit = unit
            request.reason = reason.reason
            if let from {
                request.id = device.id
                request.expectedUnitCode = from
            } else {
                let known = try await client.getDevice(.with { $0.id = device.id }).device
                request.id = known.id
                request.expectedUnitCode = known.unitCode
                try await confirmation.confirm(in: context) {
                    Phrases.deviceWillMove(known.hostName, from: known.unitCode, to: unit)
                }
            }
            try DeviceChange.show(try await client.moveDevice(request), context.renderer(global))
        }
    }
}
