import Testing
import X509

@testable import Collector

@Suite struct HostNameTests {
    @Test(arguments: [
        ("khien.example.vn", "khien.example.vn"), ("KHIEN", "khien"), ("a-b.c1", "a-b.c1"), ("192.0.2.7", "192.0.2.7"),
        ("::1", "::1"), ("2001:db8::7", "2001:db8::7"), ("123.example", "123.example"),
    ])
    func `names and addresses are read`(text: String, expected: String) throws {
        #expect(try HostName(text).text == expected)
    }

    @Test(arguments: [
        "", " ", "a b", "-a", "a-", "a..b", ".a", "a.", "1.2.3", "1.2.3.4.5", "256.1.1.1", "999", "a_b", "tỉnh.vn",
        "a:1",
        "[::1]", "http://a", "a/b", "*.example.vn", String(repeating: "a", count: 64),
        String(repeating: "a.", count: 127) + "a",
    ])
    func `what is neither a name nor an address is refused`(text: String) {
        let error = #expect(throws: CollectorError.self) { try HostName(text) }
        #expect(error?.code == .invalidArgument)
    }

    @Test(arguments: ["khien.example.vn", "192.0.2.7", "2001:db8::7"])
    func `a name comes back out of a certificate as it went in`(text: String) throws {
        #expect(try HostName(HostName(text).generalName) == HostName(text))
    }

    @Test func `an address with a port has brackets when it needs them`() throws {
        #expect(try HostName("::1").with(port: 7) == "[::1]:7")
        #expect(try HostName("khien").with(port: 7) == "khien:7")
    }
}
