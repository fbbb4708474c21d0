import Shared
import Testing

@testable import Agent

@Suite struct RootDirectoryTests {
    private let outside: PreparedTree
    private let tree: PreparedTree

    init() throws {
        outside = try PreparedTree()
        tree = try PreparedTree()
        try outside.file("/secret", "of the host")
    }

    private func root() throws -> RootDirectory { try RootDirectory(path: tree.path) }

    private func text(_ path: String) throws -> String {
        String(decoding: try root().read(path, limit: 1000), as: UTF8.self)
    }

    @Test func anAbsoluteLinkMeansTheRoot() throws {
        try tree.link("/lib", to: "usr/lib")
        try tree.file("/usr/lib/a", "inside")
        try tree.link("/etc/b", to: "/lib/a")
        #expect(try text("/etc/b") == "inside")
        #expect(try text("lib//./a") == "inside")
    }

    @Test func noLinkLeadsOutOfTheRoot() throws {
        try tree.link("/absolute", to: outside.path + "/secret")
        try tree.link("/folder", to: outside.path)
        try tree.link("/up", to: String(repeating: "../", count: 40) + outside.path.dropFirst() + "/secret")
        for path in ["/absolute", "/folder/secret", "/up", "/../../.." + outside.path + "/secret"] {
            let failure = #expect(throws: FileFailure.self) { try root().read(path, limit: 1000) }
            #expect(failure?.isMissing == true, "\(path)")
        }
    }

    @Test func dotsNeverLeadAboveTheRoot() throws {
        try tree.file("/a", "inside")
        try tree.folder("/x/y")
        #expect(try text("/../../a") == "inside")
        #expect(try text("/x/y/../../../a") == "inside")
    }

    @Test func linksInACircleEnd() throws {
        try tree.link("/a", to: "b")
        try tree.link("/b", to: "a")
        try tree.link("/c", to: "c/c")
        for path in ["/a", "/c", "/a/x"] {
            let failure = #expect(throws: FileFailure.self) { try root().place(path) }
            #expect(failure?.reason == "symbolic links in a circle", "\(path)")
        }
    }

    @Test func aPipeADeviceAndAFolderAreNotRead() throws {
        try tree.pipe("/pipe")
        try tree.folder("/folder")
        for path in ["/pipe", "/folder"] {
            #expect(throws: FileFailure.notARegularFile) { try root().read(path, limit: 1000) }
        }
        let host = try RootDirectory(path: "/")
        #expect(host.isHost)
        #expect(throws: FileFailure.notARegularFile) { try host.read("/dev/zero", limit: 1000) }
    }

    @Test func moreBytesThanTheLimitAreRefused() throws {
        try tree.file("/a", String(repeating: "x", count: 1001))
        #expect(throws: FileFailure.tooLarge) { try root().read("/a", limit: 1000) }
    }

    @Test func aVeryLongPathIsRefused() throws {
        #expect(throws: FileFailure.self) { try root().place(String(repeating: "/a", count: 10_000)) }
        #expect(throws: FileFailure.self) { try root().place("/a\0b") }
    }

    @Test func aRootThatIsNotThereMakesEverySourceUnavailable() throws {
        let scan = Scanner(root: tree.path + "/none", catalog: try Catalog.builtIn()).scan()
        #expect(scan.inventory.sources.count == FactSource.allCases.count)
        #expect(scan.inventory.sources.allSatisfy { $0.state == .unavailable && $0.reason.contains("no such file") })
        #expect(!scan.inventory.provesAbsence)
    }
}
