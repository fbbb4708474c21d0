public import ArgumentParser
public import Fleet
import Shared

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `khien-fleet run`.
struct FleetRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Enrolls simulated devices and sends their reports.",
        discussion: """
            Each device enrolls, sends one whole report, and then, with --duration or --rounds, further ones. Exit status 0 \
            when every device is enrolled, every report acknowledged and every verdict the one that the mix states; 1 when \
            not; 2 for a command line or a file that cannot be meant.
            """
    )

    @Option(help: "A join string; several share the devices evenly.")
    var join: [String] = []

    @Option(
        help: "A file with UNIT, DEVICES and JOIN on each line, separated by tabs; in place of --join and --devices."
    )
    var joins: String?

    @Option(help: "How many devices.")
    var devices: Int?

    @Option(help: "A file of kinds of devices and their shares; without it the one in Sources/Fleet/Mix.")
    var mix: String?

    @Option(help: "Decides which device is of which kind; the same seed gives the same devices.")
    var seed: UInt64 = 1

    @Option(help: "Reports per second after the first ones; without it as many as are answered.")
    var rate: Double?

    @Option(help: "Seconds to go on after the first reports.")
    var duration: Double?

    @Option(help: "Reports of each device after the first one.")
    var rounds: Int?

    @Flag(help: "A new connection for each report.")
    var reconnect = false

    @Option(help: "Threads, each of which makes one call at a time.")
    var workers = 64

    @Option(help: "A directory that keeps the identities, private keys among them, for the next run.")
    var state: String?

    @Option(help: "Which later reports carry the whole inventory: once, always, or changed.")
    var inventory = LoadOptions.InventoryMode.once

    @Option(
        help: "Who makes the calls: agent, as devices do, or lean, which leaves more of the processor to the collector."
    )
    var client = LoadOptions.Client.agent

    @Option(help: "A file to which DEVICE EPOCH SEQUENCE is appended after each acknowledgement.")
    var acknowledged: String?

    @Option(help: "Send to the bare echo server on HOST:PORT instead of the collector; for comparison.")
    var echo: String?

    @Option(help: "Seconds after which everything ends.")
    var timeLimit: Double = 3600

    @Option(help: "How the summary is printed: table or json.")
    var format = SummaryFormat.table

    func validate() throws {
        func check(_ isGood: Bool, _ message: String) throws {
            guard isGood else { throw ValidationError(message) }
        }
        try check(joins == nil || (join.isEmpty && devices == nil), "Give --joins, or --join and --devices.")
        try check(joins != nil || devices != nil, "Give --devices, or --joins with a file.")
        try check(!join.isEmpty || joins != nil || state != nil, "Give --join, --joins, or --state of an earlier run.")
        try check((1...FleetLimits.devices).contains(devices ?? 1), "--devices is 1 to \(FleetLimits.devices).")
        try check((1...FleetLimits.workers).contains(workers), "--workers is 1 to \(FleetLimits.workers).")
        try check((1...FleetLimits.rounds).contains(rounds ?? 1), "--rounds is 1 to \(FleetLimits.rounds).")
        try check((0.001...FleetLimits.rate).contains(rate ?? 1), "--rate is 0.001 to \(Int(FleetLimits.rate)).")
        let seconds = 0...Double(FleetLimits.seconds)
        try check(
            seconds.contains(duration ?? 0) && seconds.contains(timeLimit),
            "--duration and --time-limit are 0 to \(FleetLimits.seconds) seconds."
        )
        try check(rate == nil || duration != nil || rounds != nil, "--rate needs --duration or --rounds.")
        try check(echo == nil || echoServer != nil, "--echo is HOST:PORT.")
    }

    func run() throws {
        let control = Interruption.control
        for number in [SIGINT, SIGTERM] { signal(number) { _ in Interruption.control.requestStop() } }
        // A broken connection is an error of its call, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let summary: RunSummary
        do throws(FleetError) {
            summary = try FleetRun(plan: try plan(), options: options, statePath: state, control: control).run {
                Self.printError($0)
            }
        } catch {
            Self.printError("khien-fleet: \(error.message)")
            throw ExitCode(error.code == .inputOutput ? 1 : 2)
        }
        print(summary.rendered(as: format), terminator: "")
        guard summary.isComplete else { throw ExitCode(1) }
    }

    private func plan() throws(FleetError) -> FleetPlan {
        let catalog: Catalog
        do throws(CatalogError) {
            catalog = try Catalog.builtIn()
        } catch {
            throw FleetError(.mix, "\(error)", cause: error)
        }
        let kinds: Mix
        if let mix {
            kinds = try Mix(bytes: LocalFile.contents(of: mix), catalog: catalog)
        } else {
            kinds = try Mix.builtIn(catalog: catalog)
        }
        return FleetPlan(mix: kinds, joins: try fleetJoins(), catalog: catalog, seed: seed)
    }

    private func fleetJoins() throws(FleetError) -> [FleetJoin] {
        if let joins { return try FleetJoin.list(LocalFile.contents(of: joins)) }
        var parsed: [JoinString?] = []
        for text in join {
            guard let join = JoinString(text) else {
                throw FleetError(
                    .usage,
                    "A --join is not a join string; give what 'khien token create' printed, in quotes."
                )
            }
            parsed.append(join)
        }
        return FleetJoin.spread(devices: devices ?? 0, over: parsed.isEmpty ? [nil] : parsed)
    }

    private var options: LoadOptions {
        var options = LoadOptions()
        options.rate = rate
        options.seconds = duration
        options.rounds = rounds
        options.reconnects = reconnect
        options.workers = workers
        options.inventory = inventory
        options.client = client
        options.acknowledgedPath = acknowledged
        options.echo = echoServer
        options.timeLimitSeconds = timeLimit
        return options
    }

    private var echoServer: LoadOptions.EchoServer? {
        guard let echo, let colon = echo.lastIndex(of: ":"), let port = UInt16(echo[echo.index(after: colon)...]) else {
            return nil
        }
        return LoadOptions.EchoServer(host: String(echo[..<colon]), port: port)
    }

    private static func printError(_ line: String) { LocalFile.printError(line) }
}

extension LoadOptions.InventoryMode: ExpressibleByArgument {}
extension LoadOptions.Client: ExpressibleByArgument {}
extension SummaryFormat: ExpressibleByArgument {}

/// What the signal handler reaches; a handler has no context.
private enum Interruption {
    static let control = RunControl()
}
