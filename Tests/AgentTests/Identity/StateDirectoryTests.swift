import Foundation
import Testing

@testable import Agent

@Suite
struct StateDirectoryTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test
    func `A missing state is made with its parents for its owner only, or said to be missing`() throws {
        let path = "\(folder.path)/var/lib/khien"
        let missing = #expect(throws: AgentError.self) { try StateDirectory.open(path, creating: false) }
        #expect(missing?.code == .notEnrolled)
        _ = try StateDirectory.open(path, creating: true)
        #expect(try folder.mode("var/lib/khien") == 0o700)
    }

    @Test
    func `A state that others may write to is refused`() throws {
        #expect(chmod(folder.path, 0o770) == 0)
        let error = #expect(throws: AgentError.self) { try StateDirectory.open(folder.path, creating: false) }
        #expect(error?.code == .stateUnsafe)
        #expect(error?.message.contains("chmod 700") == true)
    }

    @Test
    func `Only one agent at a time has the lock`() throws {
        let first = try StateDirectory.open(folder.path, creating: false)
        let second = try StateDirectory.open(folder.path, creating: false)
        let lock = try first.lock()
        let error = #expect(throws: AgentError.self) { try second.lock() }
        #expect(error?.code == .stateInUse)
        withExtendedLifetime(lock) {}
    }

    @Test
    func `The lock is free again after its holder`() throws {
        let state = try StateDirectory.open(folder.path, creating: false)
        do {
            let lock = try state.lock()
            withExtendedLifetime(lock) {}
        }
        let again = try state.lock()
        withExtendedLifetime(again) {}
    }

    @Test
    func `Files are written for their owner only, replaced whole, and leave nothing unfinished`() throws {
        let state = try StateDirectory.open(folder.path, creating: false)
        try state.replace("file", with: [1, 2, 3])
        try state.replace("file", with: [4])
        #expect(try state.read("file", limit: 10) == [4])
        #expect(try folder.mode("file") == 0o600)
        #expect(try folder.names() == ["file"])
    }

    @Test
    func `A file that must be new does not take the place of another`() throws {
        let state = try StateDirectory.open(folder.path, creating: false)
        #expect(try state.create("key", with: [1]))
        #expect(try !state.create("key", with: [2]))
        #expect(try state.read("key", limit: 10) == [1])
        #expect(try folder.names() == ["key"])
    }

    @Test
    func `A link is neither read nor written through`() throws {
        try folder.write("target", [1])
        try folder.link("file", to: "\(folder.path)/target")
        let state = try StateDirectory.open(folder.path, creating: false)
        let error = #expect(throws: AgentError.self) { try state.read("file", limit: 10) }
        #expect(error?.code == .stateUnsafe)
        try state.replace("file", with: [2])
        #expect(try folder.read("target") == [1])
    }

    /// A pipe without a writer would hold the agent for ever.
    @Test
    func `A pipe and a folder in the place of a file are refused at once`() throws {
        let state = try StateDirectory.open(folder.path, creating: false)
        #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
        #expect(mkdir("\(folder.path)/folder", 0o700) == 0)
        for name in ["pipe", "folder"] {
            let error = #expect(throws: AgentError.self) { try state.read(name, limit: 10) }
            #expect(error?.code == .stateUnsafe)
        }
    }

    @Test
    func `A file over its limit is not read`() throws {
        let state = try StateDirectory.open(folder.path, creating: false)
        try folder.write("file", [UInt8](repeating: 1, count: 11))
        #expect(try state.read("file", limit: 11)?.count == 11)
        let error = #expect(throws: AgentError.self) { try state.read("file", limit: 10) }
        #expect(error?.code == .stateDamaged)
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o660, 0o666])
    func `A secret that others may read or write is refused`(mode: Int) throws {
        let state = try StateDirectory.open(folder.path, creating: false)
        try folder.write("key", [1], mode: mode)
        let error = #expect(throws: AgentError.self) { try state.read("key", limit: 10, secret: true) }
        #expect(error?.code == .stateUnsafe)
        #expect(try state.read("key", limit: 10) == [1])
    }
}
