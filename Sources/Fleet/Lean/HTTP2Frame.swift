/// The parts of HTTP/2 that one unary call at a time needs.
///
/// Source: RFC 9113.
enum HTTP2Frame {
    /// What begins a connection: the preface, and settings that switch off the table of recently used header fields (so
    /// that every answer can be read by itself) and pushed streams.
    static let opening: [UInt8] =
        Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        + header(length: 12, type: .settings, flags: 0, stream: 0) + [0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0]
    /// Bytes of a frame's header.
    static let headerBytes = 9
    /// The largest payload that may come, because we never allow more.
    static let payloadBytes = 16384
    /// The window of a connection and of each stream before anybody says otherwise, in bytes.
    static let window = 65535

    /// Flags of frames.
    enum Flag {
        static let endStream: UInt8 = 0x01
        static let acknowledge: UInt8 = 0x01
        static let endHeaders: UInt8 = 0x04
        static let padded: UInt8 = 0x08
        static let priority: UInt8 = 0x20
    }

    /// Kinds of frames.
    enum Kind: UInt8 {
        case data = 0
        case headers = 1
        case priority = 2
        case reset = 3
        case settings = 4
        case pushPromise = 5
        case ping = 6
        case goAway = 7
        case windowUpdate = 8
        case continuation = 9
    }

    /// A frame that came.
    struct Incoming {
        /// `nil` for a kind that nobody has to know.
        var kind: Kind?
        var flags: UInt8
        var stream: UInt32
        var payload: ArraySlice<UInt8>
    }

    /// What stands at the begin of some bytes.
    enum Parsed {
        /// A frame, and how many bytes it takes.
        case frame(Incoming, bytes: Int)
        /// The begin of a frame.
        case incomplete
        /// Not HTTP/2, or a frame that is larger than we allow.
        case malformed
    }

    /// Looks for a frame at the begin of the bytes.
    static func parse(_ bytes: ArraySlice<UInt8>) -> Parsed {
        guard bytes.count >= headerBytes else { return .incomplete }
        let head = bytes.prefix(headerBytes)
        let length = head.prefix(3).reduce(0) { $0 << 8 | Int($1) }
        guard length <= payloadBytes else { return .malformed }
        guard bytes.count >= headerBytes + length else { return .incomplete }
        let frame = Incoming(
            kind: Kind(rawValue: head[head.startIndex + 3]),
            flags: head[head.startIndex + 4],
            stream: head.suffix(4).reduce(0) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF,
            payload: bytes.dropFirst(headerBytes).prefix(length)
        )
        return .frame(frame, bytes: headerBytes + length)
    }

    /// The header of a frame.
    static func header(length: Int, type: Kind, flags: UInt8, stream: UInt32) -> [UInt8] {
        [
            UInt8(truncatingIfNeeded: length >> 16), UInt8(truncatingIfNeeded: length >> 8),
            UInt8(truncatingIfNeeded: length), type.rawValue, flags,
            UInt8(truncatingIfNeeded: stream >> 24), UInt8(truncatingIfNeeded: stream >> 16),
            UInt8(truncatingIfNeeded: stream >> 8), UInt8(truncatingIfNeeded: stream),
        ]
    }
}

extension HTTP2Frame.Incoming {
    /// The payload of a DATA or HEADERS frame without padding and priority; `nil` when they do not fit.
    var content: ArraySlice<UInt8>? {
        var rest = payload
        if flags & HTTP2Frame.Flag.padded != 0 {
            guard let padding = rest.popFirst(), rest.count >= Int(padding) else { return nil }
            rest = rest.dropLast(Int(padding))
        }
        if kind == .headers, flags & HTTP2Frame.Flag.priority != 0 {
            guard rest.count >= 5 else { return nil }
            rest = rest.dropFirst(5)
        }
        return rest
    }

    /// The number in a WINDOW_UPDATE.
    var increment: Int? {
        kind == .windowUpdate && payload.count == 4 ? payload.reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF : nil
    }

    /// The pairs of a SETTINGS frame.
    var settings: [(name: Int, value: Int)] {
        stride(from: payload.startIndex, to: payload.endIndex - payload.count % 6, by: 6).map { start in
            (
                payload[start..<(start + 2)].reduce(0) { $0 << 8 | Int($1) },
                payload[(start + 2)..<(start + 6)].reduce(0) { $0 << 8 | Int($1) }
            )
        }
    }
}
