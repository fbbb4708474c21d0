internal import ArgumentParser
internal import Collector
internal import Logging

/// `khien-collector serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves agents and officers until SIGTERM or SIGINT.",
        discussion: """
            Prints one line on standard output once both listeners accept: listening reporting=HOST:PORT \
            enrollment=HOST:PORT. The log goes to standard error.
            """
    )

    @Option(help: "A directory that 'init' made.")
    var data: String

    @Option(
        help: ArgumentHelp(
            "Where enrolled devices and officers connect; port 0 takes a free one. (default: 127.0.0.1:7443)",
            valueName: "host:port"
        ),
        transform: address
    )
    var listen = ListenAddress(host: "127.0.0.1", port: 7443)

    @Option(
        help: ArgumentHelp(
            "Where devices enroll; port 0 takes a free one. (default: 127.0.0.1:7444)",
            valueName: "host:port"
        ),
        transform: address
    )
    var enrollmentListen = ListenAddress(host: "127.0.0.1", port: 7444)

    @Option(
        help: ArgumentHelp(
            "How much is logged: debug, info, notice, warning or error. (default: info)",
            valueName: "level"
        ),
        transform: level
    )
    var logLevel = Logger.Level.info

    func run() async throws {
        KhienCollector.keepPrivate()
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "khien-collector")
        logger.logLevel = logLevel
        OpenFileLimit.raise(logger: logger)
        let service = CollectorService(
            data: data,
            listen: listen,
            enrollmentListen: enrollmentListen,
            clock: .system,
            logger: logger,
            announce: { StandardOutput.writeLine($0) }
        )
        try await service.run()
    }

    private static func address(_ text: String) throws -> ListenAddress {
        guard let address = ListenAddress(text) else {
            throw ValidationError("'\(text)' is not HOST:PORT. Write it like 0.0.0.0:7443 or [::]:7443.")
        }
        return address
    }

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            throw ValidationError("'\(text)' is not a level. Write debug, info, notice, warning or error.")
        }
        return level
    }
}
