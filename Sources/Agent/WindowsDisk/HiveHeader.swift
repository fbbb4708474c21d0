#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The first bytes of a hive, which tell whether Windows had written all of it.
///
/// Source: "Windows registry file format specification" by Maxim Suhanov.
struct HiveHeader: Equatable {
    /// The number of the last writing that was begun, and of the last one that was finished.
    var sequences: (begun: UInt32, finished: UInt32)
    /// When Windows last wrote the hive, seconds since 1970.
    var written: Int64?

    static func == (left: HiveHeader, right: HiveHeader) -> Bool {
        left.sequences == right.sequences && left.written == right.written
    }

    /// Why the hive is not current, by itself.
    var dirtiness: String? {
        sequences.begun == sequences.finished ? nil : "dirty: Windows had not finished writing it"
    }

    /// Reads the header of a hive or of a log; `nil` where it is none.
    init?(_ file: Descriptor) {
        guard let bytes = file.bytes(at: 0, count: 24), bytes.starts(with: "regf".utf8) else { return nil }
        sequences = (bytes.number(at: 4), bytes.number(at: 8))
        written = WindowsDate.seconds(
            fileTime: UInt64(bytes.number(at: 12)) | UInt64(bytes.number(at: 16)) << 32
        )
    }

    /// Whether a transaction log has changes that are newer than the hive.
    ///
    /// Logs keep what was written to the hive long ago; what counts is a number beyond that of the hive.
    func isOlder(than log: Descriptor, entries: Int) -> Bool {
        let sector: Int64 = 512
        guard let header = HiveHeader(log), let first = log.bytes(at: sector, count: 4) else { return false }
        if first.starts(with: "DIRT".utf8) {
            return header.sequences.begun == header.sequences.finished && isBeyond(header.sequences.begun)
        }
        var offset = sector
        for _ in 0..<entries {
            guard let entry = log.bytes(at: offset, count: 16), entry.starts(with: "HvLE".utf8) else { return false }
            if isBeyond(entry.number(at: 12)) { return true }
            let size = Int64(entry.number(at: 4))
            guard size >= sector, size % sector == 0 else { return false }
            offset += size
        }
        return false
    }

    /// Numbers go around.
    private func isBeyond(_ number: UInt32) -> Bool {
        let distance = number &- sequences.begun
        return distance > 0 && distance < UInt32.max / 2
    }
}

extension Descriptor {
    /// The bytes at a place; `nil` where the file ends before.
    fileprivate func bytes(at offset: Int64, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = bytes.withUnsafeMutableBytes { pread(raw, $0.baseAddress, $0.count, off_t(offset)) }
        return got == count ? bytes : nil
    }
}

extension [UInt8] {
    /// The little-endian number at an offset; 0 beyond the end.
    fileprivate func number(at offset: Int) -> UInt32 {
        guard offset >= 0, offset + 4 <= count else { return 0 }
        return self[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
