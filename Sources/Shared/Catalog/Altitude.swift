/// Where a file-system filter driver stands among the others: a decimal number.
///
/// Source: Microsoft, "Load order groups and altitudes for minifilter drivers".
struct Altitude: Sendable, Hashable {
    /// Digits before the decimal point.
    let whole: Int

    /// Reads digits with an optional fraction, at most 20 characters.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 20,
            parts.allSatisfy({ part in
                !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }), let whole = Int(parts[0])
        else { return nil }
        self.whole = whole
    }

    /// Whether it lies in the range that Microsoft gives to antivirus filters.
    var isAntivirus: Bool { (320_000...329_999).contains(whole) }
}
