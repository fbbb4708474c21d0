internal import ArgumentParser
internal import Collector
internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The collector at the provincial center.
@main
struct KhienCollector: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "khien-collector",
        abstract: "Collects what the agents report, and answers the officers.",
        version: khienVersion,
        subcommands: [Init.self, Serve.self, RenewOfficer.self, Measure.self]
    )

    /// Nothing that a collector writes is for other users of the machine.
    static func keepPrivate() {
        umask(0o077)
    }
}
