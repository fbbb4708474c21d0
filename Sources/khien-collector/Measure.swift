internal import ArgumentParser
internal import Collector
internal import Logging

/// `khien-collector measure`.
struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures how a database of some size answers on this machine and its disk.",
        discussion: """
            Fills two databases in a folder, a small one and one of the size that is asked for, measures both in turns, and \
            removes them. A million devices take about four minutes and 2 GB.
            """
    )

    @Option(help: "How many devices.")
    var devices = 1_000_000

    @Option(help: "In how many units.")
    var units = 5_000

    @Option(help: ArgumentHelp("A folder on the disk to measure.", valueName: "dir"))
    var folder = "."

    @Flag(help: "Prints lines of name, value, unit, value of the small one (or -), and what it is, separated by tabs.")
    var tabs = false

    func run() async throws {
        KhienCollector.keepPrivate()
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "khien-collector")
        logger.logLevel = .warning
        let measurement = try CollectorMeasurement(folder: folder, devices: devices, units: units, logger: logger)
        let figures = try await measurement.run { StandardOutput.writeLine(tabs ? "# \($0)" : "\($0) …") }
        for figure in figures { StandardOutput.writeLine(tabs ? Self.tabbed(figure) : Self.line(figure)) }
    }

    private static func tabbed(_ figure: CollectorMeasurement.Figure) -> String {
        [
            figure.name, decimal(figure.value), figure.unit, figure.baseline.map(decimal) ?? "-", figure.about,
        ].joined(separator: "\t")
    }

    private static func line(_ figure: CollectorMeasurement.Figure) -> String {
        let beside = figure.baseline.map { baseline in
            let ratio = baseline > 0 ? ", \(decimal(figure.value / baseline)) times" : ""
            return " (beside \(decimal(baseline)) with \(CollectorMeasurement.smallDevices) devices\(ratio))"
        }
        return "\(figure.name): \(decimal(figure.value)) \(figure.unit)\(beside ?? ""); \(figure.about)"
    }

    /// With two digits behind the point.
    private static func decimal(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}
