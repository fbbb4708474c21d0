import ArgumentParser
import Crypto
import SwiftASN1
import X509

/// SHA-256 over a certificate or a public key, short enough to be read out over the telephone.
struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
    /// 64 lower-case hexadecimal characters.
    let digits: String

    /// Of these bytes.
    init(of bytes: some Sequence<UInt8>) {
        digits = SHA256.hash(data: Array(bytes)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
    }

    /// Of a certificate in DER, as join strings give it.
    init(of certificate: Certificate) throws {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        self.init(of: serializer.serializedBytes)
    }

    /// Reads one, with `sha256:` in front or without, in capitals or not, in groups or not.
    init?(_ text: String) {
        guard text.utf8.count <= 200 else { return nil }
        let bare = text.lowercased()
        let digits = (bare.hasPrefix("sha256:") ? bare.dropFirst(7) : bare[...]).filter { $0 != ":" && $0 != " " }
        guard digits.utf8.count == 64, digits.utf8.allSatisfy(Self.isDigit) else { return nil }
        self.digits = String(digits)
    }

    var description: String { "sha256:\(digits)" }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}

extension Fingerprint: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }
}
