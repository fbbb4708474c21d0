import Testing

@testable import Collector

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:7443", "127.0.0.1", 7443), ("[::1]:0", "::1", 0),
        ("khien.example.vn:65535", "khien.example.vn", 65_535),
    ])
    func `host and port are read and written back`(text: String, host: String, port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host)
        #expect(Int(address.port) == port)
        #expect(address.description == text)
    }

    @Test(arguments: ["", ":", ":1", "a", "a:", "a:65536", "a:-1", "a:+1x", "::1:7443", "[::1]", "[::1:7443", "a b:1"])
    func `anything else is refused`(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test func `port 0 becomes a free one, and a taken one is refused with its address`() throws {
        let socket = try ListeningSocket(ListenAddress(host: "127.0.0.1", port: 0))
        #expect(socket.address.port != 0)
        let error = #expect(throws: CollectorError.self) { try ListeningSocket(socket.address) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains(socket.address.description) == true)
        socket.release()
        let again = try ListeningSocket(socket.address)
        #expect(again.address == socket.address)
        again.release()
    }

    @Test func `a host that cannot be resolved is refused`() {
        let error = #expect(throws: CollectorError.self) {
            try ListeningSocket(ListenAddress(host: "khien.invalid", port: 0))
        }
        #expect(error?.message.contains("khien.invalid") == true)
    }
}
