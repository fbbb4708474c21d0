import Crypto
import Shared
import Signatures
import SwiftASN1
import Testing
import X509

@testable import Collector

@Suite struct OfficerServiceTests {
    private let collector: TestCollector
    private let authority: CertificateAuthority
    private let key = P256.Signing.PrivateKey()

    /// With the clock as it stands.
    private var officers: OfficerService {
        OfficerService(database: collector.database, clock: collector.clock, authority: authority)
    }

    init() throws {
        collector = try TestCollector()
        authority = try CertificateAuthority.create(now: collector.now)
    }

    private func request(_ key: P256.Signing.PrivateKey) throws -> [UInt8] {
        let signing = try CertificateSigningRequest(
            version: .v1,
            subject: DistinguishedName { CommonName("anything") },
            privateKey: Certificate.PrivateKey(key),
            attributes: CertificateSigningRequest.Attributes([])
        )
        var serializer = DER.Serializer()
        try serializer.serialize(signing)
        return serializer.serializedBytes
    }

    @discardableResult
    private func add(
        _ name: String,
        _ role: OfficerRole = .center,
        unit: String = "",
        key: P256.Signing.PrivateKey? = nil,
        renews: Bool = false,
        by caller: Caller = .center
    ) async throws -> OfficerRecord {
        try await officers.add(
            name: name,
            role: role,
            unit: unit,
            certificateRequest: try request(key ?? self.key),
            renews: renews,
            by: caller
        ).officer
    }

    /// A call with the certificate of an officer as it was added or renewed.
    private func call(
        _ officer: OfficerRecord,
        name: String? = nil,
        key: P256.Signing.PrivateKey? = nil
    ) async throws {
        let life = CertificateLife(
            serial: officer.certificateSerial,
            notBefore: officer.createdAt,
            notAfter: officer.certificateExpiresAt
        )
        let publicKey = Array((key ?? self.key).publicKey.derRepresentation)
        _ = try await CallerDirectory(database: collector.database, clock: collector.clock)
            .caller(OfficerIdentity(name: name ?? officer.name, publicKey: publicKey, life: life))
    }

    private func stored(_ name: String) throws -> OfficerRecord? {
        try collector.database.writeNow { try OfficerStore(sql: $0).officer(name) }
    }

    @Test func anOfficerIsRenewedAndTheNewCertificateCountsFromItsFirstUseOn() async throws {
        let first = try await add("lan", .unit, unit: "unit-a")
        try await call(first)
        try collector.pass(days: 400)
        let second = try await add("lan", .unit, unit: "unit-a", renews: true)
        #expect(second.certificateSerial != first.certificateSerial)
        #expect(second.certificateExpiresAt > first.certificateExpiresAt)
        #expect(second.createdAt == first.createdAt)
        #expect(try stored("lan")?.certificateSerial == first.certificateSerial)
        try await call(second)
        #expect(try stored("lan")?.certificateSerial == second.certificateSerial)
        #expect(try stored("lan")?.certificateExpiresAt == second.certificateExpiresAt)
        #expect(try stored("lan")?.pending == nil)
        for action in ["officer-renewed", "officer-renewal-used"] {
            #expect(
                try collector.number("SELECT count(*) FROM audit WHERE action = '\(action)' AND target = 'lan'") == 1
            )
        }
    }

    @Test func aRenewalWhoseAnswerGotLostLocksNobodyOut() async throws {
        try collector.database.writeNow { try $0.execute("UPDATE officer SET revoked_at_ms = 1") }
        let first = try await add("only")
        try await call(first)
        let lost = try await add("only", renews: true)
        // The certificate that nobody received ended nothing: the officer signs once more.
        try await call(first)
        let second = try await add("only", renews: true)
        #expect(await refusal { try await call(lost) }?.code == .permissionDenied)
        try await call(first)
        try await call(second)
        #expect(await refusal { try await call(first) }?.message.contains("replaced by a newer one") == true)
        try await call(second)
    }

    @Test func oneOfficersRenewalIsNoReasonToRefuseAnother() async throws {
        let lan = try await add("lan")
        let binh = try await add("binh")
        let renewed = try await add("lan", renews: true)
        try await call(renewed)
        try await call(binh)
        #expect(await refusal { try await call(renewed, name: "binh") }?.code == .permissionDenied)
        #expect(await refusal { try await call(lan) }?.code == .permissionDenied)
    }

    @Test func aRevokedOfficerDoesNotComeBackWithAPendingCertificate() async throws {
        try await call(try await add("stays"))
        try await call(try await add("gone"))
        let renewed = try await add("gone", renews: true)
        try await officers.revoke("gone", by: .center)
        #expect(await refusal { try await call(renewed) }?.message.contains("revoked") == true)
        #expect(try stored("gone")?.pending?.serial == renewed.certificateSerial)
    }

    @Test func aUseIsWrittenDownOnce() async throws {
        let lan = try await add("lan")
        #expect(try stored("lan")?.isSeen == false)
        try await call(lan)
        #expect(try stored("lan")?.isSeen == true)
        // What is read only would fail here.
        try collector.database.writeNow { sql in
            try sql.script(
                "CREATE TRIGGER officer_stays BEFORE UPDATE ON officer BEGIN SELECT RAISE(ABORT, 'written'); END"
            )
        }
        try await call(lan)
    }

    /// Each: renews, name, role, unit.
    @Test(arguments: [
        (false, "lan", OfficerRole.unit, "unit-a"), (true, "lan", .unit, "unit-b"), (true, "lan", .center, ""),
        (true, "nobody", .center, ""), (true, "gone", .center, ""), (false, "gone", .center, ""),
    ])
    func aNameThatIsTakenIsGivenToNobodyElse(renews: Bool, name: String, role: OfficerRole, unit: String) async throws {
        try await add("lan", .unit, unit: "unit-a")
        for center in ["gone", "stays"] { try await call(try await add(center)) }
        try await officers.revoke("gone", by: .center)
        let former = try [stored("lan"), stored("gone")]
        let found = await refusal { try await add(name, role, unit: unit, renews: renews) }
        #expect(found?.code == (name == "nobody" ? .notFound : .alreadyExists))
        #expect(try [stored("lan"), stored("gone")] == former)
        #expect(try collector.number("SELECT count(*) FROM audit WHERE action = 'officer-renewed'") == 0)
    }

    @Test func aRenewalIsForTheKeyThatTheOfficerHas() async throws {
        let first = try await add("lan")
        let other = P256.Signing.PrivateKey()
        let error = await refusal { try await add("lan", key: other, renews: true) }
        #expect(error?.code == .alreadyExists)
        for text in [error?.phrase.english, error?.phrase.vietnamese] {
            #expect(text?.contains("khien officer revoke lan") == true)
        }
        #expect(try stored("lan")?.pending == nil)
        try await call(first)
        try await add("lan", renews: true)
        #expect(await refusal { try await add("lan", key: other, renews: true) } != nil)
        #expect(try stored("lan")?.keyDigest == Signatures.SHA256.hash(Array(key.publicKey.derRepresentation)))
    }

    /// Of officers who were there before keys were kept.
    @Test(arguments: [true, false])
    func aKeyThatIsNotKnownIsKeptFromTheFirstCallOrRenewalOn(calls: Bool) async throws {
        let first = try await add("lan")
        try collector.database.writeNow { try $0.execute("UPDATE officer SET key_digest = NULL, is_seen = 1") }
        if calls { try await call(first) } else { try await add("lan", renews: true) }
        #expect(try stored("lan")?.keyDigest == Signatures.SHA256.hash(Array(key.publicKey.derRepresentation)))
        let other = P256.Signing.PrivateKey()
        #expect(await refusal { try await add("lan", key: other, renews: true) }?.code == .alreadyExists)
        try await add("lan", renews: true)
    }

    @Test func onlyTheCenterRenews() async throws {
        try await add("a", .unit, unit: "unit-a")
        let former = try stored("a")
        let found = await refusal { try await add("a", .unit, unit: "unit-a", renews: true, by: .unitA) }
        #expect(found?.code == .permissionDenied)
        #expect(try stored("a") == former)
    }

    @Test func theLastOfficerOfTheCenterThatCanActIsNotRevoked() async throws {
        try collector.database.writeNow { try $0.execute("UPDATE officer SET revoked_at_ms = 1") }
        try await call(try await add("first"))
        try collector.pass(days: 300)
        try await call(try await add("second"))
        try collector.pass(days: 100)
        // The first one's certificate has expired.
        #expect(await refusal { try await officers.revoke("second", by: .center) }?.code == .failedPrecondition)
        try await officers.revoke("first", by: .center)
        #expect(try stored("first")?.revokedAt != nil)
    }

    @Test func whoWasNeverSeenIsNotCountedAsOneThatCanAct() async throws {
        try collector.database.writeNow { try $0.execute("UPDATE officer SET revoked_at_ms = 1") }
        try await call(try await add("only"))
        // Whose profile may never have arrived.
        let second = try await add("second")
        #expect(await refusal { try await officers.revoke("only", by: .center) }?.code == .failedPrecondition)
        try await call(second)
        try await officers.revoke("only", by: .center)
        #expect(await refusal { try await officers.revoke("second", by: .center) }?.code == .failedPrecondition)
        try await add("third")
        try await officers.revoke("third", by: .center)
        #expect(try stored("third")?.revokedAt != nil && stored("second")?.revokedAt == nil)
    }

    @Test func whoIsRefusedIsToldWhy() async throws {
        let first = try await add("lan")
        func refused(_ officer: OfficerRecord, name: String = "lan") async -> String? {
            await refusal { try await call(officer, name: name) }?.message
        }
        #expect(await refused(first) == nil)
        #expect(await refused(first, name: "nobody")?.contains("not known here") == true)
        try collector.pass(days: 300)
        let second = try await add("lan", renews: true)
        #expect(await refused(second) == nil)
        #expect(await refused(first)?.contains("replaced by a newer one") == true)
        try collector.pass(days: 366)
        #expect(await refused(second)?.contains("khien profile renew") == true)
        try await officers.revoke("lan", by: .center)
        #expect(await refused(second)?.contains("revoked") == true)
    }
}
