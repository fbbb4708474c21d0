import ArgumentParser
import Shared

/// `khien-fleet`.
@main
struct KhienFleet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "khien-fleet",
        abstract: "Simulates devices with real keys, certificates, connections and signatures.",
        version: khienVersion,
        subcommands: [FleetRunCommand.self]
    )
}
