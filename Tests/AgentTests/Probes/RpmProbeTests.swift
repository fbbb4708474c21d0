import Foundation
import Shared
import Testing

@testable import Agent

/// One after the other: a program that is being written while another test starts one cannot be started itself.
@Suite(.serialized) struct RpmProbeTests {
    private let tree: PreparedTree

    init() throws {
        tree = try PreparedTree()
        try tree.file("/var/lib/rpm/rpmdb.sqlite", "a database")
    }

    /// A program that stands for `rpm`.
    private func tool(_ script: String) throws -> String {
        try tree.file("/tool", "#!/bin/sh\n" + script)
        try tree.mode("/tool", 0o755)
        return tree.path + "/tool"
    }

    private func run(
        _ script: String,
        limits: ProbeLimits = ProbeLimits(),
        now: @escaping Deadline.Now = stoppedClock()
    ) throws -> ProbeResult {
        RpmProbe(context: try tree.context(limits: limits, now: now), tools: [try tool(script)]).run()
    }

    @Test func packagesAreReadFromTheToolsOutput() throws {
        let result = try run(#"printf 'bash\t5.2-1\tx86_64\nkesl\t12.1.0-1543\tx86_64\n'"#)
        #expect(result.status == SourceStatus(source: .rpm, state: .complete, entries: 2))
        #expect(result.observations.map(\.fact.value) == ["kesl"])
        #expect(result.observations.map(\.version) == ["12.1.0-1543"])
    }

    @Test func theToolIsToldWhereTheDatabaseIsAndGetsNoShell() throws {
        let result = try run(#"printf 'kesl\t%s\t%s\n' "$2" "$4""#)
        let version = try #require(result.observations.first?.version)
        #expect(version == WireText.text(tree.path + "/var/lib/rpm", limit: WireLimits.shortBytes))
    }

    @Test func aLinkOutOfTheRootIsNotFollowed() throws {
        let other = try PreparedTree()
        try other.link("/var/lib/rpm", to: tree.path + "/var/lib/rpm")
        let result = RpmProbe(context: try other.context(), tools: [try tool("echo never")]).run()
        #expect(result.status.state == .absent)
    }

    @Test func withoutADatabaseTheToolIsNotAsked() throws {
        let empty = try PreparedTree()
        try empty.folder("/var/lib/rpm")
        let result = RpmProbe(context: try empty.context(), tools: [try tool("echo never")]).run()
        #expect(result.status.state == .absent)
    }

    @Test func aDatabaseWithoutAToolIsUnavailable() throws {
        let result = RpmProbe(context: try tree.context(), tools: ["/nonexistent/rpm"]).run()
        #expect(result.status.state == .unavailable && result.status.reason.contains("not installed"))
    }

    @Test func aToolThatFailsIsReported() throws {
        let none = try run("exit 3")
        #expect(none.status.state == .unavailable && none.status.reason.contains("status 3"))
        let some = try run(#"printf 'kesl\t1\tnoarch\n'; exit 1"#)
        #expect(some.status.state == .partial && some.observations.count == 1)
    }

    @Test func linesThatWereNotAskedForAreCounted() throws {
        let result = try run(#"printf 'kesl\t1\tnoarch\nwarning: something\n\t\t\nkesl'"#)
        #expect(result.status.state == .partial)
        #expect(result.status.reason.hasPrefix("3 lines"))
    }

    @Test func aToolThatDoesNotEndIsStoppedAtTheDeadline() throws {
        let silent = try run("exec sleep 1000", now: hastyClock())
        #expect(silent.status.state == .unavailable && silent.status.reason.contains("deadline"))
        // What it started holds the output open, and must end with it.
        let children = try run("sleep 1000 & sleep 1000", now: hastyClock())
        #expect(children.status.state == .unavailable)
    }

    @Test func onlyTheClockOfTheDeadlineEndsATool() throws {
        var limits = ProbeLimits()
        limits.probeTime = .nanoseconds(1)
        // Line by line, so that there is often nothing to read yet.
        let script = #"i=0; while [ $i -lt 3000 ]; do printf 'kesl\t1\tnoarch\n'; i=$((i+1)); done"#
        let result = try run(script, limits: limits)
        #expect(result.status == SourceStatus(source: .rpm, state: .complete, entries: 3000))
    }

    @Test func aToolThatIsStillBeingWrittenIsWaitedForUntilTheDeadline() throws {
        let path = try tool("echo never")
        let writer = try #require(FileHandle(forWritingAtPath: path))
        defer { try? writer.close() }
        let result = RpmProbe(context: try tree.context(now: hastyClock()), tools: [path]).run()
        #expect(result.status.state == .unavailable && result.status.reason.contains("deadline"))
    }

    @Test func aToolThatNeverStopsTalkingIsStoppedAtTheLimit() throws {
        var limits = ProbeLimits()
        limits.toolOutputBytes = 200_000
        let result = try run(#"while :; do printf 'bash\t1\tnoarch\nbash\t1\tnoarch\n'; done"#, limits: limits)
        #expect(result.status.state == .partial && result.status.reason.contains("200000 bytes"))
    }
}
