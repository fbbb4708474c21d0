import Foundation
import Shared
import Testing

@testable import Agent

@Suite
struct CatalogCommandTests {
    private let transcript = Transcript()
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test
    func `A sound catalog shows what is in it`() throws {
        let text = TestAuthority.text(version: 7) + Array("lookalike\tlinux\tprocess\tmaker\tkeslx\n".utf8)
        try folder.write("catalog.txt", text)
        #expect(try check("catalog.txt") == .success)
        #expect(
            transcript.printed == [
                "Version       7", "Families      1", "Signals       linux 2, windows 0, macos 0",
                "Look-alikes   linux 1, windows 0, macos 0", "Sources       1",
            ]
        )
    }

    @Test
    func `What is wrong is said with its line`() throws {
        try folder.write("catalog.txt", TestAuthority.text(version: 7) + Array("signal\tx\u{1B}[2J\n".utf8))
        #expect(try check("catalog.txt") == .failure)
        let said = try #require(transcript.logged.first)
        #expect(said.hasPrefix("\(folder.path)/catalog.txt:6: "))
        #expect(!said.contains("\u{1B}"))
        #expect(transcript.printed.isEmpty)
    }

    @Test(arguments: ["none", "folder", "pipe"])
    func `A file that cannot be read is a matter of usage`(name: String) throws {
        mkdir("\(folder.path)/folder", 0o700)
        mkfifo("\(folder.path)/pipe", 0o600)
        let error = #expect(throws: AgentError.self) { try check(name) }
        #expect(error?.exitStatus == .usage)
    }

    @Test
    func `A file of many millions of rows is refused without being read to its end`() throws {
        try folder.write("catalog.txt", Array("version\t1\n".utf8))
        #expect(truncate("\(folder.path)/catalog.txt", 1 << 40) == 0)
        let bytes = try GivenFile.read("\(folder.path)/catalog.txt", limit: CatalogLimits.textBytes)
        #expect(bytes.count == CatalogLimits.textBytes + 1)
        #expect(try check("catalog.txt") == .failure)
        #expect(transcript.logged.first?.contains("more than \(CatalogLimits.textBytes) bytes") == true)
    }

    @Test
    func `The catalog in use shows its version and where it is from`() throws {
        try CatalogShowCommand(statePath: folder.path, isStateRequired: true).run(console: transcript.console)
        #expect(transcript.printed.contains("Origin        built in"))

        let authority = try TestAuthority()
        let state = try TestState(authority: authority)
        let builtIn = try Catalog.builtIn(for: []).version
        try state.folder.write("catalog", authority.catalog(version: builtIn + 1).encoded)
        let names = try state.folder.names()
        try CatalogShowCommand(statePath: state.path, isStateRequired: true).run(console: transcript.console)
        #expect(transcript.printed.contains("Version       \(builtIn + 1)"))
        #expect(transcript.printed.contains("Origin        signed by the collector, in \(state.path)/catalog"))
        #expect(transcript.printed.contains("Built in      version \(builtIn)"))
        #expect(try state.folder.names() == names)
    }

    @Test
    func `A catalog that is tried out needs no signature, and has to be one`() throws {
        try folder.write("catalog.txt", TestAuthority.text(version: 1))
        let inUse = try CatalogInUse.file("\(folder.path)/catalog.txt", platforms: [.linux])
        #expect(inUse.catalog.version == 1 && inUse.origin == .file("\(folder.path)/catalog.txt"))
        try folder.write("catalog.txt", [])
        let error = #expect(throws: AgentError.self) {
            try CatalogInUse.file("\(folder.path)/catalog.txt", platforms: [.linux])
        }
        #expect(error?.code == .usage)
    }

    private func check(_ name: String) throws -> Agent.ExitStatus {
        try CatalogCheckCommand(path: "\(folder.path)/\(name)").run(console: transcript.console)
    }
}
