import Signatures
import Testing

@testable import Agent

@Suite
struct IdentityFilesTests {
    private let folder: TemporaryFolder
    private let files: IdentityFiles

    init() throws {
        folder = try TemporaryFolder()
        files = IdentityFiles(state: try StateDirectory.open(folder.path, creating: false))
    }

    @Test
    func `The key is made once, for its owner only`() throws {
        let key = try files.keyOrNew()
        #expect(try folder.mode("key.pem") == 0o600)
        #expect(try files.keyOrNew().publicKeyDER == key.publicKeyDER)
        #expect(try !files.isEnrolled())
    }

    @Test
    func `An identity is found again as it was stored`() throws {
        try storeTestIdentity()
        let identity = try files.load()
        let expected = try DeviceIdentity.test()
        #expect(identity.deviceID == expected.deviceID)
        #expect(identity.certificate.der == expected.certificate.der)
        #expect(identity.authority.der == expected.authority.der)
        #expect(identity.collector == "collector.test:7443")
        #expect(identity.unitCode == "stc")
        #expect(identity.unitName == "Sở Tài chính")
        #expect(try files.isEnrolled())
    }

    @Test
    func `Without an enrollment the message says how to enroll`() throws {
        let error = #expect(throws: AgentError.self) { try files.load() }
        #expect(error?.code == .notEnrolled)
        #expect(error?.message.contains("khien-agent enroll") == true)
    }

    @Test(arguments: ["certificate.pem", "authority.pem", "enrollment", "key.pem"])
    func `Every file that is cut in the middle is found out`(name: String) throws {
        try storeTestIdentity()
        let bytes = try folder.read(name)
        try folder.write(name, Array(bytes[..<(bytes.count / 2)]))
        let error = #expect(throws: AgentError.self) { try files.load() }
        #expect(error?.code == .stateDamaged)
    }

    @Test
    func `Parts that do not belong together are found out`() throws {
        try storeTestIdentity()
        try folder.write("certificate.pem", TestCertificates.server)
        let error = #expect(throws: AgentError.self) { try files.load() }
        #expect(error?.code == .stateDamaged)
    }

    @Test
    func `A key that others may read is refused with what to do`() throws {
        try storeTestIdentity()
        try folder.write("key.pem", TestCertificates.deviceKey, mode: 0o644)
        let error = #expect(throws: AgentError.self) { try files.load() }
        #expect(error?.code == .stateUnsafe)
        #expect(error?.message.contains("enroll") == true)
    }

    @Test(arguments: [21, 22] as [UInt64])
    func `Random changes to the enrollment never crash and never change what is trusted`(seed: UInt64) throws {
        try storeTestIdentity()
        let bytes = try folder.read("enrollment")
        var random = SeededRandom(seed: seed)
        for round in 0..<300 {
            let changed = random.mutated(bytes)
            guard changed != bytes else { continue }
            try folder.write("enrollment", changed)
            #expect(throws: AgentError.self, "seed \(seed), round \(round)") { try files.load() }
        }
    }

    private func storeTestIdentity() throws {
        try folder.write("key.pem", TestCertificates.deviceKey)
        try files.store(DeviceIdentity.test())
    }
}
