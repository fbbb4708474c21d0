import Foundation
import Shared
import Testing

@testable import Agent

@Suite
struct CatalogKeeperTests {
    private let authority: TestAuthority
    private let state: TestState
    private let clock = TestClock()
    private let transcript = Transcript()
    private let builtIn: Int

    init() throws {
        authority = try TestAuthority()
        state = try TestState(authority: authority)
        builtIn = try Catalog.builtIn(for: []).version
    }

    @Test
    func `A newer catalog is fetched once, kept with mode 0600, and in use at the next start`() throws {
        let collector = try serving(authority.catalog(version: builtIn + 1))
        let first = try keeper()
        #expect(first.inUse.origin == .builtIn && first.inUse.catalog.version == builtIn)
        #expect(first.update(to: builtIn + 1, over: collector))
        #expect(first.inUse.origin == .collector && first.inUse.catalog.version == builtIn + 1)
        #expect(!first.update(to: builtIn + 1, over: collector))
        #expect(collector.calls.map(\.method) == [GRPCMethod.getCatalog])
        #expect(try state.folder.mode("catalog") == 0o600)
        #expect(try state.folder.mode("catalog-seen") == 0o600)

        let second = try keeper()
        #expect(second.inUse.origin == .collector && second.inUse.catalog.version == builtIn + 1)
        let found = try CatalogInUse.find(statePath: state.path, isRequired: true, platforms: [.linux]) { _ in }
        #expect(found.origin == .collector)
    }

    @Test
    func `The program's own and older ones are not asked for`() throws {
        let collector = try serving(authority.catalog(version: builtIn + 1))
        let keeper = try keeper()
        for version in [0, 1, builtIn] { #expect(!keeper.update(to: version, over: collector)) }
        #expect(collector.calls.isEmpty)
    }

    @Test
    func `One that is not newer than it was said to be is refused`() throws {
        let keeper = try keeper()
        #expect(try !keeper.update(to: builtIn + 1, over: serving(authority.catalog(version: builtIn))))
        #expect(keeper.inUse.origin == .builtIn)
        #expect(transcript.logged.last?.contains("not above version \(builtIn)") == true)
        #expect(try !state.folder.names().contains("catalog"))
    }

    @Test
    func `A refused one is not fetched again with each report, but after a day or under another version`() throws {
        let collector = try serving(TestAuthority(named: "Test authority").catalog(version: builtIn + 1))
        let keeper = try keeper()
        for _ in 0..<3 { #expect(!keeper.update(to: builtIn + 1, over: collector)) }
        #expect(collector.calls.count == 1)
        #expect(transcript.logged.contains { $0.contains("is refused") && $0.contains("authority") })
        #expect(!keeper.update(to: builtIn + 2, over: collector))
        #expect(collector.calls.count == 2)
        clock.advance(seconds: 86_400)
        #expect(!keeper.update(to: builtIn + 2, over: collector))
        #expect(collector.calls.count == 3)
        clock.set(0)
        #expect(!keeper.update(to: builtIn + 2, over: collector))
        #expect(collector.calls.count == 4)
    }

    @Test
    func `A text that is no catalog is refused however well it is signed`() throws {
        let keeper = try keeper()
        let signed = try authority.sign(Array("version\t99\nsignal\tnobody\n".utf8))
        #expect(!keeper.update(to: 99, over: serving(signed)))
        #expect(transcript.logged.last?.contains("line 2") == true)
        #expect(keeper.inUse.origin == .builtIn)
    }

    @Test
    func `A failure of the network is tried again with the next report`() throws {
        let collector = FakeCollector { _ throws(TransportError) in
            throw TransportError(code: .timedOut, message: "slow")
        }
        let keeper = try keeper()
        for _ in 0..<2 { #expect(!keeper.update(to: builtIn + 1, over: collector)) }
        #expect(collector.calls.count == 2)
        #expect(transcript.logged.count { $0.contains("slow") } == 2)
        let signed = try authority.catalog(version: builtIn + 1)
        collector.answer = { _ in signed.encoded }
        #expect(keeper.update(to: builtIn + 1, over: collector))
    }

    @Test
    func `An older one that was signed as well, in place of the stored one, is noticed`() throws {
        let old = try authority.catalog(version: builtIn + 1)
        #expect(try keeper().update(to: builtIn + 1, over: serving(old)))
        #expect(try keeper().update(to: builtIn + 2, over: serving(authority.catalog(version: builtIn + 2))))
        try state.folder.write("catalog", old.encoded)
        let restarted = try keeper()
        #expect(restarted.inUse.origin == .builtIn)
        #expect(transcript.logged.contains { $0.contains("older than version \(builtIn + 2)") })
        #expect(try state.folder.names().contains("catalog-refused"))
        #expect(try !state.folder.names().contains("catalog"))
        // Nor does the collector get it accepted.
        #expect(!restarted.update(to: builtIn + 1, over: serving(old)))
        #expect(restarted.inUse.origin == .builtIn)
    }

    @Test
    func `One that was deleted is missed, fetched again, and never replaced by an older or another one`() throws {
        let signed = try authority.catalog(version: builtIn + 2)
        #expect(try keeper().update(to: builtIn + 2, over: serving(signed)))
        unlink("\(state.path)/catalog")
        let restarted = try keeper()
        #expect(restarted.inUse.origin == .builtIn)
        #expect(transcript.logged.contains { $0.contains("Version \(builtIn + 2)") && $0.contains("is not there") })
        #expect(try !restarted.update(to: builtIn + 1, over: serving(authority.catalog(version: builtIn + 1))))
        let other = try authority.catalog(version: builtIn + 2, package: "another")
        #expect(!restarted.update(to: builtIn + 2, over: serving(other)))
        #expect(transcript.logged.last?.contains("another text as version") == true)
        clock.advance(seconds: 86_400)
        #expect(restarted.update(to: builtIn + 2, over: serving(signed)))
    }

    @Test
    func `After an enrollment with another authority the count of versions begins anew`() throws {
        #expect(try keeper().update(to: builtIn + 9, over: serving(authority.catalog(version: builtIn + 9))))
        let other = try TestAuthority(named: "Another authority")
        let files = IdentityFiles(state: try StateDirectory.open(state.path, creating: false))
        try files.store(DeviceIdentity.test(of: other))
        let moved = try keeper(of: other)
        #expect(moved.inUse.origin == .builtIn)
        #expect(try moved.update(to: builtIn + 1, over: serving(other.catalog(version: builtIn + 1))))
        #expect(try keeper(of: other).inUse.catalog.version == builtIn + 1)
    }

    @Test
    func `A power failure between the catalog and the memory of its version costs nothing`() throws {
        #expect(try keeper().update(to: builtIn + 1, over: serving(authority.catalog(version: builtIn + 1))))
        let seen = try state.folder.read("catalog-seen")
        #expect(try keeper().update(to: builtIn + 2, over: serving(authority.catalog(version: builtIn + 2))))
        try state.folder.write("catalog-seen", seen)
        #expect(try keeper().inUse.catalog.version == builtIn + 2)
        #expect(try state.folder.read("catalog-seen") != seen)
        // Lost altogether, it is begun anew with what is there.
        try state.folder.write("catalog-seen", [1, 2, 3])
        #expect(try keeper().inUse.catalog.version == builtIn + 2)
    }

    @Test
    func `A stored one that a newer program overtook is put aside`() throws {
        try state.folder.write("catalog", authority.catalog(version: builtIn).encoded)
        #expect(try keeper().inUse.origin == .builtIn)
        #expect(try state.folder.names().contains("catalog-refused"))
        #expect(transcript.logged.contains { $0.contains("not above version \(builtIn)") })
    }

    @Test(arguments: ["link", "folder", "pipe", "large", "empty"])
    func `What cannot be ours in place of the catalog is put aside, never followed or waited for`(kind: String) throws {
        let path = "\(state.path)/catalog"
        switch kind {
        case "link": try state.folder.link("catalog", to: "/etc/passwd")
        case "folder": mkdir(path, 0o700)
        case "pipe": mkfifo(path, 0o600)
        case "large": try state.folder.write("catalog", [UInt8](repeating: 9, count: SignedCatalog.maximumBytes + 1))
        default: try state.folder.write("catalog", [])
        }
        let keeper = try keeper()
        #expect(keeper.inUse.origin == .builtIn)
        #expect(transcript.logged.contains { $0.contains("is not used") })
        #expect(try !state.folder.names().contains("catalog"))
        #expect(try keeper.update(to: builtIn + 1, over: serving(authority.catalog(version: builtIn + 1))))
    }

    @Test(arguments: [61, 62] as [UInt64])
    func `A stored one that was damaged at random is never used as another one`(seed: UInt64) throws {
        let signed = try authority.catalog(version: builtIn + 1)
        let bytes = signed.encoded
        var random = SeededRandom(seed: seed)
        for round in 0..<100 {
            let damaged = random.mutated(bytes)
            guard SignedCatalog(damaged) != signed else { continue }
            try state.folder.write("catalog", damaged)
            #expect(try keeper().inUse.origin == .builtIn, "seed \(seed), round \(round)")
        }
    }

    @Test
    func `Where the state cannot be written, the one in use stays and the next report tries again`() throws {
        let collector = try serving(authority.catalog(version: builtIn + 1))
        let keeper = try keeper()
        // Stands in the way of the file as a full disk would.
        mkdir("\(state.path)/.unfinished-catalog", 0o700)
        for _ in 0..<2 { #expect(!keeper.update(to: builtIn + 1, over: collector)) }
        #expect(keeper.inUse.origin == .builtIn)
        #expect(transcript.logged.count { $0.contains("could not be kept") } == 2)
        rmdir("\(state.path)/.unfinished-catalog")
        #expect(keeper.update(to: builtIn + 1, over: collector))
    }

    @Test
    func `A look from outside changes nothing, and works without a state`() throws {
        try state.folder.write("catalog", [1, 2, 3])
        let before = try state.folder.names()
        var logged: [String] = []
        let found = try CatalogInUse.find(statePath: state.path, isRequired: true, platforms: []) { logged.append($0) }
        #expect(found.origin == .builtIn && logged.count == 1)
        #expect(try state.folder.names() == before)
        let none = try CatalogInUse.find(statePath: "\(state.path)/none", isRequired: false, platforms: []) { _ in }
        #expect(none.origin == .builtIn)
        #expect(throws: AgentError.self) {
            try CatalogInUse.find(statePath: "\(state.path)/none", isRequired: true, platforms: []) { _ in }
        }
    }

    private func serving(_ signed: SignedCatalog) -> FakeCollector { FakeCollector { _ in signed.encoded } }

    private func keeper(of authority: TestAuthority? = nil) throws -> CatalogKeeper {
        try CatalogKeeper(
            state: StateDirectory.open(state.path, creating: false),
            authority: (authority ?? self.authority).certificate,
            platforms: [.linux],
            now: clock.now,
            console: transcript.console
        )
    }
}
