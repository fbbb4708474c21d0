import Admin

/// What a run of the command line left behind.
struct Run {
    var status: CommandStatus
    var output: String
    var errors: String

    /// 2025-11-23T08:05:00Z, the present of these tests.
    static let now: Int64 = 1_763_885_100_000

    /// Runs the command line with these arguments and nothing else around it.
    ///
    /// `answer`: what the officer types when asked; nobody is there without it.
    static func khien(
        _ arguments: [String],
        environment: [String: String] = [:],
        answer: (@Sendable () -> String?)? = nil
    ) async -> Run {
        let output = MemorySink()
        let errors = MemorySink()
        let context = CommandContext(
            environment: environment,
            output: output,
            errors: errors,
            zone: .universal,
            now: { now },
            answer: answer
        )
        let status = await AdminTool.run(arguments, in: context)
        return Run(status: status, output: output.text, errors: errors.text)
    }
}
