import Shared
import Testing

@testable import Agent

@Suite struct SystemdTests {
    private let tree: PreparedTree

    init() throws {
        tree = try PreparedTree()
    }

    private func run() throws -> ProbeResult { SystemdProbe(context: try tree.context()).run() }

    private func commands(_ text: String) -> [[String]] {
        UnitFile(Array(text.utf8)).commands.map { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    // MARK: Unit files

    @Test(
        arguments: [
            ("[Service]\nExecStart=/a b", [["/a", "b"]]),
            ("[Service]\nExecStart=-@!/a x", [["/a", "x"]]),
            ("[Service]\nExecStart=\"/a b\" 'c d'", [["/a b", "c d"]]),
            ("[Service]\nExecStart = /a \\\n  b \\\n# between\n  c\n", [["/a", "b", "c"]]),
            ("[Service]\nExecStart=/a\nExecStart=\nExecStart=/b\n", [["/b"]]),
            ("[Unit]\nExecStart=/a\n[Service]\n;ExecStart=/b\nExecStartPre=/c\n", []),
            ("[Service]\r\nExecStart=/a\\ b\r\n", [["/a b"]]),
            ("", []), ("[Service]\nExecStart", []), ("[Service]\nExecStart=\"", [[""]]),
        ] as [(String, [[String]])]
    )
    func aUnitFileSaysWhatItStarts(text: String, expected: [[String]]) {
        #expect(commands(text) == expected)
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func aMutatedUnitFileNeverTraps(seed: UInt64) throws {
        let good = Array("[Unit]\nDescription=x\n[Service]\nExecStart=-\"/opt/a b\" -d \\\n --more\n[Install]\n".utf8)
        let root = try RootDirectory(path: tree.path)
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            let unit = UnitFile(random.mutated(good))
            #expect(unit.commands.count <= 64, "seed \(seed)")
            _ = UnitProgram(root: root).find(in: unit)
        }
    }

    @Test(
        arguments: [
            ("/opt/x/run", UnitProgram.Answer.present("/opt/x/run")), ("/opt/x/none", .gone),
            ("run-me", .present("/usr/sbin/run-me")),
            ("nothing-of-that-name", .gone), ("/bin/sh -c \"exec /opt/x/run --now\"", .present("/opt/x/run")),
            ("/bin/sh -c \"exec /opt/x/none\"", .gone), ("/bin/sh -c 'echo'", .unknown),
            ("/usr/bin/env A=b /opt/x/run", .present("/opt/x/run")),
            ("/usr/bin/docker run -v /opt/x/run clamav", .unknown),
            ("/opt/${NAME}/run", .unknown), ("/opt/%i/run", .unknown), ("/usr/bin/systemctl start x", .unknown),
            ("/opt/x", .unknown),
        ] as [(String, UnitProgram.Answer)]
    )
    func theProgramOfAUnitIsLookedFor(command: String, answer: UnitProgram.Answer) throws {
        for name in [
            "/opt/x/run", "/usr/sbin/run-me", "/bin/sh", "/usr/bin/docker", "/usr/bin/systemctl", "/usr/bin/env",
        ] {
            try tree.program(name)
        }
        let unit = UnitFile(Array("[Service]\nExecStart=\(command)\n".utf8))
        #expect(UnitProgram(root: try RootDirectory(path: tree.path)).find(in: unit) == answer)
    }

    // MARK: The probe

    @Test func aSystemWithoutSystemdHasNoSuchSource() throws {
        #expect(try run().status.state == .absent)
    }

    @Test func aUnitCountsAsInstalledOnlyWithItsProgram() throws {
        try tree.unit("mdatp.service", starts: "/opt/microsoft/mdatp/sbin/wdavdaemon")
        #expect(try run().observations.map(\.fact.weight) == [.leftover])
        try tree.program("/opt/microsoft/mdatp/sbin/wdavdaemon")
        #expect(try run().observations.map(\.fact.weight) == [.installed])
    }

    @Test func aUnitInTheMergedFolderIsSeenOnce() throws {
        try tree.link("/lib", to: "usr/lib")
        try tree.program("/opt/microsoft/mdatp/sbin/wdavdaemon")
        try tree.unit("mdatp.service", starts: "/opt/microsoft/mdatp/sbin/wdavdaemon")
        let result = try run()
        #expect(result.observations.count == 1 && result.status.entries == 1 && result.status.state == .complete)
    }

    @Test func aMaskedUnitIsOnlyRegistered() throws {
        try tree.program("/opt/microsoft/mdatp/sbin/wdavdaemon")
        try tree.unit("mdatp.service", starts: "/opt/microsoft/mdatp/sbin/wdavdaemon")
        try tree.link("/etc/systemd/system/mdatp.service", to: "/dev/null")
        #expect(try run().observations.map(\.fact.detail) == ["masked"])
        #expect(try run().observations.map(\.fact.weight) == [.registered])
    }

    @Test func aLinkWhoseUnitIsGoneIsALeftOver() throws {
        try tree.link("/etc/systemd/system/mdatp.service", to: "/lib/systemd/system/mdatp.service")
        #expect(try run().observations.map(\.fact.weight) == [.leftover])
    }

    @Test(arguments: ["/sys/fs/cgroup", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified"])
    func aUnitWithProcessesRuns(mount: String) throws {
        try tree.file("\(mount)/system.slice/mdatp.service/cgroup.procs", "")
        #expect(try run().observations.isEmpty)
        try tree.file("\(mount)/system.slice/mdatp.service/cgroup.procs", "4711\n")
        #expect(try run().observations.map(\.fact.weight) == [.running])
    }

    @Test func processesInGroupsBelowAServiceCount() throws {
        try tree.file("/sys/fs/cgroup/system.slice/mdatp.service/cgroup.procs", "")
        try tree.file("/sys/fs/cgroup/system.slice/mdatp.service/cgroup.events", "populated 1\nfrozen 0\n")
        #expect(try run().observations.map(\.fact.weight) == [.running])
        try tree.file("/sys/fs/cgroup/system.slice/mdatp.service/cgroup.events", "populated 0\nfrozen 0\n")
        #expect(try run().observations.isEmpty)
    }

    @Test func aServiceOfAContainerOrOfAUserDoesNotCount() throws {
        let slices = ["machine.slice/pod.scope/system.slice", "system.slice/docker-1.scope/system.slice", "user.slice"]
        try tree.folder("/sys/fs/cgroup/system.slice")
        for slice in slices { try tree.file("/sys/fs/cgroup/\(slice)/mdatp.service/cgroup.procs", "9\n") }
        #expect(try run().observations.isEmpty)
    }

    @Test func anInstanceOfATemplateIsMatchedExactly() throws {
        let slice = "/sys/fs/cgroup/system.slice/system-clamd.slice"
        try tree.file("\(slice)/clamd@other.service/cgroup.procs", "9\n")
        #expect(try run().observations.isEmpty)
        try tree.file("\(slice)/clamd@scan.service/cgroup.procs", "9\n")
        #expect(try run().observations.map(\.fact.value) == ["clamd@scan.service"])
    }

    @Test func whatStandsInPlaceOfAUnitFileIsReported() throws {
        try tree.pipe("/etc/systemd/system/mdatp.service")
        try tree.link("/etc/systemd/system/kesl.service", to: "kesl.service")
        let result = try run()
        #expect(result.observations.isEmpty && result.status.state == .partial)
        #expect(result.status.reason.contains("mdatp.service") && result.status.reason.contains("circle"))
    }

    @Test func theProbeStopsAtItsDeadline() throws {
        try tree.folder("/etc/systemd/system")
        let result = SystemdProbe(context: try tree.context(now: hastyClock())).run()
        #expect(result.status.state == .partial && result.status.reason == ProbeContext.overdue)
    }
}
