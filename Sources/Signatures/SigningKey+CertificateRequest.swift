import COpenSSL

extension SigningKey {
    /// A request for a certificate over this key: PKCS#10 in DER, signed with ECDSA and SHA-256.
    ///
    /// The common name is the subject's only attribute, 1 to 64 characters. Source: RFC 2986, RFC 5280
    /// (ub-common-name).
    public func certificateRequest(commonName: String) throws -> [UInt8] {
        guard let request = X509_REQ_new() else { throw SignatureError.library("make a certificate request") }
        defer { X509_REQ_free(request) }
        // MBSTRING_UTF8 is a macro with a cast, which Swift does not import.
        let utf8: Int32 = 0x1000
        guard X509_REQ_set_version(request, 0) == 1,
            let subject = X509_REQ_get_subject_name(request),
            X509_NAME_add_entry_by_txt(subject, "CN", utf8, commonName, -1, -1, 0) == 1,
            X509_REQ_set_pubkey(request, key) == 1,
            X509_REQ_sign(request, key, SHA256.algorithm) > 0
        else { throw SignatureError.library("make a certificate request") }
        return try DERBuffer.read(what: "the certificate request") { i2d_X509_REQ(request, $0) }
    }
}
