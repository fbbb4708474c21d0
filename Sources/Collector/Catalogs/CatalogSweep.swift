internal import Logging
internal import ServiceLifecycle
internal import Shared
internal import Synchronization

/// Judges every device again that an older catalog judged, or another approval of products: when the collector starts, when
/// a catalog is published, when the policy changes, and when a term begins or ends.
///
/// Which devices are left stands in the database, so that a restart goes on where the last run ended. Between two
/// transactions reports take their turn.
final class CatalogSweep: Service {
    /// Devices in one transaction: some tens of milliseconds for which reports wait.
    static let batchDevices = 100
    /// How soon the approval of products that a new day brings is noticed.
    private static let lookAgain = Duration.seconds(300)

    private struct State {
        var isStopping = false
        /// Who waits for a pass, in the order in which they came.
        var waiting: [AsyncStream<Void>.Continuation] = []
    }

    private let database: Database
    private let clock: WallClock
    private let shelf: CatalogShelf
    private let logger: Logger
    private let state = Mutex(State())
    private let wishes: AsyncStream<Void>
    private let wish: AsyncStream<Void>.Continuation

    init(database: Database, clock: WallClock, shelf: CatalogShelf, logger: Logger) {
        self.database = database
        self.clock = clock
        self.shelf = shelf
        self.logger = logger
        (wishes, wish) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        wish.yield()
    }

    /// Works until told to stop; a transaction that has begun is finished.
    func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    while (try? await Task.sleep(for: Self.lookAgain)) != nil {
                        if await self.noteApproved() { self.wish.yield() }
                    }
                }
                for await _ in wishes {
                    // Only a pass that begins after a wish fulfills it.
                    let begun = state.withLock { $0.waiting.count }
                    _ = await noteApproved()
                    await pass()
                    finish(begun)
                }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.state.withLock { $0.isStopping = true }
            self.wish.finish()
        }
        finish(.max)
    }

    /// Asks for a pass, and waits for its end, at most for a time.
    func pass(waitingAtMost limit: Duration) async {
        let (ended, done) = AsyncStream.makeStream(of: Void.self)
        let isStopping = state.withLock { state in
            if !state.isStopping { state.waiting.append(done) }
            return state.isStopping
        }
        guard !isStopping else { return }
        wish.yield()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in ended {} }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    /// - Returns: whether other products are approved than before.
    private func noteApproved() async -> Bool {
        let now = clock.now()
        do {
            return try await database.write { sql in
                let policies = PolicyStore(sql: sql)
                return try policies.noteApproved(try policies.policy(now: now))
            }
        } catch {
            logger.error(
                "the approved products could not be noted",
                metadata: ["error": "\(String(reflecting: error))"]
            )
            return false
        }
    }

    /// Judges what is to be judged, at most so many transactions.
    func pass(atMost batches: Int = .max) async {
        var last = ""
        var tally = CatalogTally()
        for _ in 0..<batches {
            if state.withLock({ $0.isStopping }) { break }
            let (version, after, now) = (shelf.current.catalog.version, last, clock.now())
            let ids: [String]
            do {
                ids = try await database.read { sql in
                    try DeviceStore(sql: sql).judgedBefore(
                        catalog: version,
                        approval: try PolicyStore(sql: sql).policy(now: now).approval,
                        after: after,
                        limit: Self.batchDevices
                    )
                }
            } catch {
                logger.error("devices could not be judged again", metadata: ["error": "\(String(reflecting: error))"])
                break
            }
            guard let end = ids.last else { break }
            tally += await judge(ids)
            last = end
            await Task.yield()
        }
        guard tally.devices > 0 else { return }
        logger.info(
            "devices were judged again",
            metadata: [
                "catalog": "\(shelf.current.catalog.version)", "devices": "\(tally.devices)",
                "opened": "\(tally.findingsOpened)", "closed": "\(tally.findingsClosed)",
            ]
        )
    }

    private func judge(_ ids: [String]) async -> CatalogTally {
        let now = clock.now()
        do {
            return try await database.write { [shelf] sql in
                let catalog = shelf.current.catalog
                let rejudgement = Rejudgement(
                    sql: sql,
                    policy: try PolicyStore(sql: sql).policy(now: now),
                    catalog: catalog,
                    now: now
                )
                var tally = CatalogTally()
                var byCatalog = CatalogTally()
                for id in ids {
                    guard let change = try rejudgement.apply(id) else { continue }
                    var one = CatalogTally(change)
                    // The last device that had it.
                    one.unknownsResolved = try change.resolved.count { try !UnknownStore(sql: sql).exists($0) }
                    tally += one
                    if change.isByCatalog { byCatalog += one }
                }
                if byCatalog.devices > 0 { try CatalogStore(sql: sql).add(byCatalog, to: catalog.version) }
                return tally
            }
        } catch {
            guard ids.count > 1 else {
                // It stays as it was judged before, until its next report or the next start.
                logger.error(
                    "a device could not be judged again",
                    metadata: ["device": "\(ids.first ?? "")", "error": "\(String(reflecting: error))"]
                )
                return CatalogTally()
            }
            // One device must not keep its neighbors from being judged.
            var tally = CatalogTally()
            for id in ids { tally += await judge([id]) }
            return tally
        }
    }

    private func finish(_ count: Int) {
        let done = state.withLock { state in
            let done = state.waiting.prefix(count)
            state.waiting.removeFirst(done.count)
            return done
        }
        for continuation in done { continuation.finish() }
    }
}

extension CatalogTally {
    /// One device and what changed by it, without what it says of unknown ones.
    init(_ change: Rejudgement.Change) {
        self.init(devices: 1, findingsOpened: change.opened.count, findingsClosed: change.closed.count)
    }

    static func += (left: inout CatalogTally, right: CatalogTally) {
        left.devices += right.devices
        left.findingsOpened += right.findingsOpened
        left.findingsClosed += right.findingsClosed
        left.unknownsResolved += right.unknownsResolved
    }
}
