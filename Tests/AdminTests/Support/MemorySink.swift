import Admin
import Synchronization

/// Keeps what was written.
final class MemorySink: ByteSink {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    func write(_ more: [UInt8]) throws {
        bytes.withLock { $0 += more }
    }
}

/// A reader that went away.
struct ClosedSink: ByteSink {
    func write(_ bytes: [UInt8]) throws {
        throw OutputClosed()
    }
}
