import Agent
import ArgumentParser

/// `khien-agent run`.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report as often as the collector asks for, until SIGTERM or SIGINT."
    )

    @OptionGroup var state: StateOption
    @OptionGroup var root: RootOption

    func run() throws {
        let stop = SignalStop()
        try RunCommand(
            statePath: state.path,
            now: SystemInformation.milliseconds,
            random: { Double.random(in: 0..<1) },
            stop: stop,
            connect: { identity throws(TransportError) in
                try AgentConnection(identity: identity, isStopped: { stop.isStopped })
            },
            scan: root.scanner().scan
        ).run(console: .standard)
    }
}
