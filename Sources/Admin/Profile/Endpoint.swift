#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where the collector listens: `HOST:PORT`, an IPv6 address in brackets.
struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// What kind of host it names; decides how it is resolved and which names of the certificate are accepted.
    enum HostKind: Sendable, Hashable {
        case name
        case ipv4
        case ipv6
    }

    /// Name or address, without brackets.
    let host: String
    /// TCP port.
    let port: UInt16
    /// What `host` is.
    let kind: HostKind

    /// Reads an endpoint; `nil` when the host or the port is missing or malformed.
    init?(_ text: String) {
        guard text.utf8.count <= 300, let colon = text.lastIndex(of: ":") else { return nil }
        let portText = text[text.index(after: colon)...]
        guard portText.utf8.allSatisfy(Self.isDigit), let port = UInt16(portText), port > 0 else { return nil }
        self.port = port

        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = String(host.dropFirst().dropLast())
            guard Self.isAddress(address, family: AF_INET6) else { return nil }
            self.host = address
            kind = .ipv6
        } else if Self.isAddress(String(host), family: AF_INET) {
            self.host = String(host)
            kind = .ipv4
        } else {
            guard Self.isName(host) else { return nil }
            self.host = String(host)
            kind = .name
        }
    }

    var description: String { kind == .ipv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func isName(_ text: Substring) -> Bool {
        // A name of digits and dots only is an address with a slip in it.
        (1...253).contains(text.utf8.count)
            && !text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isAddress(_ text: String, family: Int32) -> Bool {
        guard !text.utf8.contains(0) else { return false }
        var address = in6_addr()
        return withUnsafeMutableBytes(of: &address) { inet_pton(family, text, $0.baseAddress) } == 1
    }
}
