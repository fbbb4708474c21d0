public import Logging
internal import Shared

/// `khien-collector measure`: how a database of some size answers on this machine and this disk, beside a small one.
public struct CollectorMeasurement: Sendable {
    /// One figure, with what it stands beside.
    public struct Figure: Sendable, Hashable {
        /// A name for programs.
        public let name: String
        /// In `unit`.
        public let value: Double
        /// Such as `ms`.
        public let unit: String
        /// The same of the small database; `nil` where there is nothing to compare.
        public let baseline: Double?
        /// What it is, for people.
        public let about: String
    }

    /// Devices of the small database.
    public static let smallDevices = 5_000
    /// The most devices that can be asked for.
    public static let mostDevices = 5_000_000
    /// Reports of each size in one round; tests take fewer.
    var reports = 4_000
    /// Rounds of each kind of report.
    var rounds = 4
    private static let questions = 9

    private let folder: String
    private let devices: Int
    private let units: Int
    private let logger: Logger

    /// What is to be measured; nothing is touched yet.
    ///
    /// - Parameters:
    ///   - folder: where two databases are made for the time of the measurement; about 1.5 KB a device.
    ///   - devices: `smallDevices` to `mostDevices`.
    ///   - units: 1 to a hundredth of the devices.
    ///   - logger: for failures.
    /// - Throws: `CollectorError` (`invalidArgument`).
    public init(folder: String, devices: Int, units: Int, logger: Logger) throws(CollectorError) {
        guard (Self.smallDevices...Self.mostDevices).contains(devices), (1...devices / 100).contains(units) else {
            throw CollectorError(
                .invalidArgument,
                "Measure \(Self.smallDevices) to \(Self.mostDevices) devices, in at most a hundredth as many units."
            )
        }
        self.folder = folder
        self.devices = devices
        self.units = units
        self.logger = logger
    }

    /// Fills both databases, measures, and removes them.
    ///
    /// `say` is told what is being done.
    public func run(_ say: (String) -> Void) async throws -> [Figure] {
        let now = WallClock.system.now()
        let shelf = try CatalogShelf()
        say("filling a database of \(Self.smallDevices) devices")
        let small = try MeasuredDatabase(
            in: folder,
            devices: Self.smallDevices,
            units: max(1, units * Self.smallDevices / devices),
            now: now
        )
        say("filling a database of \(devices) devices in \(units) units")
        let large = try MeasuredDatabase(in: folder, devices: devices, units: units, now: now)
        say("reports")
        var figures = [
            Figure(
                name: "database_size",
                value: Double(large.fileSize) / 1_048_576,
                unit: "MB",
                baseline: Double(small.fileSize) / 1_048_576,
                about: "\(devices) devices in \(units) units"
            )
        ]
        // Those that change nothing come first: they carry the digest that a device begins with.
        for isChanged in [false, true] {
            for part in ReportCost.Part.allCases {
                let (costly, cheap) = try await cost(large, small, shelf, part, isChanged: isChanged)
                let what = part == .commit ? "the database" : "the collector, without TLS and HTTP/2,"
                figures.append(
                    Figure(
                        name: "\(part)_\(isChanged ? "inventory" : "digest")",
                        value: costly,
                        unit: "us/report",
                        baseline: cheap,
                        about: "processor time of \(what) for a report with "
                            + (isChanged ? "a changed inventory" : "an unchanged inventory")
                    )
                )
            }
        }
        say("questions")
        for question in Question.allCases {
            figures.append(
                Figure(
                    name: question.rawValue,
                    value: try await time(question, large),
                    unit: "ms",
                    baseline: try await time(question, small),
                    about: question.about
                )
            )
        }
        return figures
    }

    /// In turns, so that both meet the same machine; each device reports once in a round.
    private func cost(
        _ large: MeasuredDatabase,
        _ small: MeasuredDatabase,
        _ shelf: CatalogShelf,
        _ part: ReportCost.Part,
        isChanged: Bool
    ) async throws -> (large: Double, small: Double) {
        var sums = (large: 0.0, small: 0.0)
        let costs = [
            (try ReportCost(measured: small, shelf: shelf, logger: logger), false),
            (try ReportCost(measured: large, shelf: shelf, logger: logger), true),
        ]
        for round in 1...rounds {
            let sequence = UInt64((isChanged ? 1000 : 0) + (part == .report ? 100 : 0) + round)
            for (cost, isLarge) in costs {
                let devices = try await cost.measured.sample(reports)
                let cost = try await cost.microseconds(part, devices, sequence: sequence, isChanged: isChanged)
                if isLarge { sums.large += cost } else { sums.small += cost }
            }
        }
        return (sums.large / Double(rounds), sums.small / Double(rounds))
    }

    /// The slowest of some answers, in milliseconds.
    private func time(_ question: Question, _ measured: MeasuredDatabase) async throws -> Double {
        var slowest = Duration.zero
        for _ in 0..<Self.questions {
            slowest = max(slowest, try await ContinuousClock().measure { try await question.ask(measured) })
        }
        return slowest / .milliseconds(1)
    }
}
