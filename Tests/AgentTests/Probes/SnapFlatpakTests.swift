import Foundation
import Shared
import Testing

@testable import Agent

@Suite struct SnapFlatpakTests {
    private let tree: PreparedTree

    init() throws { tree = try PreparedTree() }

    private static let catalog = Result {
        try Catalog(
            text: """
                version\t1
                source\ts\twords
                family\town\tantivirus\tOwn\tOwn
                signal\town\tlinux\tsnap\tantivirus\tstrong\ts\town-av
                signal\town\tlinux\tflatpak\tantivirus\tstrong\ts\tcom.own.AV

                """.utf8
        )
    }

    private func snap(limits: ProbeLimits = ProbeLimits()) throws -> ProbeResult {
        SnapProbe(context: try tree.context(catalog: Self.catalog.get(), limits: limits)).run()
    }

    private func flatpak(limits: ProbeLimits = ProbeLimits()) throws -> ProbeResult {
        FlatpakProbe(context: try tree.context(catalog: Self.catalog.get(), limits: limits)).run()
    }

    // MARK: Snaps

    @Test func aSystemWithoutSnapsOrFlatpaksHasNoSuchSource() throws {
        try tree.folder("/home/hà")
        #expect(try snap().status == SourceStatus(source: .snap, state: .absent))
        #expect(try flatpak().status == SourceStatus(source: .flatpak, state: .absent))
    }

    @Test(arguments: ["/snap", "/var/lib/snapd/snap"])
    func aMountedSnapSaysItsVersion(mount: String) throws {
        try tree.file(
            "\(mount)/own-av/42/meta/snap.yaml",
            "name: own-av\nsummary: |\n  version: 9\nversion: '1.2.3'\napps:\n  version: x\n"
        )
        try tree.link("\(mount)/own-av/current", to: "42")
        try tree.folder("\(mount)/core22/1")
        try tree.folder("\(mount)/bin")
        let result = try snap()
        #expect(result.status == SourceStatus(source: .snap, state: .complete, entries: 2))
        #expect(result.observations.map(\.fact.weight) == [.installed])
        #expect(result.observations.map(\.version) == ["1.2.3"])
    }

    @Test func ofAMountedDiskTheFilesOfSnapsCount() throws {
        try tree.file("/var/lib/snapd/snaps/own-av_42.snap", "squashfs")
        try tree.link("/snap/own-av/current", to: "42")
        try tree.folder("/snap/own-av/42")
        #expect(try snap().observations.map(\.fact.weight) == [.installed])
    }

    @Test func whatSnapsLeaveIsNotTakenForThem() throws {
        try tree.file("/var/lib/snapd/snaps/own-av_42.snap", "squashfs")
        #expect(try snap().observations.map(\.fact.weight) == [.registered])
        let other = try PreparedTree()
        try other.folder("/snap/own-av")
        let result = SnapProbe(context: try other.context(catalog: Self.catalog.get())).run()
        #expect(result.observations.map(\.fact.weight) == [.leftover])
    }

    @Test func aSecondInstanceOfASnapIsKnownByItsName() throws {
        try tree.file("/snap/own-av_two/1/meta/snap.yaml", "name: own-av\n")
        try tree.link("/snap/own-av_two/current", to: "1")
        let found = try snap().observations
        #expect(found.map(\.fact.value) == ["own-av"] && found.first?.fact.detail == "own-av_two: installed")
    }

    @Test func aHostileManifestIsReportedAndHoldsNothingUp() throws {
        try tree.pipe("/snap/own-av/current/meta/snap.yaml")
        let result = try snap()
        #expect(result.status.state == .partial && result.status.reason.contains("not a regular file"))
        #expect(result.observations.map(\.fact.weight) == [.leftover])
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func aMutatedManifestNeverTraps(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        try tree.link("/snap/own-av/current", to: "1")
        for _ in 0..<20 {
            let bytes = random.mutated(Array("name: own-av\nversion: \"1.2\"\nsummary: x\n".utf8))
            try tree.file("/snap/own-av/1/meta/snap.yaml", bytes: bytes)
            let version = try snap().observations.first?.version ?? nil
            #expect((version?.utf8.count ?? 0) <= WireLimits.shortBytes, "seed \(seed)")
        }
    }

    // MARK: Flatpaks

    @Test(arguments: ["/var/lib/flatpak/app", "/home/hà/.local/share/flatpak/app"])
    func anApplicationIsInstalledWhereItsMetadataAre(folder: String) throws {
        try tree.file("\(folder)/com.own.AV/x86_64/stable/abc/metadata", "[Application]\nname=com.own.AV\n")
        try tree.link("\(folder)/com.own.AV/current", to: "x86_64/stable")
        try tree.link("\(folder)/com.own.AV/x86_64/stable/active", to: "abc")
        try tree.folder("\(folder)/org.other.App")
        let result = try flatpak()
        #expect(result.status == SourceStatus(source: .flatpak, state: .complete, entries: 2))
        #expect(result.observations.map(\.fact.weight) == [.installed])
    }

    @Test func anApplicationsEmptyFolderIsALeftover() throws {
        try tree.folder("/var/lib/flatpak/app/com.own.AV")
        #expect(try flatpak().observations.map(\.fact.weight) == [.leftover])
    }

    @Test func linksInACircleAreReported() throws {
        try tree.link("/var/lib/flatpak/app/com.own.AV/current", to: "current")
        let result = try flatpak()
        #expect(result.status.state == .partial && result.status.reason.contains("circle"))
        #expect(result.observations.map(\.fact.weight) == [.registered])
    }

    @Test func moreThanIsLookedAtIsNamed() throws {
        var limits = ProbeLimits()
        limits.packageFiles = 3
        for index in 0..<5 {
            try tree.folder("/snap/s\(index)")
            try tree.folder("/var/lib/flatpak/app/a.b.c\(index)")
        }
        #expect(try snap(limits: limits).status.state == .partial)
        #expect(try flatpak(limits: limits).status.state == .partial)
    }
}
