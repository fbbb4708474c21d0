/// How the sources looked at one moment, as far as it can be told without opening them.
///
/// Two that are equal mean that nothing was installed or removed between them, in what is watched.
public struct Fingerprint: Sendable, Hashable {
    /// What the system says about one path without opening it.
    struct Stamp: Sendable, Hashable {
        /// Which file it is; 0 where there is none.
        var device: UInt64 = 0
        var inode: UInt64 = 0
        var mode: UInt32 = 0
        var size: Int64 = 0
        /// When it was written, and when anything about it changed, in nanoseconds since 1970.
        var modified: Int64 = 0
        var changed: Int64 = 0
        /// The system's number for why it cannot be looked at; 0 where it can.
        var failure: Int32 = 0
    }

    let paths: [String]
    let stamps: [Stamp]

    /// The first path that looks different in another fingerprint; `nil` where none does, or where other paths were
    /// looked at.
    func firstDifference(from other: Fingerprint) -> String? {
        guard paths == other.paths else { return nil }
        return zip(paths, zip(stamps, other.stamps)).first { $0.1.0 != $0.1.1 }?.0
    }

    /// Whether a path looks different in another fingerprint of the same paths.
    func differs(from other: Fingerprint, at path: String) -> Bool {
        guard paths == other.paths, let index = paths.firstIndex(of: path) else { return false }
        return stamps[index] != other.stamps[index]
    }
}
