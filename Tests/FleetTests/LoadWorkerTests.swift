import Agent
import Shared
import Testing

@testable import Fleet

@Suite struct LoadWorkerTests {
    private static func session() throws -> DeviceSession {
        let catalog = try Catalog.builtIn()
        let plan = FleetPlan(
            mix: try Mix.builtIn(catalog: catalog),
            joins: FleetJoin.spread(devices: 1, over: [nil]),
            catalog: catalog,
            seed: 1
        )
        let session = DeviceSession(device: try #require(plan.devices.first), epoch: 7)
        session.identity = try TestIdentity.make()
        return session
    }

    /// A worker whose time is over, so that it does not wait before it gives up.
    private static func worker() -> LoadWorker {
        LoadWorker(options: LoadOptions(), control: RunControl(), acknowledged: nil, end: 0)
    }

    @Test func aReportThatNobodyTakesIsTriedAgainAndThenCountedAsUndelivered() throws {
        var worker = Self.worker()
        worker.deliverFirst(of: try Self.session())
        #expect(worker.tally.undelivered == 1)
        #expect(worker.tally.retried == ["unreachable": 1])
        #expect(worker.tally.messages["unreachable"] != nil)
        #expect(worker.tally.sent == 1)
        #expect(worker.control.troubles == 1)
    }

    @Test func aDeviceWithoutAnIdentitySendsNothing() throws {
        let session = try Self.session()
        session.identity = nil
        var worker = Self.worker()
        worker.deliverFirst(of: session)
        #expect(worker.tally == LoadTally())
    }

    @Test func eachReportHasANewSequence() throws {
        let session = try Self.session()
        let identity = try TestIdentity.make()
        let sequences = try (0..<3).map { _ in
            try session.nextMessage(of: identity, isWhole: false, changes: false).sequence
        }
        #expect(sequences == [1, 2, 3])
    }

    @Test func wholeReportsCarryTheInventoryAndOthersOnlyItsDigest() throws {
        let session = try Self.session()
        let identity = try TestIdentity.make()
        let digest = try session.nextMessage(of: identity, isWhole: false, changes: false).bytes
        let whole = try session.nextMessage(of: identity, isWhole: true, changes: false).bytes
        let inventory = ReportEncoder.encode(session.device.scan(unit: identity.unitCode)).bytes
        #expect(whole.count >= digest.count + inventory.count)
    }

    @Test(arguments: [
        (TransportError.Code.unreachable, "unreachable", true), (.timedOut, "timed-out", true),
        (.status(.unavailable), "unavailable", true), (.status(.resourceExhausted), "resource-exhausted", true),
        (.status(.invalidArgument), "invalid-argument", false), (.status(.alreadyExists), "already-exists", false),
        (.stopped, "stopped", false), (.library, "library", false),
    ])
    func onlyFailuresThatMayPassAreTriedAgain(code: TransportError.Code, word: String, isTransient: Bool) {
        let failure = Failure(TransportError(code: code, message: "m"))
        #expect(failure.word == word)
        #expect(failure.isTransient == isTransient)
    }

    @Test func waitsGrowUpToTheirCap() {
        var backoff = Backoff(random: SeededGenerator(seed: 1))
        let cap = UInt64(FleetLimits.backoffCapMilliseconds) * 1000
        let waits = (0..<20).map { _ in backoff.next() }
        #expect(waits[0] <= UInt64(FleetLimits.backoffMilliseconds) * 1000)
        #expect(waits.allSatisfy { $0 <= cap })
        #expect(waits[10...].allSatisfy { $0 >= cap / 2 })
    }
}
