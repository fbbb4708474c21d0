import Agent
import Signatures

/// An identity that exists for these tests only; valid for a hundred years.
enum TestIdentity {
    /// Points at a port on which nobody listens.
    static func make() throws -> DeviceIdentity {
        DeviceIdentity(
            key: try SigningKey(pem: Array(key.utf8)),
            certificate: try Certificate(pem: Array(certificate.utf8)),
            authority: try Certificate(pem: Array(authority.utf8)),
            host: "127.0.0.1",
            reportingPort: 1,
            unitCode: "so-tttt",
            unitName: "Sở Thông tin và Truyền thông"
        )
    }

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCtiMNZdesfIM+Lgb
        BrA96P0z+VPv0jWRHR2jOdUsW9uhRANCAAS1DW1RwhC8dZgUYaTudQCY3XQHeltk
        jK/vbQfQLUF3r6RfF2mTcHzSiqRGXNf9EyxX1DKTaDgh7QUFhpbFJg0V
        -----END PRIVATE KEY-----
        """

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBLDCB0wIUXgpOs9atb2tIi9n+I3f+X8YcbWUwCgYIKoZIzj0EAwIwHzEdMBsG
        A1UEAwwURmxlZXQgdGVzdCBhdXRob3JpdHkwIBcNMjYxMTIzMjA1NDM0WhgPMjEy
        NjEwMzAyMDU0MzRaMBExDzANBgNVBAMMBmRldmljZTBZMBMGByqGSM49AgEGCCqG
        SM49AwEHA0IABLUNbVHCELx1mBRhpO51AJjddAd6W2SMr+9tB9AtQXevpF8XaZNw
        fNKKpEZc1/0TLFfUMpNoOCHtBQWGlsUmDRUwCgYIKoZIzj0EAwIDSAAwRQIhAOAl
        Ng6C97VuLRXx8wH6irYy5WXeny1Yhwp+ytnoUx7lAiBsUcmhPUppQgUlC1tFBstJ
        weeNgyA/M2efDHFEMi3K5w==
        -----END CERTIFICATE-----
        """

    private static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBljCCATugAwIBAgIUdSWVcEQGaDOz5k2X9dBgqPmFYFYwCgYIKoZIzj0EAwIw
        HzEdMBsGA1UEAwwURmxlZXQgdGVzdCBhdXRob3JpdHkwIBcNMjYxMTIzMjA1NDM0
        WhgPMjEyNjEwMzAyMDU0MzRaMB8xHTAbBgNVBAMMFEZsZWV0IHRlc3QgYXV0aG9y
        aXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEOirNJz0YH2PQz4CKKE/sYB//
        LNcc1kH0fsoKYVFDL8ZtT3zpqEvMv/RSghpOsgHOmEKuFEx6C9+Xo21L3kGesKNT
        MFEwHQYDVR0OBBYEFMcFr6/4a06sXv6WGncQAFrqdjpnMB8GA1UdIwQYMBaAFMcF
        r6/4a06sXv6WGncQAFrqdjpnMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
        SQAwRgIhALbdE2TEb/jwXeG/BG+JD7/Hz5YI+y6TZtFSXS9ia7KSAiEAulj294dH
        GoSjqdp08bAwj7cVPn9cl4rE9RPOpw4TtWk=
        -----END CERTIFICATE-----
        """
}
