import Agent
import ArgumentParser

/// `khien-agent enroll`.
struct Enroll: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make this device known to the collector.",
        discussion: """
            The key is made on this device and never leaves it. The collector is trusted by the fingerprint in the \
            join string, and by nothing else: neither the system's certificate authorities nor a proxy of the \
            environment is used.
            """
    )

    @OptionGroup var state: StateOption

    @Flag(help: "Get a new certificate for the key of a device that is enrolled already.")
    var again = false

    @Argument(help: "The join string that `khien token create` printed, in quotes.")
    var join: String

    func run() throws {
        try EnrollCommand(
            statePath: state.path,
            join: join,
            isAgain: again,
            hostName: SystemInformation.hostName()
        ).run(console: .standard)
    }
}
