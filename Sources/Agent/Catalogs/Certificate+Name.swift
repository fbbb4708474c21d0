import COpenSSL

extension Certificate {
    /// The bytes of the certificate's one alternative name, if it has exactly one and that is a URI.
    ///
    /// Source: RFC 5280, 4.2.1.6.
    var onlyURI: [UInt8]? {
        // `nil` also where the extension stands there twice.
        guard let names = X509_get_ext_d2i(handle, NID_subject_alt_name, nil, nil) else {
            ERR_clear_error()
            return nil
        }
        let stack = OpaquePointer(names)
        defer { GENERAL_NAMES_free(stack) }
        guard OPENSSL_sk_num(stack) == 1, let name = OPENSSL_sk_value(stack, 0) else { return nil }
        var kind: Int32 = -1
        let value = GENERAL_NAME_get0_value(name.assumingMemoryBound(to: GENERAL_NAME.self), &kind)
        guard kind == GEN_URI, let value else { return nil }
        let text = UnsafePointer(value.assumingMemoryBound(to: ASN1_STRING.self))
        guard let bytes = ASN1_STRING_get0_data(text) else { return nil }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(max(0, ASN1_STRING_length(text)))))
    }

    /// Whether it is no authority itself, and asks for nothing that is not understood here.
    var isPlainLeaf: Bool {
        X509_check_ca(handle) == 0
            && X509_get_extension_flags(handle) & UInt32(EXFLAG_CRITICAL | EXFLAG_INVALID) == 0
    }

    /// Whether its time covers a moment, by a clock that may be wrong by `AgentLimits.clockToleranceMilliseconds`.
    func isValid(atMilliseconds now: Int64) -> Bool {
        let tolerance = AgentLimits.clockToleranceMilliseconds
        let (earliest, isBefore) = notBeforeMilliseconds.subtractingReportingOverflow(tolerance)
        let (latest, isBeyond) = notAfterMilliseconds.addingReportingOverflow(tolerance)
        return (isBefore || now >= earliest) && (isBeyond || now <= latest)
    }
}
