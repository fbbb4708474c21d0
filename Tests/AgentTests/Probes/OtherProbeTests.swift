import Shared
import Testing

@testable import Agent

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Processes, kernel modules, install paths and the host.
@Suite struct OtherProbeTests {
    private let tree: PreparedTree

    init() throws {
        tree = try PreparedTree()
    }

    // MARK: Processes

    @Test func aPreparedTreeWithoutProcHasNoProcesses() throws {
        #expect(ProcessProbe(context: try tree.context()).run().status.state == .absent)
        try tree.folder("/proc")
        #expect(ProcessProbe(context: try tree.context()).run().status.state == .absent)
        #expect(KernelModuleProbe(context: try tree.context()).run().status.state == .absent)
    }

    @Test func processesAreCountedAndOneProductIsSeenOnce() throws {
        try tree.program("/opt/microsoft/mdatp/sbin/wdavdaemon")
        for process in [11, 12, 13] {
            try tree.link("/proc/\(process)/exe", to: "/opt/microsoft/mdatp/sbin/wdavdaemon")
        }
        try tree.link("/proc/self", to: "11")
        try tree.folder("/proc/14")
        try tree.file("/proc/version", "Linux")
        let scan = try tree.scan()
        #expect(scan.status(.process)?.entries == 4)
        let facts = try #require(scan.product("microsoft-defender-endpoint")?.facts.filter { $0.source == .process })
        #expect(facts.map(\.weight) == [.running] && facts.map(\.isWeak) == [false])
    }

    @Test func moreProcessesThanTheLimitAreReported() throws {
        for process in 1...5 { try tree.folder("/proc/\(process)") }
        var limits = ProbeLimits()
        limits.processes = 3
        let status = ProcessProbe(context: try tree.context(limits: limits)).run().status
        #expect(status.state == .partial && status.entries == 3)
    }

    @Test func aProcessOfThisSystemIsMatchedByItsExecutable() throws {
        let root = try RootDirectory(path: "/")
        let path = try RootDirectory.target(of: RootDirectory.name("/proc/self/exe".utf8), in: root.top)
        let name = String(decoding: path.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
        let catalog = try Catalog(
            text: """
                version\t1
                source\ts\there
                family\town\tedr\tV\tP
                signal\town\tlinux\tprocess\tedr\tstrong\ts\t\(name)
                """.utf8
        )
        let status = try root.place(path).status
        let isRoots =
            status.st_uid == 0 && status.st_mode & 0o002 == 0
            && (status.st_mode & 0o020 == 0 || status.st_gid == 0)
        let result = ProcessProbe(
            context: ProbeContext(root: root, catalog: catalog, limits: ProbeLimits(), now: { ContinuousClock.now })
        ).run()
        let fact = try #require(result.observations.first?.fact)
        #expect(fact.value == name && fact.weight == .running && fact.isWeak == !isRoots)
    }

    // MARK: Kernel modules

    @Test func aLoadedModuleRuns() throws {
        try tree.file("/proc/modules", "ext4 1 1 - Live 0x0\nsisips 16384 0 - Live 0x0\nsisipsx 1 0 - Live 0x0\n\n")
        let result = KernelModuleProbe(context: try tree.context()).run()
        #expect(result.status == SourceStatus(source: .kernelModule, state: .complete, entries: 3))
        #expect(result.observations.map(\.fact.value) == ["sisips"])
        #expect(result.observations.map(\.fact.weight) == [.running])
    }

    @Test func aPipeInPlaceOfTheModulesIsRefused() throws {
        try tree.pipe("/proc/modules")
        #expect(KernelModuleProbe(context: try tree.context()).run().status.state == .unavailable)
    }

    @Test func aListOfModulesOverItsLimitIsReadInPart() throws {
        try tree.file("/proc/modules", "sisips 1\n" + String(repeating: "m 1\n", count: 50_000))
        var limits = ProbeLimits()
        limits.moduleListBytes = 70_000
        let result = KernelModuleProbe(context: try tree.context(limits: limits)).run()
        #expect(result.status.state == .partial && result.observations.count == 1)
    }

    // MARK: Install paths

    @Test(arguments: [
        ("file", FactWeight.installed), ("empty", .leftover), ("link", .leftover), ("folder", .registered),
        ("pipe", .registered),
    ])
    func whatStandsAtAPathDecidesItsWeight(kind: String, weight: FactWeight) throws {
        let path = "/usr/bin/avast"
        switch kind {
        case "file": try tree.program(path)
        case "empty": try tree.file(path, "")
        case "link": try tree.link(path, to: "/opt/avast/gone")
        case "pipe": try tree.pipe(path)
        default:
            for index in 0..<20 { try tree.file("\(path)/\(index)") }
        }
        var limits = ProbeLimits()
        limits.folderEntries = 10
        let result = InstallPathProbe(context: try tree.context(limits: limits)).run()
        #expect(result.observations.map(\.fact.weight) == [weight])
        #expect(result.status.state == .complete && result.status.entries == 1)
    }

    @Test func aFolderCountsWithAProgramSomewhereInIt() throws {
        try tree.file("/opt/sophos-spl/readme")
        try tree.link("/opt/sophos-spl/loop", to: "/opt/sophos-spl")
        try tree.link("/opt/sophos-spl/sh", to: "/bin/sh")
        let weights = { InstallPathProbe(context: try tree.context()).run().observations.map(\.fact.weight) }
        #expect(try weights() == [.leftover])
        try tree.program("/opt/sophos-spl/base/bin/sophos_watchdog")
        #expect(try weights() == [.installed])
    }

    @Test func linksInACircleAtAPathAreReported() throws {
        try tree.link("/opt/eset", to: "/opt/eset")
        let result = InstallPathProbe(context: try tree.context()).run()
        #expect(result.status.state == .partial && result.status.reason.contains("circle"))
    }

    @Test func configurationAndDataAreLeftOvers() throws {
        try tree.program("/etc/sophos-av/looks-like-a-program")
        let found = InstallPathProbe(context: try tree.context()).run().observations
        #expect(found.map(\.fact.weight) == [.leftover])
    }

    // MARK: The host

    @Test(
        arguments: [
            ("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n", "Debian GNU/Linux 12 (bookworm)"),
            ("# PRETTY_NAME=no\nNAME='A B'\nVERSION_ID=\"3\"\n", "A B 3"),
            ("PRETTY_NAME=\"a \\\"b\\\" \\$c\" # no comment\n", "a \"b\" $c"), ("PRETTY_NAME=plain  \r\n", "plain"),
            ("NAME=X\nNAME=Y\n", "Y"), ("", nil), ("PRETTY_NAME=\n", nil),
        ] as [(String, String?)]
    )
    func anOperatingSystemSaysItsName(text: String, expected: String?) {
        #expect(OSRelease.prettyName(Array(text.utf8)) == expected)
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func aMutatedOSReleaseNeverTraps(seed: UInt64) {
        let good = Array("NAME=\"X\"\nPRETTY_NAME='Y \\' 1'\nVERSION_ID=3\n".utf8)
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            let name = OSRelease.prettyName(random.mutated(good)) ?? "none"
            #expect(WireText.text(name, limit: 128).utf8.count <= 128, "seed \(seed)")
        }
    }

    @Test func aHostNameIsOneLineOfText() throws {
        try tree.file("/etc/hostname", "# comment\n pc-\u{7}17\t\nsecond\n")
        try tree.link("/etc/os-release", to: "../usr/lib/os-release")
        try tree.file("/usr/lib/os-release", "PRETTY_NAME=\"Evil\u{1b}[31m\"\n")
        let host = HostProbe(context: try tree.context()).run()
        #expect(host.name == "pc-17")
        #expect(host.operatingSystem == "Evil\u{fffd}[31m")
        #expect(!host.architecture.isEmpty && host.agentVersion == khienVersion)
    }

    @Test func textIsCutAtACharactersEdge() {
        #expect(WireText.text("ăâđ", limit: 5) == "ăâ")
        #expect(WireText.text([0x61, 0xff, 0x0a, 0x62], limit: 10) == "a\u{fffd}\u{fffd}b")
        #expect(WireText.text(String(repeating: "\u{1}", count: 100), limit: 10).utf8.count == 9)
    }
}
