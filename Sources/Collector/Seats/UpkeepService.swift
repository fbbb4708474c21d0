internal import Logging
internal import ServiceLifecycle

/// Does upkeep every minute, in small transactions between which reports take their turn.
final class UpkeepService: Service {
    /// Between two looks at what is due.
    private static let interval: Duration = .seconds(60)
    /// Things that one pass passes over, each after a transaction that failed.
    private static let failuresInOnePass = 20

    private let database: Database
    private let clock: WallClock
    private let logger: Logger
    private let ticks: AsyncStream<Void>

    /// Upkeep at every tick; without any, once a minute.
    init(
        database: Database,
        clock: WallClock,
        logger: Logger,
        ticks: AsyncStream<Void> = UpkeepService.everyMinute()
    ) {
        self.database = database
        self.clock = clock
        self.logger = logger
        self.ticks = ticks
    }

    /// A tick now, and one every minute until the task is canceled.
    static func everyMinute() -> AsyncStream<Void> {
        let (ticks, tick) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let clock = Task {
            while !Task.isCancelled {
                tick.yield()
                try? await Task.sleep(for: interval)
            }
            tick.finish()
        }
        tick.onTermination = { _ in clock.cancel() }
        return ticks
    }

    /// Works until told to stop; a transaction that has begun is finished.
    func run() async throws {
        for await _ in ticks.cancelOnGracefulShutdown() { await pass() }
    }

    /// Does all that is due.
    ///
    /// A step that fails is tried again with one thing alone; what fails alone is named in the log and passed over until the
    /// next pass, so that one broken row holds up nothing but itself. When so many fail that it is the database, the pass ends.
    func pass() async {
        var scope = Upkeep.Scope()
        var stepsAlone = 0
        while !Task.isShuttingDownGracefully {
            let now = clock.now()
            do {
                guard try await step(now, scope) else { return }
                stepsAlone -= 1
                if stepsAlone <= 0 { scope.batch = Upkeep.batchDevices }
            } catch  where scope.batch > 1 {
                scope.batch = 1
                stepsAlone = Upkeep.batchDevices
            } catch {
                guard let failed = await subjects(now, scope), scope.passedOver.count < Self.failuresInOnePass else {
                    logger.error(
                        "upkeep failed; it is tried again",
                        metadata: ["error": "\(String(reflecting: error))"]
                    )
                    return
                }
                logger.error(
                    "upkeep passed something over; it is tried again",
                    metadata: ["of": "\(failed)", "error": "\(String(reflecting: error))"]
                )
                scope.passedOver.formUnion(failed)
                scope.batch = Upkeep.batchDevices
            }
            await Task.yield()
        }
    }

    /// What a step would work on, and failed to.
    private func subjects(_ now: Milliseconds, _ scope: Upkeep.Scope) async -> Set<Upkeep.Subject>? {
        let work = try? await database.read { try Upkeep.due($0, now: now, scope: scope)?.subjects }
        return work.flatMap { $0.isEmpty ? nil : Set($0) }
    }

    private func step(_ now: Milliseconds, _ scope: Upkeep.Scope) async throws(CollectorError) -> Bool {
        guard try await database.read({ try Upkeep.due($0, now: now, scope: scope) != nil }) else { return false }
        return try await database.write { [logger] sql in
            try Upkeep.step(sql, now: now, scope: scope) { notice in
                logger.warning(
                    notice.daysLeft < 0 ? "a term is over" : "a term ends soon",
                    metadata: [
                        "term": "\(notice.term.id)", "product": "\(notice.term.productFamily)",
                        "last_day": "\(notice.term.endsOn)", "days_left": "\(notice.daysLeft)",
                    ]
                )
            }
        }
    }
}
