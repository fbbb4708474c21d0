import ArgumentParser
import Messages
import SwiftProtobuf

/// `khien device show`.
struct DeviceShow: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "One device in full: its products, what proves them, and its findings."
    )

    @Argument(help: "The device's id, or its beginning (at least 4 characters).")
    var id: String

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard id.utf8.count >= 4 else { throw ValidationError("The beginning of an id needs at least 4 characters.") }
    }

    func run(in context: CommandContext) async throws {
        try await context.withClient(global) { client in
            let answer = try await client.getDevice(.with { $0.id = id })
            try context.renderer(global).show(DeviceDocument(answer).document)
        }
    }
}
