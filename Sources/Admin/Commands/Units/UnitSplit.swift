import ArgumentParser
import Messages
import Shared
import SwiftProtobuf

/// `khien unit split`.
struct UnitSplit: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "split",
            abstract: Phrases.unitSplitAbstract,
            discussion: Phrases.unitSplitDiscussion
        )
    }

    @Argument(help: ArgumentHelp(Phrases.unitSplitHelp, valueName: Phrases.unitValue))
    var unit: String

    @Option(help: ArgumentHelp(Phrases.newUnitCodeHelp, valueName: Phrases.codeValue))
    var code: String

    @Option(help: ArgumentHelp(Phrases.newUnitNameHelp, valueName: Phrases.nameValue))
    var name: String

    @Option(help: ArgumentHelp(Phrases.unitGroupHelp, valueName: Phrases.groupValue))
    var group: UnitGroupOption

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(Phrases.splitSeatsHelp, valueName: Phrases.countValue),
        transform: NumberArgument.reader(AdminLimits.allocationSeats)
    )
    var seats: Int

    @Option(help: ArgumentHelp(Phrases.splitDeviceHelp, valueName: Phrases.deviceValue))
    var device: [String] = []

    @Option(help: ArgumentHelp(Phrases.splitDevicesHelp, valueName: Phrases.fileValue), completion: .file())
    var devices: String?

    @OptionGroup var decision: DecisionOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try OptionCheck.text(unit, "UNIT", atMost: AdminLimits.unitNameBytes)
        try UnitAdd.check(code: code)
        try OptionCheck.text(name, "--name", atMost: AdminLimits.unitNameBytes)
        try OptionCheck.number(seats, "--seats", AdminLimits.allocationSeats)
        guard device.isEmpty || devices == nil else { throw ValidationError(Phrases.splitDevicesTwice) }
        if let problem = DeviceSelection.problem(device) { throw ValidationError(problem) }
    }

    func run(in context: CommandContext) async throws {
        let ids = try devices.map { try DeviceSelection.ids(inFile: $0) } ?? device
        try await context.withClient(global) { client in
            let answer = try await client.splitUnit(
                .with {
                    $0.unit = unit
                    $0.code = code
                    $0.name = name
                    $0.group = group.rawValue
                    $0.seats = UInt32(clamping: seats)
                    $0.deviceIds = ids
                    $0.decision = decision.unitDecision
                }
            )
            try UnitChangeList.write(answer, context.renderer(global))
        }
    }
}
