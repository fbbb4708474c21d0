internal import ArgumentParser
internal import Collector

/// `khien-collector init`.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a data directory: certificate authority, database with the units, first officer.",
        discussion: "Nothing is overwritten, and nothing is left behind when it fails."
    )

    @Option(help: "The directory to make.")
    var data: String

    @Option(
        help: ArgumentHelp(
            "A name or address by which devices and officers reach this collector; may be repeated. They are given "
                + "the first one. (default: 127.0.0.1)",
            valueName: "name"
        )
    )
    var host: [String] = []

    @Option(help: "Units and their seats: tab-separated text with the header code, group, name, seats.")
    var units: String?

    @Option(
        help: ArgumentHelp("The first term's first day; it lasts a year. Without it, today.", valueName: "date")
    )
    var startsOn: String?

    func run() throws {
        KhienCollector.keepPrivate()
        let file = if let units { try UnitsFile(path: units) } else { try UnitsFile.official() }
        let outcome = try CollectorInitialization(
            data: data,
            hosts: host,
            units: file,
            clock: .system,
            startsOn: startsOn
        ).run()
        print(
            """
            Made \(data): \(outcome.units) units, \(outcome.seats) seats.
            authority sha256:\(outcome.authorityFingerprint)

            Next:
              khien-collector serve --data \(data)
              khien --profile \(outcome.profile) units
            Keep \(data)/authority safe and backed up: who has its key can be any device and any officer.
            """
        )
    }
}
