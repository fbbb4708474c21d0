/// Certificates and keys that exist for these tests only; valid for a hundred years unless the name says otherwise.
enum TestCertificates {
    /// The collector's authority.
    static let authority = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBpTCCAUugAwIBAgIURqe0/isMrekHZUaTRE+pnuvzEQQwCgYIKoZIzj0EAwIw
        HzEdMBsGA1UEAwwUS2hpZW4gdGVzdCBhdXRob3JpdHkwIBcNMjYxMTIzMjAyODAw
        WhgPMjEyNjEwMzAyMDI4MDBaMB8xHTAbBgNVBAMMFEtoaWVuIHRlc3QgYXV0aG9y
        aXR5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAET30NbEz8J6GUftK/MYtCy0NR
        SqTm5wQUICGo3+IsvmBT9nVixKInolCrEVfOizionCpC+u3E4K/3fFxK6bjaCKNj
        MGEwHQYDVR0OBBYEFKiFqJxj6vDvau20jAf8CqY4tDDkMB8GA1UdIwQYMBaAFKiF
        qJxj6vDvau20jAf8CqY4tDDkMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQD
        AgEGMAoGCCqGSM49BAMCA0gAMEUCIQDiXZVgiLarJEVC8pEPRu9bFI+cpt6+VVnf
        Q0ksqB8RRgIgNxugm5mlDd8aaCzjdX6dP0k+PHj8i8wDwlVXDNBZgbc=
        -----END CERTIFICATE-----

        """.utf8
    )

    /// An authority that is not the collector's.
    static let otherAuthority = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBnzCCAUWgAwIBAgIUPKhFWBVKNLWPpen38ZEFDd/VDwIwCgYIKoZIzj0EAwIw
        HDEaMBgGA1UEAwwRQW5vdGhlciBhdXRob3JpdHkwIBcNMjYxMTIzMjAyODAwWhgP
        MjEyNjEwMzAyMDI4MDBaMBwxGjAYBgNVBAMMEUFub3RoZXIgYXV0aG9yaXR5MFkw
        EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElFssJFee79QUYjzcyHR1IMkQ9Y1SMHVQ
        nCxiNUBLLwOkmMYAvhujWs4rSNw6qQBq2tpspQKws3OPNUu7CrkRhqNjMGEwHQYD
        VR0OBBYEFHjwydTnWY/T0c7AWZ1hkb7S5SENMB8GA1UdIwQYMBaAFHjwydTnWY/T
        0c7AWZ1hkb7S5SENMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMAoG
        CCqGSM49BAMCA0gAMEUCIQCNKzqV2UZ7FUlZQpube0sq5i873E9cuVA5eekK7k2N
        JgIgPvOdTCUw9beVUD346+l+Uqn4JyMzp1GTFzziin84ns8=
        -----END CERTIFICATE-----

        """.utf8
    )

    /// Of the collector: `collector.test`, `localhost` and `127.0.0.1`.
    static let server = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBxDCCAWqgAwIBAgIUBBnVghaT2kA7syxZZS4Vo0+lJD8wCgYIKoZIzj0EAwIw
        HzEdMBsGA1UEAwwUS2hpZW4gdGVzdCBhdXRob3JpdHkwIBcNMjYxMTIzMjAyODAw
        WhgPMjEyNjEwMzAyMDI4MDBaMBExDzANBgNVBAMMBnNlcnZlcjBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABC/V6QpO0QVrdcau3fKE8RekcliOyPS7jT1V1XCx8eJ+
        3Y86vP9FA1byxLaK6es2vLHOg08DU4KQdA/CH+3D0++jgY8wgYwwCQYDVR0TBAIw
        ADATBgNVHSUEDDAKBggrBgEFBQcDATAqBgNVHREEIzAhgg5jb2xsZWN0b3IudGVz
        dIIJbG9jYWxob3N0hwR/AAABMB0GA1UdDgQWBBRL5i5FoZyqimeOMINa9qsvaQHA
        QzAfBgNVHSMEGDAWgBSohaicY+rw72rttIwH/AqmOLQw5DAKBggqhkjOPQQDAgNI
        ADBFAiEA0IHnZ4t2NLQc/VI0zPM6rCsF2m637n7lNR7qnXWAhoECIEED6zgcHlSh
        TDktDXBE8Q7atlG86Np9NBZf3RFyPqSI
        -----END CERTIFICATE-----

        """.utf8
    )

    /// Of the same key, for a time that has passed.
    static let expiredServer = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBwzCCAWigAwIBAgIUBBnVghaT2kA7syxZZS4Vo0+lJEEwCgYIKoZIzj0EAwIw
        HzEdMBsGA1UEAwwUS2hpZW4gdGVzdCBhdXRob3JpdHkwHhcNMjYxMTIzMjAyODAw
        WhcNMjYxMTIyMjAyODAwWjARMQ8wDQYDVQQDDAZzZXJ2ZXIwWTATBgcqhkjOPQIB
        BggqhkjOPQMBBwNCAAQv1ekKTtEFa3XGrt3yhPEXpHJYjsj0u409VdVwsfHift2P
        Orz/RQNW8sS2iunrNryxzoNPA1OCkHQPwh/tw9Pvo4GPMIGMMAkGA1UdEwQCMAAw
        EwYDVR0lBAwwCgYIKwYBBQUHAwEwKgYDVR0RBCMwIYIOY29sbGVjdG9yLnRlc3SC
        CWxvY2FsaG9zdIcEfwAAATAdBgNVHQ4EFgQUS+YuRaGcqopnjjCDWvarL2kBwEMw
        HwYDVR0jBBgwFoAUqIWonGPq8O9q7bSMB/wKpji0MOQwCgYIKoZIzj0EAwIDSQAw
        RgIhALdhQmoOcVBT5gIFmlr/rNEMtzOgOYjZeblMJbbnFkiuAiEAiYCG+vPB0+W1
        DseZ/WhMT7giWadnrg3ZhxtuOeDowj0=
        -----END CERTIFICATE-----

        """.utf8
    )

    /// For `collector.test`, signed by the other authority.
    static let stranger = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBrzCCAVagAwIBAgIUN3t7HvO739RELUx5KfR2elc6ujswCgYIKoZIzj0EAwIw
        HDEaMBgGA1UEAwwRQW5vdGhlciBhdXRob3JpdHkwIBcNMjYxMTIzMjAyODAwWhgP
        MjEyNjEwMzAyMDI4MDBaMBMxETAPBgNVBAMMCHN0cmFuZ2VyMFkwEwYHKoZIzj0C
        AQYIKoZIzj0DAQcDQgAE/HqwSAZXvId6B6f93QzCtUMCjASmVdyALuEuHYc02OA7
        31Jr4hQXn2hiCJFP2elQ2CxgcwgGKi67/R/MA3do1aN9MHswCQYDVR0TBAIwADAT
        BgNVHSUEDDAKBggrBgEFBQcDATAZBgNVHREEEjAQgg5jb2xsZWN0b3IudGVzdDAd
        BgNVHQ4EFgQUBvi8xky0J8csrO5nlXvT0+H+55owHwYDVR0jBBgwFoAUePDJ1OdZ
        j9PRzsBZnWGRvtLlIQ0wCgYIKoZIzj0EAwIDRwAwRAIgaL37AKatUk6jTuAkFIJd
        G1GWaAnTZEhFO8TkrySGg6wCIEd+XfH+KqlkKhznGlSdjmZWAW1xzPv7C3WuyOFz
        D9kq
        -----END CERTIFICATE-----

        """.utf8
    )

    /// Of a device, signed by the authority.
    static let device = Array(
        """
        -----BEGIN CERTIFICATE-----
        MIIBljCCATygAwIBAgIUBBnVghaT2kA7syxZZS4Vo0+lJEAwCgYIKoZIzj0EAwIw
        HzEdMBsGA1UEAwwUS2hpZW4gdGVzdCBhdXRob3JpdHkwIBcNMjYxMTIzMjAyODAw
        WhgPMjEyNjEwMzAyMDI4MDBaMBExDzANBgNVBAMMBmRldmljZTBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABAxEIBfPzzxzhyuIBFOPychXvDwPAImEynB8AIvY4T4g
        H+Ay3x9xmzZnX3lGd7Qs3D52izun3+QqKuqgz43yVMujYjBgMAkGA1UdEwQCMAAw
        EwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0OBBYEFJnQ/eN4VQszA0aET85QQYNW
        Pv+hMB8GA1UdIwQYMBaAFKiFqJxj6vDvau20jAf8CqY4tDDkMAoGCCqGSM49BAMC
        A0gAMEUCIB5cAAoNDV0njRcODnYIA/BD6kxw7M78wkNrptzqy+D2AiEAtDB4vDbY
        G9V3VM4rc62PD6Hh1Do37SGcxE5do5lyMJw=
        -----END CERTIFICATE-----

        """.utf8
    )

    /// The key of the device.
    static let deviceKey = Array(
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglZGTxq3SQjMZfCU9
        QitxXdJktaoeWh+kHnYuB3K7p9+hRANCAAQMRCAXz888c4criARTj8nIV7w8DwCJ
        hMpwfACL2OE+IB/gMt8fcZs2Z195Rne0LNw+dos7p9/kKirqoM+N8lTL
        -----END PRIVATE KEY-----

        """.utf8
    )

    /// The key of the collector's certificates.
    static let serverKey = Array(
        """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIC/RRkLzVqbLRMl+uZPPrdpeKLztJakiMSj61p81pUatoAoGCCqGSM49
        AwEHoUQDQgAEL9XpCk7RBWt1xq7d8oTxF6RyWI7I9LuNPVXVcLHx4n7djzq8/0UD
        VvLEtorp6za8sc6DTwNTgpB0D8If7cPT7w==
        -----END EC PRIVATE KEY-----

        """.utf8
    )
}
