internal import Shared

/// The number by which Windows Security Center describes a product.
///
/// Microsoft does not publish what its bits mean. Source: what others found on many devices (community.idera.com, neophob.com,
/// Stack Overflow 4700897 and 23641299); what they do not agree on is not used here: the high byte, the owner, the low nibble.
struct SecurityCenterState: Sendable, Hashable {
    /// `productState`.
    let raw: Int64

    /// Whether the product protects; `nil` where the number says nothing that is known.
    var protection: ProductStatus.Protection? {
        guard let bits else { return nil }
        return switch bits & 0xf000 {
        case 0x0000: .off
        case 0x1000: .on
        case 0x2000: .snoozed
        case 0x3000: .expired
        default: nil
        }
    }

    /// Whether its signatures are current; `nil` as well where the number as a whole is not understood.
    var signatures: ProductStatus.Signatures? {
        guard let bits, protection != nil else { return nil }
        return switch bits & 0x00f0 {
        case 0x00: .current
        case 0x10: .outdated
        default: nil
        }
    }

    /// The number with what it means, such as `state 397568 (0x61100): on, signatures current`.
    var detail: String {
        let number = bits.map { "state \(raw) (0x\(String($0, radix: 16)))" } ?? "state \(raw)"
        guard let protection else { return number + ": not known" }
        return number + ": \(protection.word), signatures \(signatures?.word ?? "not known")"
    }

    /// An unsigned number of 32 bits, which some interfaces hand over as a signed one.
    private var bits: UInt32? {
        UInt32(exactly: raw) ?? Int32(exactly: raw).map { UInt32(bitPattern: $0) }
    }
}
