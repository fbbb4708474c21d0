/// Decimal fractions as text, without Foundation.
enum Decimal {
    /// A number of at most 15 digits with this many places after the point; `0` for what is not a number.
    static func text(_ value: Double, places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = (value * Double(scale)).rounded()
        guard let whole = Int(exactly: scaled), whole.magnitude < 1_000_000_000_000_000 else { return "0" }
        guard places > 0 else { return String(whole) }
        let fraction = String(Int(whole.magnitude) % scale)
        let padding = String(repeating: "0", count: places - fraction.count)
        return (whole < 0 ? "-" : "") + "\(Int(whole.magnitude) / scale).\(padding)\(fraction)"
    }
}
