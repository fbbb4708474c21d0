/// Text from a device's files, made fit for a report: UTF-8, one line, within its limit.
public enum WireText {
    /// Repairs invalid UTF-8, replaces control characters by U+FFFD, and cuts at a character's edge.
    public static func text(_ bytes: some Collection<UInt8>, limit: Int) -> String {
        text(String(decoding: bytes.prefix(limit), as: UTF8.self), limit: limit)
    }

    /// The same for text that is UTF-8 already.
    public static func text(_ text: String, limit: Int = WireLimits.textBytes) -> String {
        if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
        var scalars = String.UnicodeScalarView()
        var length = 0
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
            let kept: Unicode.Scalar = isControl ? "\u{fffd}" : scalar
            length += UTF8.width(kept)
            guard length <= limit else { break }
            scalars.append(kept)
        }
        return String(scalars)
    }
}
