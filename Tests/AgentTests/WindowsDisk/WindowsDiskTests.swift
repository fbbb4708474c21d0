import Foundation
import Testing

@testable import Agent

/// A whole disk: what its sources say, and how complete they claim to be.
struct WindowsDiskTests {
    @Test func theHostIsReadFromTheControlSetThatIsInUse() throws {
        let host = try #require(try TestDisk(software: []).records().of("host").first)
        #expect(host.text("name") == "PC-MÁY")
        #expect(host.text("system") == "Windows 11 Pro 23H2")
        #expect(host.number("build") == 22631)
        #expect(host.boolean("server") == false)
        #expect(host.text("architecture") == "x86_64")
        #expect(host.number("recorded") != nil)
    }

    @Test(arguments: [
        ("Client", "19045", "Windows 10 Pro", "Windows 10 Pro", false),
        ("Server", "20348", "Windows Server 2022 Standard", "Windows Server 2022 Standard", true),
        ("Server Core", "26100", "Windows Server 2025 Datacenter", "Windows Server 2025 Datacenter", true),
        ("Client", "26100", "Windows 10 Enterprise", "Windows 11 Enterprise", false),
    ])
    func productAndBuildNameTheSystem(
        type: String,
        build: String,
        product: String,
        system: String,
        isServer: Bool
    ) throws {
        let disk = try TestDisk()
        let version = TestKey.at(
            #"Microsoft\Windows NT\CurrentVersion"#,
            [.text("ProductName", product), .text("CurrentBuild", build), .text("InstallationType", type)]
        )
        try disk.file(TestDisk.software, TestHive([version]).bytes)
        let records = try disk.records()
        let host = try #require(records.of("host").first)
        #expect(host.text("system") == system)
        #expect(host.boolean("server") == isServer)
        // Windows Server has no Security Center; a client's cannot be read.
        #expect(records.state("security-center") == (isServer ? "absent" : "unavailable"))
    }

    @Test func whereSelectNamesNoControlSetServicesAreUnknownAndNotGuessed() throws {
        let disk = try TestDisk()
        var keys = TestDisk.everySystem
        keys[0] = TestKey("Select", [.bytes("Current", type: 4, [2, 0])])
        try disk.file(TestDisk.system, TestHive(keys).bytes)
        let records = try disk.records()
        #expect(records.of("service").isEmpty)
        #expect(records.state("service") == "unavailable")
        #expect(records.state("minifilter") == "unavailable")
        #expect(records.of("host").first?.text("name") == nil)
    }

    @Test func aCleanDiskIsReadToItsEndAndStillProvesNoAbsence() throws {
        let records = try TestDisk(
            software: [TestDisk.program("KES", [.text("DisplayName", "Kaspersky")])],
            system: [
                TestDisk.service("AVP", [.number("Type", 16), .number("Start", 2)]),
                TestDisk.service("klif", [.number("Type", 2), .number("Start", 0)]),
            ]
        ).records()
        for source in ["uninstall", "service", "driver", "minifilter", "registry"] {
            #expect(records.state(source) == "complete", "\(source): \(records.reason(source))")
        }
        #expect(records.state("kaspersky") == "absent")
        // What only a running Windows knows is never complete and never absent, on a server neither.
        for source in ["defender", "process", "pipe", "security-center"] {
            #expect(records.state(source) == "unavailable")
            #expect(!records.reason(source).isEmpty)
        }
    }

    @Test func withoutLibhivexEverySourceSaysHowToInstallIt() throws {
        let disk = try TestDisk(software: [TestDisk.program("KES", [.text("DisplayName", "Kaspersky")])])
        let records = try disk.records(library: "libhivex-that-is-not-there.so.0")
        for source in ["uninstall", "service", "driver", "minifilter", "kaspersky", "registry"] {
            #expect(records.state(source) == "unavailable")
            #expect(records.reason(source).hasSuffix("libhivex is not installed: apt-get install libhivex0"))
        }
        #expect(records.of("uninstall").isEmpty && records.of("host").count == 1)
    }

    @Test func aLibraryThatIsNotLibhivexIsNotUsed() throws {
        let records = try TestDisk(software: []).records(library: "libc.so.6")
        #expect(records.state("uninstall") == "unavailable")
        #expect(records.reason("uninstall").contains("lacks a function"))
    }

    // MARK: Where hives are

    @Test func aDiskIsRecognizedHoweverItSpellsItsFolders() throws {
        let disk = try TestDisk()
        #expect(!WindowsDisk.isWindows(try RootDirectory(path: disk.path)))
        try disk.file("WINDOWS/system32/CONFIG/software", TestHive(TestDisk.everySoftware).bytes)
        try disk.file("WINDOWS/system32/CONFIG/System", TestHive(TestDisk.everySystem).bytes)
        #expect(WindowsDisk.isWindows(try RootDirectory(path: disk.path)))
        let records = try disk.records()
        #expect(records.state("uninstall") == "complete")
        #expect(records.of("host").first?.text("name") == "PC-MÁY")
    }

    @Test func aLinuxRootIsNoWindowsDisk() throws {
        let disk = try TestDisk()
        try disk.file("etc/os-release", Array("NAME=Debian".utf8))
        try disk.file("windows/readme.txt")
        #expect(!WindowsDisk.isWindows(try RootDirectory(path: disk.path)))
    }

    @Test func aPipeInPlaceOfAHiveIsNotOpened() throws {
        let disk = try TestDisk(software: [])
        try disk.remove(TestDisk.software)
        try disk.pipe(TestDisk.software)
        #expect(WindowsDisk.isWindows(try RootDirectory(path: disk.path)))
        let records = try disk.records()
        #expect(records.state("uninstall") == "unavailable")
        #expect(records.reason("uninstall") == "SOFTWARE: not a regular file")
        // The other hive is another matter; a Windows without any service is none.
        #expect(records.reason("service") == "SYSTEM: ControlSet002 has no services")
    }

    @Test func aFolderAndALinkInACircleInPlaceOfHivesAreNamed() throws {
        let disk = try TestDisk()
        try disk.file(TestDisk.software + "/file")
        try disk.link(TestDisk.system, to: "SYSTEM")
        let records = try disk.records()
        #expect(records.reason("uninstall") == "SOFTWARE: not a regular file")
        #expect(records.reason("service") == "SYSTEM: symbolic links in a circle")
    }

    @Test func aLinkOutOfTheDiskLeadsNowhere() throws {
        let outside = try TestDisk(software: [])
        let disk = try TestDisk()
        try disk.link(TestDisk.software, to: outside.path + "/" + TestDisk.software)
        let records = try disk.records()
        #expect(records.state("uninstall") == "unavailable")
        #expect(records.state("service") == "unavailable")
    }

    @Test(.disabled(if: getuid() == 0, "root may read everything"))
    func aHiveThatMayNotBeReadSaysWhatHelps() throws {
        let disk = try TestDisk(software: [])
        try disk.mode(TestDisk.software, 0)
        let records = try disk.records()
        #expect(records.reason("uninstall") == "SOFTWARE: permission denied: run as root")
    }

    // MARK: Dirty hives

    @Test func aHiveThatWindowsWasWritingIsPartial() throws {
        let disk = try TestDisk(software: [])
        var hive = TestHive(TestDisk.everySoftware + [TestDisk.program("A", [.text("DisplayName", "A")])])
        hive.setSequences(begun: 9, finished: 8)
        try disk.file(TestDisk.software, hive.bytes)
        let records = try disk.records()
        for source in ["uninstall", "registry", "kaspersky"] {
            #expect(records.state(source) == "partial")
            #expect(records.reason(source).contains("SOFTWARE: dirty: Windows had not finished writing it"))
        }
        #expect(records.of("uninstall").count == 1)
    }

    @Test(
        arguments: [
            ([5, 6, 7], false), ([6, 7, 8], true), ([], false), ([.max], false), ([7, 7, 7, 9], true),
        ] as [([UInt32], Bool)]
    )
    func aLogCountsOnlyWithChangesThatTheHiveLacks(entries: [UInt32], isNewer: Bool) throws {
        let disk = try TestDisk(system: [TestDisk.service("AVP", [.number("Type", 16)])])
        try disk.file(TestDisk.system + ".log2", TestHive.log(header: 5, entries: entries))
        try disk.file(TestDisk.system + ".LOG1", [])
        let records = try disk.records()
        #expect(records.state("service") == (isNewer ? "partial" : "complete"))
        #expect(records.reason("service").contains("SYSTEM.LOG2 has newer changes") == isNewer)
    }

    @Test func aLogOfEndlessEntriesIsGivenUp() throws {
        let disk = try TestDisk(software: [])
        var log = TestHive.log(header: 5, entries: [5, 6])
        log.put(UInt32(0), at: 516)
        try disk.file(TestDisk.system + ".LOG1", log)
        #expect(try !disk.records().reason("service").contains("dirty"))
    }

    // MARK: Limits

    @Test func aSourceOverItsDeadlineGivesWhatItHas() throws {
        let disk = try TestDisk(software: (0..<20).map { TestDisk.program("P\($0)", [.text("DisplayName", "P")]) })
        let records = try disk.records(now: hastyClock())
        #expect(records.state("uninstall") != "complete")
        #expect(records.reason("uninstall").contains("stopped at its deadline"))
        #expect(records.state("registry") != "complete")
    }

    @Test func theRecordDuringWhichTheDeadlinePassesIsTheLastOne() {
        var source = DiskSource("uninstall", deadline: Deadline(after: .zero, now: stoppedClock()), limit: 10)
        let goesOn = source.add(ProbeRecord("uninstall", [:]))
        let records = source.finished()
        #expect(!goesOn && records.of("uninstall").count == 1)
        #expect(records.state("uninstall") == "partial")
        #expect(records.reason("uninstall") == "stopped at its deadline")
    }

    @Test func moreEntriesThanTheLimitAreCountedAsPartial() throws {
        let disk = try TestDisk(software: (0..<20).map { TestDisk.program("P\($0)", [.text("DisplayName", "P")]) })
        var limits = WindowsDiskLimits()
        limits.records = 7
        let records = try disk.records(limits: limits)
        #expect(records.of("uninstall").count == 7)
        #expect(records.state("uninstall") == "partial")
        #expect(records.reason("uninstall") == "more than 7 entries")
    }

    @Test func aHiveBeyondTheLimitIsNotRead() throws {
        var limits = WindowsDiskLimits()
        limits.hiveBytes = 4096
        let records = try TestDisk(software: []).records(limits: limits)
        #expect(records.reason("uninstall") == "SOFTWARE: larger than the limit")
    }

    @Test func moreKeysThanAreLookedAtArePartial() throws {
        var limits = WindowsDiskLimits()
        limits.visitedKeys = 12
        let programs = (0..<20).map { TestDisk.program("P\($0)", [.text("DisplayName", "P")]) }
        let records = try TestDisk(software: programs).records(limits: limits)
        #expect(records.state("uninstall") == "partial")
        #expect(records.reason("uninstall") == "SOFTWARE: more than the limit")
        #expect(!records.of("uninstall").isEmpty && records.of("uninstall").count < 12)
    }
}
