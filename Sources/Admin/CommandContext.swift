import Shared

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a command needs of the world around it.
public struct CommandContext: Sendable {
    /// Variables of the environment.
    public var environment: [String: String]
    /// For answers.
    public var output: any ByteSink
    /// For messages.
    public var errors: any ByteSink
    /// Whose clock people read.
    public var zone: DisplayZone
    /// What `output` leads to.
    public var terminal: Terminal
    /// Milliseconds since 1970.
    public var now: @Sendable () -> Int64
    /// Waits for a line that the officer types, `nil` at the end of the input; absent when nobody is there to type one.
    public var answer: (@Sendable () -> String?)?
    /// The language that `--lang` names, if it does.
    var namedLanguage: Language?
    /// What the run has sent so far.
    let changes = ChangeRecord()

    /// A context with all its parts.
    public init(
        environment: [String: String],
        output: any ByteSink,
        errors: any ByteSink,
        zone: DisplayZone,
        terminal: Terminal = .none,
        now: @escaping @Sendable () -> Int64,
        answer: (@Sendable () -> String?)? = nil
    ) {
        self.environment = environment
        self.output = output
        self.errors = errors
        self.zone = zone
        self.terminal = terminal
        self.now = now
        self.answer = answer
    }

    @Sendable private static func line() -> String? { readLine(strippingNewline: true) }

    /// The surroundings of a real process.
    ///
    /// From here on a closed pipe is an error of `write`, and not the end of the process, and `COLUMNS` is the usual width
    /// for whoever reads it from the process itself.
    ///
    /// - Parameter environment: Variables of the environment.
    /// - Returns: standard output and error, the clock and the time zone of this machine.
    public static func process(environment: [String: String]) -> CommandContext {
        signal(SIGPIPE, SIG_IGN)
        // The parser asks for the width by itself, and traps in a terminal that is narrower than its indentation. Its texts
        // are wrapped here (`ParserText`).
        setenv("COLUMNS", String(Terminal.usualColumns), 1)
        return CommandContext(
            environment: environment,
            output: FileDescriptorSink(descriptor: STDOUT_FILENO),
            errors: FileDescriptorSink(descriptor: STDERR_FILENO),
            zone: .local,
            terminal: Terminal(descriptor: STDOUT_FILENO, environment: environment),
            now: {
                var moment = timespec()
                clock_gettime(CLOCK_REALTIME, &moment)
                return Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000
            },
            // The question goes to standard error: both ends have to be a person's.
            answer: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 ? line : nil
        )
    }
}

extension CommandContext {
    /// The renderer for what the options say.
    func renderer(_ options: GlobalOptions) -> Renderer {
        Renderer(format: options.format, output: output, zone: zone, terminal: terminal, hasMark: options.bom)
    }

    /// The renderer for what is shown before a question, where the question is.
    func errorRenderer(_ options: GlobalOptions) -> Renderer {
        var plain = terminal
        plain.hasColors = false
        return Renderer(format: .table, output: errors, zone: zone, terminal: plain)
    }

    /// Loads the profile, connects, and runs the body with a client.
    func withClient<Result: Sendable>(
        _ options: GlobalOptions,
        _ body: (AdministrationClient) async throws -> Result
    ) async throws -> Result {
        try await withClient(options.connection, body)
    }

    /// Loads the profile, connects, and runs the body with a client.
    func withClient<Result: Sendable>(
        _ options: ConnectionOptions,
        _ body: (AdministrationClient) async throws -> Result
    ) async throws -> Result {
        try await connection(profile(options), options).withClient(body)
    }

    /// The way to the collector of a profile.
    func connection(_ profile: Profile, _ options: ConnectionOptions) throws(AdminError) -> CollectorConnection {
        try CollectorConnection(profile: profile, timeout: options.timeout.duration, changes: changes)
    }

    /// The profile that the options and the environment name.
    func profile(_ options: GlobalOptions) throws(AdminError) -> Profile { try profile(options.connection) }

    /// The profile that the options and the environment name.
    func profile(_ options: ConnectionOptions) throws(AdminError) -> Profile {
        let directory = try Profile.directory(option: options.profile, environment: environment)
        let profile = try Profile(directory: directory, now: now())
        let left = try profile.officerCertificate.ends.days(after: now())
        if left <= AdminLimits.reminderDays {
            try? errors.write(Array("khien: \(Phrases.profileEndsSoon(left))\n".utf8))
        }
        return profile
    }
}
