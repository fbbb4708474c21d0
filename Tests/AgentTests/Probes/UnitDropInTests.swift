import Foundation
import Shared
import Testing

@testable import Agent

@Suite struct UnitDropInTests {
    private let tree: PreparedTree

    init() throws {
        tree = try PreparedTree()
        try tree.unit("own.service", starts: "/opt/own/gone")
        try tree.program("/opt/own/bin/ownd")
    }

    private static let catalog = Result {
        let units = ["own.service", "a-b@c.service"].map { "signal\town\tlinux\tunit\tantivirus\tstrong\ts\t\($0)\n" }
        return try Catalog(
            text: ("version\t1\nsource\ts\tw\nfamily\town\tantivirus\tOwn\tOwn\n" + units.joined()).utf8
        )
    }

    private func run() throws -> ProbeResult {
        SystemdProbe(context: try tree.context(catalog: Self.catalog.get())).run()
    }

    private static let replaces = "[Service]\nExecStart=\nExecStart=/opt/own/bin/ownd --run\n"

    @Test(arguments: ["/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system"])
    func aFileThatReplacesTheProgramCounts(folder: String) throws {
        #expect(try run().observations.map(\.fact.weight) == [.leftover])
        try tree.file("\(folder)/own.service.d/override.conf", Self.replaces)
        let found = try run().observations
        #expect(found.map(\.fact.weight) == [.installed] && found.first?.fact.detail == "starts /opt/own/bin/ownd")
    }

    @Test(arguments: ["a-b@c.service.d", "a-b@.service.d", "a-.service.d"])
    func aUnitsTemplateAndPrefixHaveSuchFilesToo(folder: String) throws {
        try tree.unit("a-b@c.service", starts: "/opt/own/gone")
        try tree.file("/etc/systemd/system/\(folder)/10.conf", Self.replaces)
        #expect(try run().observations.map(\.fact.weight).contains(.installed))
    }

    @Test func theFirstFolderWinsAndNamesGiveTheOrder() throws {
        try tree.file("/etc/systemd/system/own.service.d/20.conf", "[Service]\nExecStart=\nExecStart=/opt/own/gone\n")
        try tree.file("/usr/lib/systemd/system/own.service.d/20.conf", Self.replaces)
        try tree.file("/usr/lib/systemd/system/own.service.d/10.conf", Self.replaces)
        #expect(try run().observations.map(\.fact.weight) == [.leftover])
    }

    @Test(arguments: [
        "ExecStart=\nExecStart=/opt/own/bin/ownd\n", "[Unit]\nExecStart=\nExecStart=/opt/own/bin/ownd\n",
        "[Service]\nNice=3\n", "",
    ])
    func aFileThatReplacesNothingChangesNothing(text: String) throws {
        try tree.file("/etc/systemd/system/own.service.d/x.conf", text)
        try tree.file("/etc/systemd/system/own.service.d/not-read.txt", Self.replaces)
        #expect(try run().observations.map(\.fact.weight) == [.leftover])
    }

    @Test func aLineThatGoesOnEndsWithItsFile() throws {
        try tree.file("/usr/lib/systemd/system/own.service", "[Service]\nExecStart=/opt/own/gone \\")
        try tree.file("/etc/systemd/system/own.service.d/x.conf", Self.replaces)
        #expect(try run().observations.map(\.fact.weight) == [.installed])
    }

    @Test func hostileFilesAreReportedAndHoldNothingUp() throws {
        let folder = "/etc/systemd/system/own.service.d"
        try tree.link("\(folder)/loop.conf", to: "loop.conf")
        try tree.pipe("\(folder)/pipe.conf")
        try tree.link("\(folder)/null.conf", to: "/dev/null")
        try tree.file("\(folder)/large.conf", String(repeating: "#", count: 100_000))
        let status = try run().status
        #expect(status.state == .partial && status.reason.contains("circle") && status.reason.contains("larger"))
    }

    @Test func moreFilesThanAreReadAreNamed() throws {
        for index in 0..<80 { try tree.file("/etc/systemd/system/own.service.d/\(index).conf", "[Service]\n") }
        #expect(try run().status.reason.contains("more than 64"))
    }

    @Test func filesOfAUnitThatIsNotThereAreNotLookedAt() throws {
        try tree.pipe("/etc/systemd/system/a-b@c.service.d/x.conf")
        #expect(try run().status.state == .complete)
    }
}
