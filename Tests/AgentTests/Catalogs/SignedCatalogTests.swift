import COpenSSL
import Shared
import Testing

@testable import Agent
@testable import Signatures

@Suite
struct SignedCatalogTests {
    private static let now: Int64 = 1_764_000_000_000
    private static let day: Int64 = 86_400_000
    private let authority: TestAuthority

    init() throws { authority = try TestAuthority() }

    @Test
    func `What the collector signed is taken, on the wire and as a file`() throws {
        let signed = try authority.catalog(version: 5)
        let read = try #require(SignedCatalog(signed.encoded))
        #expect(read == signed)
        #expect(refusal(of: read) == nil)
        #expect(try read.catalog(for: [.linux]).version == 5)
    }

    @Test(
        arguments: [
            ("", .wrongName),
            ("URI:khien://device/0123456789abcdef0123456789abcdef", .wrongName),
            ("URI:khien://officer/center", .wrongName),
            ("URI:khien://catalog/", .wrongName),
            ("URI:khien://catalogs", .wrongName),
            ("URI:KHIEN://catalog", .wrongName),
            ("URI:khien://catalog,DNS:collector.test", .wrongName),
            ("URI:khien://catalog,URI:khien://catalog", .wrongName),
            ("DNS:khien://catalog", .wrongName),
            ("email:khien://catalog", .wrongName),
        ] as [(String, CatalogRefusal.Code)]
    )
    func `Only the name of catalogs signs catalogs`(names: String, code: CatalogRefusal.Code) throws {
        let signed = try authority.sign(TestAuthority.text(version: 5), .init(names: names))
        #expect(refusal(of: signed) == code)
    }

    @Test
    func `A device cannot sign a catalog with the certificate it has`() throws {
        let key = try SigningKey(pem: TestCertificates.deviceKey)
        let text = TestAuthority.text(version: 5)
        let signed = SignedCatalog(
            text: text,
            signature: try key.sign(
                PreAuthenticationEncoding.encode(type: PreAuthenticationEncoding.catalogType, payload: text)
            ),
            certificate: try Certificate(pem: TestCertificates.device).der
        )
        let authority = try Certificate(pem: TestCertificates.authority)
        let refusal = #expect(throws: CatalogRefusal.self) { try signed.verify(by: authority, atMilliseconds: nil) }
        #expect(refusal?.code == .wrongName)
    }

    @Test
    func `Another authority's certificate is refused, and so is one that is an authority itself`() throws {
        let other = try TestAuthority(named: "Test authority")
        #expect(refusal(of: try other.catalog(version: 5)) == .wrongIssuer)
        #expect(
            refusal(of: try authority.sign(TestAuthority.text(version: 5), .init(isAuthority: true))) == .wrongIssuer
        )
        let signed = try authority.sign(TestAuthority.text(version: 5), .init(hasUnknownCriticalExtension: true))
        #expect(refusal(of: signed) == .wrongIssuer)
    }

    @Test(
        arguments: [
            (-2, -1, nil), (-40, -2, .notValidNow), (2, 40, .notValidNow), (1, 40, nil), (-40, 40, nil),
        ] as [(Int64, Int64, CatalogRefusal.Code?)]
    )
    func `The certificate has to be valid now, a day's wrong clock allowed`(
        from: Int64,
        until: Int64,
        code: CatalogRefusal.Code?
    ) throws {
        // A little inside the tolerance, or a little outside of it.
        let slack: Int64 = 60_000
        let first = Self.now + from * Self.day - (from == 1 ? slack : 0)
        let last = Self.now + until * Self.day + (until == -1 ? slack : 0)
        let signed = try authority.sign(
            TestAuthority.text(version: 5),
            .init(notBeforeMilliseconds: first, notAfterMilliseconds: last)
        )
        #expect(refusal(of: signed) == code)
        // What was taken while it was valid stays what it is.
        #expect(refusal(of: signed, at: nil) == nil)
    }

    @Test
    func `A signature over something else, or under another type, is refused`() throws {
        let text = TestAuthority.text(version: 5)
        var signed = try authority.sign(text)
        signed.text[signed.text.count - 2] ^= 1
        #expect(refusal(of: signed) == .wrongSignature)
        let report = try authority.sign(text, type: PreAuthenticationEncoding.reportType)
        #expect(refusal(of: report) == .wrongSignature)
        var bare = try authority.sign(text)
        bare.signature = [UInt8](repeating: 0, count: 64)
        #expect(refusal(of: bare) == .wrongSignature)
        var exchanged = try authority.sign(text)
        exchanged.certificate = try authority.sign(text).certificate
        #expect(refusal(of: exchanged) == .wrongSignature)
    }

    @Test
    func `The second spelling of a signature is refused`() throws {
        var signed = try authority.catalog(version: 5)
        // n - s verifies just as well, and is not ours.
        var borrow = 0
        var high = signed.signature
        for index in (32..<64).reversed() {
            let digit = Int(RawSignature.order[index - 32]) - Int(signed.signature[index]) - borrow
            borrow = digit < 0 ? 1 : 0
            high[index] = UInt8(truncatingIfNeeded: digit)
        }
        signed.signature = high
        #expect(refusal(of: signed) == .wrongSignature)
    }

    @Test
    func `A key of another curve is refused`() throws {
        let key = try #require(makeP384Key())
        defer { EVP_PKEY_free(key) }
        var signed = try authority.catalog(version: 5)
        signed.certificate = try authority.issue(over: key).der
        #expect(refusal(of: signed) == .wrongKey)
    }

    @Test
    func `A part over its limit is refused before anything is verified`() throws {
        let signed = try authority.catalog(version: 5)
        var large = signed
        large.text = [UInt8](repeating: 0x23, count: CatalogLimits.textBytes + 1)
        #expect(SignedCatalog(large.encoded) == nil)
        large = signed
        large.certificate = [UInt8](repeating: 0x30, count: AgentLimits.catalogCertificateBytes + 1)
        #expect(SignedCatalog(large.encoded) == nil)
        large = signed
        large.signature.append(0)
        #expect(SignedCatalog(large.encoded) == nil)
        #expect(SignedCatalog([UInt8](repeating: 0, count: SignedCatalog.maximumBytes + 1)) == nil)
        #expect(SignedCatalog([]) == nil)
    }

    @Test
    func `Cut at any place it is never taken`() throws {
        let bytes = try authority.catalog(version: 5).encoded
        for count in 0..<bytes.count {
            guard let signed = SignedCatalog(Array(bytes[..<count])) else { continue }
            #expect(refusal(of: signed) != nil, "cut after \(count) bytes")
        }
    }

    @Test(arguments: [51, 52] as [UInt64])
    func `Random changes never crash the reader, and never make another text that verifies`(seed: UInt64) throws {
        let original = try authority.catalog(version: 5)
        let bytes = original.encoded
        var random = SeededRandom(seed: seed)
        for round in 0..<1000 {
            guard let signed = SignedCatalog(random.mutated(bytes)), signed != original else { continue }
            #expect(refusal(of: signed) != nil, "seed \(seed), round \(round)")
        }
    }

    private func refusal(of signed: SignedCatalog, at now: Int64? = Self.now) -> CatalogRefusal.Code? {
        do throws(CatalogRefusal) {
            try signed.verify(by: authority.certificate, atMilliseconds: now)
            return nil
        } catch {
            return error.code
        }
    }
}

private func makeP384Key() -> OpaquePointer? {
    guard let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-384") == 1,
        EVP_PKEY_keygen(context, &key) == 1
    else { return nil }
    return key
}
