/// The one string that an officer hands to a device: `khien://HOST:7444/TOKEN?ca=sha256:FINGERPRINT`.
///
/// `HOST` is a name, an IPv4 address, or an IPv6 address in brackets.
public struct JoinString: Sendable, Hashable, CustomStringConvertible {
    /// Name or address, without brackets.
    public var host: String
    /// TCP port of the enrollment listener.
    public var port: UInt16
    /// The secret that allows enrollment.
    public var token: String
    /// SHA-256 over the collector's authority certificate in DER: 64 lower-case hexadecimal characters.
    public var authorityFingerprint: String

    /// A join string of its parts.
    public init(host: String, port: UInt16, token: String, authorityFingerprint: String) {
        self.host = host
        self.port = port
        self.token = token
        self.authorityFingerprint = authorityFingerprint
    }

    /// Reads a join string; `nil` when any part is missing or malformed.
    public init?(_ text: String) {
        let scheme = "khien://"
        guard text.utf8.count <= 512, text.hasPrefix(scheme) else { return nil }
        let rest = text.dropFirst(scheme.count)
        guard let slash = rest.firstIndex(of: "/"), let question = rest[slash...].firstIndex(of: "?") else {
            return nil
        }
        let authority = rest[..<slash]
        guard let colon = authority.lastIndex(of: ":"), let port = UInt16(authority[authority.index(after: colon)...]),
            port > 0
        else { return nil }
        guard let host = Self.host(authority[..<colon]) else { return nil }

        let token = rest[rest.index(after: slash)..<question]
        let query = rest[rest.index(after: question)...]
        let prefix = "ca=sha256:"
        guard Self.isToken(token), query.hasPrefix(prefix) else { return nil }
        let fingerprint = query.dropFirst(prefix.count)
        guard fingerprint.utf8.count == 64, fingerprint.utf8.allSatisfy(Self.isHexadecimal) else { return nil }

        self.init(host: host, port: port, token: String(token), authorityFingerprint: fingerprint.lowercased())
    }

    /// The whole string, secret included.
    public var description: String {
        "khien://\(host.contains(":") ? "[\(host)]" : host):\(port)/\(token)?ca=sha256:\(authorityFingerprint)"
    }

    private static func host(_ text: Substring) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inner = text.dropFirst().dropLast()
            let isAddress =
                inner.contains(":") && inner.utf8.allSatisfy { isHexadecimal($0) || $0 == UInt8(ascii: ":") }
            return isAddress ? String(inner) : nil
        }
        let isName =
            !text.isEmpty && text.utf8.count <= 253
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        return isName ? String(text) : nil
    }

    private static func isToken(_ text: Substring) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
