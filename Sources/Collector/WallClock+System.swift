internal import Foundation

extension WallClock {
    /// The operating system's clock.
    public static let system = WallClock {
        Milliseconds(Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
