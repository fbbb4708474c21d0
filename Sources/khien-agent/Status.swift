import Agent
import ArgumentParser

/// `khien-agent status`.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what this device is, and how its reports go."
    )

    @OptionGroup var state: StateOption

    func run() throws {
        try StatusCommand(statePath: state.path).run(console: .standard)
    }
}
