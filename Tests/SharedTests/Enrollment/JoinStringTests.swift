import Shared
import Testing

@Suite
struct JoinStringTests {
    private static let fingerprint = String(repeating: "0123456789abcdef", count: 4)
    private static let longName = String(repeating: "a", count: 253)

    @Test(
        arguments: [
            ("khien://collector.example:7444/Ab_-9?ca=sha256:\(fingerprint)", "collector.example", 7444),
            ("khien://192.0.2.7:1/t?ca=sha256:\(fingerprint)", "192.0.2.7", 1),
            ("khien://[2001:db8::7]:65535/t?ca=sha256:\(fingerprint)", "2001:db8::7", 65535),
            ("khien://\(longName):7444/t?ca=sha256:\(fingerprint)", longName, 7444),
        ] as [(String, String, UInt16)]
    )
    func `Names and addresses of every kind are read, and written as they were`(
        text: String,
        host: String,
        port: UInt16
    ) throws {
        let join = try #require(JoinString(text))
        #expect(join.host == host)
        #expect(join.port == port)
        #expect(join.authorityFingerprint == Self.fingerprint)
        #expect(join.description == text)
    }

    @Test
    func `A fingerprint in capitals is the same fingerprint`() throws {
        let text = "khien://h:7444/t?ca=sha256:\(Self.fingerprint.uppercased())"
        #expect(try #require(JoinString(text)).authorityFingerprint == Self.fingerprint)
    }

    @Test(arguments: [
        "", "khien://", "khien", "https://h:7444/t?ca=sha256:F", "KHIEN://h:7444/t?ca=sha256:F",
        "khien://h/t?ca=sha256:F", "khien://h:/t?ca=sha256:F", "khien://h:0/t?ca=sha256:F",
        "khien://h:65536/t?ca=sha256:F", "khien://h:-1/t?ca=sha256:F", "khien://h: 7444/t?ca=sha256:F",
        "khien://:7444/t?ca=sha256:F", "khien://h:7444?ca=sha256:F", "khien://h:7444/?ca=sha256:F",
        "khien://h:7444/t", "khien://h:7444/t?", "khien://h:7444/t?ca=F", "khien://h:7444/t?ca=sha1:F",
        "khien://h:7444/t?ca=sha256:", "khien://h:7444/t?ca=sha256:F0", "khien://h:7444/t?x=1&ca=sha256:F",
        "khien://h:7444/t?ca=sha256:F ", " khien://h:7444/t?ca=sha256:F", "khien://h:7444/t?ca=sha256:F\n",
        "khien://h:7444/t/u?ca=sha256:F", "khien://h:7444/t%20?ca=sha256:F", "khien://h:7444/tộ?ca=sha256:F",
        "khien://u@h:7444/t?ca=sha256:F", "khien://u:p@h:7444/t?ca=sha256:F", "khien://h_x:7444/t?ca=sha256:F",
        "khien://2001:db8::7:7444/t?ca=sha256:F", "khien://[::1:7444/t?ca=sha256:F", "khien://::1]:7444/t?ca=sha256:F",
        "khien://[]:7444/t?ca=sha256:F", "khien://[h]:7444/t?ca=sha256:F",
        "khien://[fe80::1%25eth0]:7444/t?ca=sha256:F",
        "khien://h\0.evil:7444/t?ca=sha256:F", "khien://h\r\n:7444/t?ca=sha256:F",
    ])
    func `Anything else is refused`(text: String) {
        #expect(JoinString(text.replacing("sha256:F", with: "sha256:" + Self.fingerprint)) == nil)
    }

    @Test
    func `Parts that are too long are refused`() {
        let end = "?ca=sha256:\(Self.fingerprint)"
        #expect(JoinString("khien://h:7444/" + String(repeating: "t", count: 64) + end) != nil)
        #expect(JoinString("khien://h:7444/" + String(repeating: "t", count: 65) + end) == nil)
        #expect(JoinString("khien://\(Self.longName)a:7444/t" + end) == nil)
        #expect(JoinString("khien://h:7444/t\(end)\(String(repeating: "0", count: 1_000_000))") == nil)
    }

    @Test
    func `A digit of the fingerprint that is none is refused at any place`() {
        for place in 0..<64 {
            var digits = Array(Self.fingerprint)
            digits[place] = "g"
            #expect(JoinString("khien://h:7444/t?ca=sha256:\(String(digits))") == nil)
        }
    }
}
