#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Cuts a stream of chunks into lines without holding more than one line.
///
/// A line inside one chunk is not copied.
struct LineSplitter {
    /// How a line came to its end.
    enum Ending {
        /// By a line feed.
        case lineFeed
        /// By the end of the stream.
        case endOfStream
        /// The line is longer than the limit; only its beginning is given.
        case cut
    }

    private let lineBytes: Int
    private var rest: [UInt8] = []
    private var isSkipping = false

    /// A splitter for lines of at most `lineBytes`.
    init(lineBytes: Int) {
        self.lineBytes = lineBytes
    }

    /// Calls `body` for each line that ends in this chunk; stops where it returns false.
    ///
    /// - Returns: whether to go on.
    mutating func feed(_ chunk: UnsafeRawBufferPointer, body: (UnsafeRawBufferPointer, Ending) -> Bool) -> Bool {
        var start = 0
        while start < chunk.count, let base = chunk.baseAddress {
            guard let found = memchr(base + start, 0x0a, chunk.count - start) else { break }
            let end = base.distance(to: UnsafeRawPointer(found))
            let line = UnsafeRawBufferPointer(rebasing: chunk[start..<end])
            start = end + 1
            guard take(line, body: body) else { return false }
        }
        keep(UnsafeRawBufferPointer(rebasing: chunk[start...]))
        return true
    }

    /// Calls `body` for what is left after the last line feed, if anything is.
    mutating func finish(body: (UnsafeRawBufferPointer, Ending) -> Bool) {
        defer { rest = [] }
        guard !rest.isEmpty else { return }
        let ending: Ending = isSkipping ? .cut : .endOfStream
        _ = rest.withUnsafeBytes { body($0, ending) }
    }

    private mutating func take(_ line: UnsafeRawBufferPointer, body: (UnsafeRawBufferPointer, Ending) -> Bool) -> Bool {
        if rest.isEmpty {
            guard line.count > lineBytes else { return body(line, .lineFeed) }
            return body(UnsafeRawBufferPointer(rebasing: line[..<lineBytes]), .cut)
        }
        keep(line)
        let ending: Ending = isSkipping ? .cut : .lineFeed
        defer {
            rest.removeAll(keepingCapacity: true)
            isSkipping = false
        }
        return rest.withUnsafeBytes { body($0, ending) }
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        let room = lineBytes - rest.count
        if bytes.count > room { isSkipping = true }
        rest.append(contentsOf: bytes.prefix(max(room, 0)))
    }
}

extension Descriptor {
    /// Calls `body` for each line of this file; stops where it returns false.
    ///
    /// - Returns: whether the end of the file was reached within `limit` bytes.
    func forEachLine(
        limit: Int,
        lineBytes: Int = 65536,
        body: (UnsafeRawBufferPointer, LineSplitter.Ending) -> Bool
    ) throws(FileFailure) -> Bool {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
        defer { chunk.deallocate() }
        var splitter = LineSplitter(lineBytes: lineBytes)
        var total = 0
        while true {
            let count = try read(into: chunk)
            guard count > 0 else { break }
            total += count
            guard total <= limit else { throw .tooLarge }
            guard splitter.feed(UnsafeRawBufferPointer(rebasing: chunk[..<count]), body: body) else { return false }
        }
        splitter.finish(body: body)
        return true
    }
}
