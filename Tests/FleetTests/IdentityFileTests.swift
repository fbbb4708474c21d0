import Agent
import Signatures
import Testing

@testable import Fleet

@Suite struct IdentityFileTests {
    @Test func anIdentityComesBackAsItWas() throws {
        let identity = try TestIdentity.make()
        let copy = try IdentityFile.decode(IdentityFile.encode(identity))
        #expect(copy.deviceID == identity.deviceID)
        #expect(copy.certificate.der == identity.certificate.der)
        #expect(copy.authority.der == identity.authority.der)
        #expect(copy.collector == identity.collector)
        #expect(copy.unitCode == identity.unitCode)
        #expect(copy.unitName == identity.unitName)
    }

    @Test func noDamageMakesTheReaderTrapOrTakeAnotherKey() throws {
        let identity = try TestIdentity.make()
        let original = try IdentityFile.encode(identity)
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<300 {
            var bytes = original
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.removeSubrange(place...)
            }
            do {
                #expect(try IdentityFile.decode(bytes).deviceID == identity.deviceID, "seed \(seed)")
            } catch {
                #expect(error.code == .state, "seed \(seed): \(error)")
                refused += 1
            }
        }
        #expect(refused > 0, "seed \(seed)")
    }

    @Test func aKeyThatIsNotTheCertificatesIsRefused() throws {
        let identity = try TestIdentity.make()
        let other = DeviceIdentity(
            key: try SigningKey.generate(),
            certificate: identity.certificate,
            authority: identity.authority,
            host: identity.host,
            reportingPort: identity.reportingPort,
            unitCode: identity.unitCode,
            unitName: identity.unitName
        )
        let bytes = try IdentityFile.encode(other)
        let error = #expect(throws: FleetError.self) { try IdentityFile.decode(bytes) }
        #expect(error?.message.contains("not for its key") == true)
    }

    @Test(arguments: [
        "", "khien-fleet identity 2\n", "khien-fleet identity 1\nhost h\nport 1\nunit u\nunit-name n\n",
        "khien-fleet identity 1\nhost h\nport 70000\n-----BEGIN A\n-----BEGIN B\n-----BEGIN C\n",
        "khien-fleet identity 1\n-----BEGIN A\n-----BEGIN A\n-----BEGIN A\n-----BEGIN A\n",
        "khien-fleet identity 1\nhost h\nport 1\nunit u\nunit-name n\n-----BEGIN A\n-----BEGIN B\n-----BEGIN C\n",
    ])
    func aDamagedFileIsRefused(text: String) {
        let error = #expect(throws: FleetError.self) { try IdentityFile.decode(Array(text.utf8)) }
        #expect(error?.code == .state)
    }

    @Test func bytesThatAreNotTextAreRefused() {
        let error = #expect(throws: FleetError.self) { try IdentityFile.decode([0xFF]) }
        #expect(error?.code == .state)
    }
}
