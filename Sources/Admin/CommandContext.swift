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
    /// Milliseconds since 1970.
    public var now: @Sendable () -> Int64

    /// A context with all its parts.
    public init(
        environment: [String: String],
        output: any ByteSink,
        errors: any ByteSink,
        zone: DisplayZone,
        now: @escaping @Sendable () -> Int64
    ) {
        self.environment = environment
        self.output = output
        self.errors = errors
        self.zone = zone
        self.now = now
    }

    /// The surroundings of a real process.
    ///
    /// From here on a closed pipe is an error of `write`, and not the end of the process.
    ///
    /// - Parameter environment: Variables of the environment.
    /// - Returns: standard output and error, the clock and the time zone of this machine.
    public static func process(environment: [String: String]) -> CommandContext {
        signal(SIGPIPE, SIG_IGN)
        return CommandContext(
            environment: environment,
            output: FileDescriptorSink(descriptor: STDOUT_FILENO),
            errors: FileDescriptorSink(descriptor: STDERR_FILENO),
            zone: .local,
            now: {
                var moment = timespec()
                clock_gettime(CLOCK_REALTIME, &moment)
                return Int64(moment.tv_sec) * 1000 + Int64(moment.tv_nsec) / 1_000_000
            }
        )
    }
}

extension CommandContext {
    /// The renderer for what the options say.
    func renderer(_ options: GlobalOptions) -> Renderer {
        Renderer(format: options.format, output: output, zone: zone)
    }

    /// Loads the profile, connects, and runs the body with a client.
    func withClient<Result: Sendable>(
        _ options: GlobalOptions,
        _ body: (AdministrationClient) async throws -> Result
    ) async throws -> Result {
        try await CollectorConnection(profile: profile(options), timeout: options.timeout.duration).withClient(body)
    }

    /// The profile that the options and the environment name.
    func profile(_ options: GlobalOptions) throws(AdminError) -> Profile {
        let directory = try Profile.directory(option: options.profile, environment: environment)
        return try Profile(directory: directory, now: now())
    }
}
