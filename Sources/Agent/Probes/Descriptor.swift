#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// An open file descriptor, closed when nobody holds it any longer.
final class Descriptor {
    let raw: Int32

    init(_ raw: Int32) {
        self.raw = raw
    }

    deinit {
        _ = close(raw)
    }

    /// Reads up to `buffer.count` bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
        while true {
            #if canImport(Glibc)
            let count = Glibc.read(raw, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
            let count = Musl.read(raw, buffer.baseAddress, buffer.count)
            #else
            let count = Darwin.read(raw, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 { return count }
            guard errno == EINTR else { throw .last }
        }
    }

    /// All bytes, at most `limit`.
    func readAll(limit: Int) throws(FileFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count: Int
            do {
                count = try chunk.withUnsafeMutableBytes { buffer in try read(into: buffer) }
            } catch let failure as FileFailure {
                throw failure
            } catch {
                throw .last
            }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else { throw .tooLarge }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// The names in this folder, each with whether it may be a folder itself; stops where `body` returns false.
    ///
    /// `body` gets the name without `.` and `..`, valid only during the call.
    func forEachEntry(_ body: (UnsafePointer<CChar>, EntryKind) -> Bool) throws(FileFailure) {
        // The stream closes what it is given, and moves its position: it gets a descriptor of its own.
        let own = openat(raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { throw .last }
        guard let stream = fdopendir(own) else {
            let failure = FileFailure.last
            _ = close(own)
            throw failure
        }
        defer { _ = closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw .last }
                return
            }
            let kind = EntryKind(entry.pointee.d_type)
            let goesOn = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    isDotOrDotDot(name) || body(name, kind)
                }
            }
            guard goesOn else { return }
        }
    }

    private func isDotOrDotDot(_ name: UnsafePointer<CChar>) -> Bool {
        let dot = CChar(bitPattern: UInt8(ascii: "."))
        return name[0] == dot && (name[1] == 0 || (name[1] == dot && name[2] == 0))
    }
}

/// What a folder says about one of its entries.
enum EntryKind {
    case file
    case folder
    case link
    case other
    /// The file system does not say.
    case unknown

    init(_ type: UInt8) {
        switch Int(type) {
        case Int(DT_REG): self = .file
        case Int(DT_DIR): self = .folder
        case Int(DT_LNK): self = .link
        case Int(DT_UNKNOWN): self = .unknown
        default: self = .other
        }
    }
}
