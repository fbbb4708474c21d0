import Agent
import ArgumentParser

/// `khien-agent report`.
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at this device once, and send one signed report.",
        discussion: "What cannot be sent stays in the spool, and goes out with the next report."
    )

    @OptionGroup var state: StateOption
    @OptionGroup var root: RootOption

    func run() throws {
        let command = ReportCommand(statePath: state.path, platforms: root.platforms, scan: root.scan)
        let status = try command.run(console: .standard)
        guard status == .success else { throw ExitCode(status.rawValue) }
    }
}
