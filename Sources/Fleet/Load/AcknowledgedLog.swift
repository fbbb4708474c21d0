internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A file with a line `DEVICE EPOCH SEQUENCE` for each acknowledged report, to compare with the collector's database.
final class AcknowledgedLog: Sendable {
    private let descriptor: Int32
    private let lost = Atomic(0)

    /// Opens the file; what it holds stays.
    init(path: String) throws(FleetError) {
        descriptor = try LocalFile.openForAppending(path)
    }

    deinit { close(descriptor) }

    /// Appends one line.
    ///
    /// Lines are short and written at once, so that those of several threads do not mix.
    func append(deviceID: String, epoch: UInt64, sequence: UInt64) {
        let line = Array("\(deviceID) \(epoch) \(sequence)\n".utf8)
        if !LocalFile.append(line, to: descriptor) { lost.add(1, ordering: .relaxed) }
    }

    /// Lines that could not be written.
    var lostLines: Int { lost.load(ordering: .relaxed) }
}
