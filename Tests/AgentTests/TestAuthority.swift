import COpenSSL
import Shared
import Signatures

@testable import Agent

/// An authority made for one test, that signs whatever a test wants.
struct TestAuthority {
    let key: SigningKey
    let certificate: Certificate

    struct Failure: Error {}

    /// What a certificate is made of.
    struct Wish {
        /// Alternative names as OpenSSL writes them, such as `URI:khien://catalog`; empty for none.
        var names = "URI:khien://catalog"
        var notBeforeMilliseconds: Int64 = 1_700_000_000_000
        var notAfterMilliseconds: Int64 = 1_900_000_000_000
        var isAuthority = false
        /// An extension that nobody understands, and that must be understood.
        var hasUnknownCriticalExtension = false
    }

    init(named name: String = "Test authority") throws {
        key = try SigningKey.generate()
        certificate = try Self.certificate(
            over: key.key,
            subject: name,
            issuer: name,
            Wish(
                names: "",
                notBeforeMilliseconds: 1_600_000_000_000,
                notAfterMilliseconds: 4_000_000_000_000,
                isAuthority: true
            ),
            signedBy: key
        )
        self.name = name
    }

    private let name: String

    /// A certificate over a key of this kind or any other.
    func issue(over key: OpaquePointer, _ wish: Wish = Wish()) throws -> Certificate {
        try Self.certificate(over: key, subject: "leaf", issuer: name, wish, signedBy: self.key)
    }

    /// A catalog with this text, signed as the collector does.
    func sign(
        _ text: [UInt8],
        _ wish: Wish = Wish(),
        type: String = PreAuthenticationEncoding.catalogType
    ) throws -> SignedCatalog {
        let key = try SigningKey.generate()
        return SignedCatalog(
            text: text,
            signature: try key.sign(PreAuthenticationEncoding.encode(type: type, payload: text)),
            certificate: try issue(over: key.key, wish).der
        )
    }

    /// A catalog of one family, signed.
    func catalog(version: Int, package: String = "kesl") throws -> SignedCatalog {
        try sign(Self.text(version: version, package: package))
    }

    /// The text of a catalog of one family.
    static func text(version: Int, package: String = "kesl") -> [UInt8] {
        Array(
            """
            version\t\(version)
            source\tmaker\tThe maker's page
            family\tkaspersky-endpoint-security\tantivirus\tKaspersky\tKaspersky Endpoint Security
            signal\tkaspersky-endpoint-security\tlinux\tdeb\tantivirus\tstrong\tmaker\t\(package)
            signal\tkaspersky-endpoint-security\tlinux\tunit\tantivirus\tstrong\tmaker\tkesl.service

            """.utf8
        )
    }

    private static func certificate(
        over key: OpaquePointer,
        subject: String,
        issuer: String,
        _ wish: Wish,
        signedBy issuerKey: SigningKey
    ) throws -> Certificate {
        guard let certificate = X509_new() else { throw Failure() }
        defer { X509_free(certificate) }
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), Int.random(in: 1...Int.max))
        ASN1_TIME_set(X509_getm_notBefore(certificate), Int(wish.notBeforeMilliseconds / 1000))
        ASN1_TIME_set(X509_getm_notAfter(certificate), Int(wish.notAfterMilliseconds / 1000))
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", 0x1000, subject, -1, -1, 0)
        guard let issuerName = X509_NAME_new() else { throw Failure() }
        defer { X509_NAME_free(issuerName) }
        X509_NAME_add_entry_by_txt(issuerName, "CN", 0x1000, issuer, -1, -1, 0)
        X509_set_issuer_name(certificate, issuerName)
        guard X509_set_pubkey(certificate, key) == 1 else { throw Failure() }
        try add(NID_basic_constraints, wish.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE", to: certificate)
        try add(NID_key_usage, wish.isAuthority ? "critical,keyCertSign" : "critical,digitalSignature", to: certificate)
        if !wish.names.isEmpty { try add(NID_subject_alt_name, wish.names, to: certificate) }
        if wish.hasUnknownCriticalExtension {
            try add(NID_netscape_comment, "critical,unheard of", to: certificate)
        }
        guard X509_sign(certificate, issuerKey.key, EVP_sha256()) > 0 else { throw Failure() }
        return try Certificate(der: DERBuffer.read(what: "a certificate") { i2d_X509(certificate, $0) })
    }

    private static func add(_ kind: Int32, _ value: String, to certificate: OpaquePointer) throws {
        guard let part = X509V3_EXT_conf_nid(nil, nil, kind, value) else { throw Failure() }
        defer { X509_EXTENSION_free(part) }
        X509_add_ext(certificate, part, -1)
    }
}

extension DeviceIdentity {
    /// A device of this authority.
    static func test(of authority: TestAuthority) throws -> DeviceIdentity {
        var identity = try test()
        identity.authority = authority.certificate
        return identity
    }
}
