import Testing

@testable import Collector

@Suite struct HealthStateTests {
    private func state(watchers: Int = 4) -> HealthState {
        HealthState(services: ["khien.v1.ReportingService"], watcherLimit: watchers)
    }

    @Test func `nothing is served before the listeners accept`() {
        let state = state()
        #expect(state.status == .notServing)
        state.serve()
        #expect(state.status == .serving)
    }

    @Test func `the whole server and its services are known, others are not`() {
        let state = state()
        #expect(state.knows(""))
        #expect(state.knows("khien.v1.ReportingService"))
        #expect(!state.knows("khien.v1.EnrollmentService"))
    }

    @Test func `a watcher hears the state now, each change, and the end`() async throws {
        let state = state()
        let (_, updates) = try state.watch()
        var iterator = updates.makeAsyncIterator()
        #expect(await iterator.next() == .notServing)
        state.serve()
        #expect(await iterator.next() == .serving)
        state.end()
        #expect(await iterator.next() == .notServing)
        #expect(await iterator.next() == nil)
        #expect(state.watcherCount == 0)
    }

    @Test func `after the end nothing is served again, and a new watcher hears so and is let go`() async throws {
        let state = state()
        state.end()
        state.serve()
        #expect(state.status == .notServing)
        let (_, updates) = try state.watch()
        var heard: [HealthState.Status] = []
        for await status in updates { heard.append(status) }
        #expect(heard == [.notServing])
    }

    @Test func `one watcher too many is refused until one leaves`() throws {
        let state = state(watchers: 2)
        let first = try state.watch()
        _ = try state.watch()
        let error = #expect(throws: CollectorError.self) { try state.watch() }
        #expect(error?.code == .resourceExhausted)
        state.leave(first.id)
        #expect(throws: Never.self) { try state.watch() }
    }
}
