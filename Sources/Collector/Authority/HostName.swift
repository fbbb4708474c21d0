internal import SwiftASN1
internal import X509

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A name or address by which devices and officers reach the collector.
public struct HostName: Sendable, Hashable, CustomStringConvertible {
    private enum Kind: Hashable {
        case name
        case address([UInt8])
    }

    /// The name, or the address without brackets.
    public let text: String
    private let kind: Kind

    /// Reads a DNS name, an IPv4 address or an IPv6 address.
    /// - Throws: `CollectorError` (`invalidArgument`) when it is none of them.
    public init(_ text: String) throws(CollectorError) {
        if let address = Self.address(text) {
            self.text = text
            kind = .address(address)
        } else if Self.isName(text) {
            self.text = text.lowercased()
            kind = .name
        } else {
            throw CollectorError(
                .invalidArgument,
                "'\(text.prefix(64))' is not a host name or an IP address. Give a name such as khien.example.vn."
            )
        }
    }

    /// A name of a certificate; `nil` for one that is neither a DNS name nor an address.
    init?(_ name: GeneralName) {
        switch name {
        case .dnsName(let text):
            guard let host = try? HostName(text) else { return nil }
            self = host
        case .ipAddress(let octets):
            guard let host = Self.text(ofAddress: Array(octets.bytes)).flatMap({ try? HostName($0) }) else {
                return nil
            }
            self = host
        default:
            return nil
        }
    }

    /// The name, or the address without brackets.
    public var description: String { text }

    /// Name and port as one writes them together, an IPv6 address in brackets.
    public func with(port: UInt16) -> String {
        text.contains(":") ? "[\(text)]:\(port)" : "\(text):\(port)"
    }

    /// The names of a server certificate: what was asked for, and always the machine itself.
    static func serverNames(_ hosts: [HostName]) -> [HostName] {
        var names = hosts
        for own in ["localhost", "127.0.0.1", "::1"] {
            if let name = try? HostName(own), !names.contains(name) { names.append(name) }
        }
        return names
    }

    var generalName: GeneralName {
        switch kind {
        case .name: .dnsName(text)
        case .address(let bytes): .ipAddress(ASN1OctetString(contentBytes: bytes[...]))
        }
    }

    private static func address(_ text: String) -> [UInt8]? {
        var v4 = in_addr()
        if inet_pton(AF_INET, text, &v4) == 1 { return withUnsafeBytes(of: &v4) { Array($0) } }
        var v6 = in6_addr()
        if inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: &v6) { Array($0) } }
        return nil
    }

    private static func text(ofAddress bytes: [UInt8]) -> String? {
        guard let family = [4: AF_INET, 16: AF_INET6][bytes.count] else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func isName(_ text: String) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let hasOnlyDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == 0x2E }
        return !hasOnlyDigits
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy(isNameByte)
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
