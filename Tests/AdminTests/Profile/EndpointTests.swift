import Testing

@testable import Admin

@Suite struct EndpointTests {
    @Test(
        "host and port are an endpoint, and it is written as it was",
        arguments: [
            ("127.0.0.1:7443", "127.0.0.1", 7443, Endpoint.HostKind.ipv4),
            ("[::1]:1", "::1", 1, .ipv6),
            ("khien.daklak.gov.vn:65535", "khien.daklak.gov.vn", 65535, .name),
            ("localhost:7443", "localhost", 7443, .name),
        ] as [(String, String, UInt16, Endpoint.HostKind)]
    )
    func reads(text: String, host: String, port: UInt16, kind: Endpoint.HostKind) throws {
        let endpoint = try #require(Endpoint(text))
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
        #expect(endpoint.kind == kind)
        #expect(endpoint.description == text)
    }

    @Test(
        "anything else is not",
        arguments: [
            "", ":", "host", "host:", ":7443", "host:0", "host:65536", "host:+1", "host:7443 ", "ho st:1", "::1:7443",
            "[::1:7443", "[127.0.0.1]:1", "[]:1", "[::1%lo]:1", "127.0.0:1", "256.1.1.1:1", "1.2.3.4\u{0}:1", "sở.vn:1",
            "https://host:1", "[::1]x:1",
        ]
    )
    func refuses(text: String) {
        #expect(Endpoint(text) == nil)
    }

    @Test("no text traps the reader, and what it takes is written as it was")
    func mutations() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let samples = ["127.0.0.1:7443", "[fe80::1]:7443", "khien.example.vn:7443"]
        for _ in 0..<5000 {
            let text = generator.mutate(samples.randomElement(using: &generator) ?? "")
            guard let endpoint = Endpoint(text) else { continue }
            #expect(Endpoint(endpoint.description) == endpoint, "seed \(seed), text \(text)")
        }
    }
}
