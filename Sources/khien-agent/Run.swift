import Agent
import ArgumentParser

/// `khien-agent run`.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report as often as the collector asks for, until SIGTERM or SIGINT.",
        discussion: """
            Once a minute it looks, without opening anything, whether something was installed, removed, started or \
            stopped; then it reports at once, when that is news.
            """
    )

    @OptionGroup var state: StateOption
    @OptionGroup var root: RootOption

    func run() throws {
        let stop = SignalStop()
        try RunCommand(
            statePath: state.path,
            platforms: root.platforms,
            now: SystemInformation.milliseconds,
            uptime: SystemInformation.uptime,
            random: { Double.random(in: 0..<1) },
            stop: stop,
            connect: { identity throws(TransportError) in
                try AgentConnection(identity: identity, isStopped: { stop.isStopped })
            },
            watch: { [root] catalog, others in
                SourceWatch(root: root.path, paths: WatchedPaths.linux(catalog), others: others)
            },
            scan: root.scan
        ).run(console: .standard)
    }
}
