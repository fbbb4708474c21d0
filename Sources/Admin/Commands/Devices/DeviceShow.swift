import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien device show`.
struct DeviceShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Phrases.deviceShowAbstract)
    }

    @OptionGroup var device: DeviceID
    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.getDevice(.with { $0.id = device.id })
            try context.renderer(global).show(DeviceDocument(answer).document)
        }
    }
}
