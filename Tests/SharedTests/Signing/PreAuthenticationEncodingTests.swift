import Shared
import Testing

@Suite
struct PreAuthenticationEncodingTests {
    /// The example of the DSSE specification, "Pre-Authentication Encoding".
    @Test
    func `The example of the specification is encoded as it says`() {
        let bytes = PreAuthenticationEncoding.encode(
            type: "http://example.com/HelloWorld",
            payload: Array("hello world".utf8)
        )
        #expect(String(decoding: bytes, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
    }

    @Test(arguments: [
        ("", "", "DSSEv1 0  0 "),
        ("a", "", "DSSEv1 1 a 0 "),
        ("ậ", "ậ", "DSSEv1 3 ậ 3 ậ"),
        ("a 1 b", "c", "DSSEv1 5 a 1 b 1 c"),
    ])
    func `Lengths count bytes, so that no two pairs have one encoding`(type: String, payload: String, expected: String)
    {
        let bytes = PreAuthenticationEncoding.encode(type: type, payload: Array(payload.utf8))
        #expect(bytes == Array(expected.utf8))
    }

    @Test
    func `A report's type is the one that the protocol states`() {
        let bytes = PreAuthenticationEncoding.encode(type: PreAuthenticationEncoding.reportType, payload: [0xFF])
        #expect(bytes == Array("DSSEv1 31 application/vnd.khien.report.v1 1 ".utf8) + [0xFF])
    }
}
