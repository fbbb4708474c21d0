internal import ArgumentParser
internal import Collector

/// `khien-collector renew-officer`.
struct RenewOfficer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew-officer",
        abstract: "Makes a new profile for an officer of the center, when nobody there can sign one any more.",
        discussion: """
            Certificates of officers last a year. As long as one officer of the center can sign, that is the way: 'khien \
            officer sign --renew'. The collector has to be stopped; the officer's former profile is refused from then on.
            """
    )

    @Option(help: "A directory that 'init' made.")
    var data: String

    @Option(help: "The officer's name.")
    var officer = CollectorInitialization.firstOfficer

    @Option(help: "The folder to make for the new profile.")
    var out: String

    @Option(
        help: ArgumentHelp(
            """
            Where the officer reaches the collector; without it, the first name of the server's certificate and port \
            \(CollectorInitialization.defaultReportingPort).
            """,
            valueName: "host:port"
        ),
        transform: address
    )
    var endpoint: ListenAddress?

    func run() throws {
        KhienCollector.keepPrivate()
        try OfficerRecovery(data: data, officer: officer, profile: out, endpoint: endpoint, clock: .system).run()
        print(
            """
            Made \(out): a year for \(officer).

            Next:
              khien-collector serve --data \(data)
              khien --profile \(out) units
            """
        )
    }

    private static func address(_ text: String) throws -> ListenAddress {
        guard let address = ListenAddress(text), address.port != 0 else {
            throw ValidationError("'\(text)' is not HOST:PORT. Write it like khien.example.vn:7443 or [::1]:7443.")
        }
        return address
    }
}
