/// Something that is registered or placed like an antivirus and that the catalog does not know.
///
/// It is never dropped and never half of a conflict: the collector lists it for review, so that the catalog can learn it.
public struct UnknownAntivirus: Sendable, Hashable {
    /// What a family's key begins with; no family of a catalog does.
    public static let keyPrefix = "unknown-"

    /// The same on every device that has the thing: `unknown-`, words of its name, and eight digits of a hash of it.
    public let key: String
    /// Its name as the device gives it.
    public let name: String
    /// Who made it, as the device says; empty where it does not say.
    public let vendor: String

    /// The unknown antivirus with this name.
    public init(name: String, vendor: String) {
        var hash = NameHash()
        var words = ""
        for scalar in name.lowercased().unicodeScalars {
            for byte in String(scalar).utf8 { hash.add(byte) }
            guard words.utf8.count < Self.wordBytes else { continue }
            switch scalar {
            case "a"..."z", "0"..."9": words.unicodeScalars.append(scalar)
            default: if !words.isEmpty, !words.hasSuffix("-") { words.append("-") }
            }
        }
        let digits = String(hash.value, radix: 16)
        if !words.isEmpty, !words.hasSuffix("-") { words.append("-") }
        self.key = Self.keyPrefix + words + String(repeating: "0", count: 8 - digits.count) + digits
        self.name = WireText.text(name, limit: WireLimits.nameBytes)
        self.vendor = WireText.text(vendor, limit: WireLimits.shortBytes)
    }

    /// Whether a family's key is one of these.
    public static func isKey(_ family: String) -> Bool { family.hasPrefix(keyPrefix) }

    private static let wordBytes = 40
}
