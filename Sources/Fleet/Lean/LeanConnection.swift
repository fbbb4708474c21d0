internal import Agent
internal import Shared

/// Makes unary gRPC calls with as little work as possible: a load generator takes its processor time from what it measures.
///
/// It understands plain success and nothing else. Whatever is not that (a refusal, a pause of the flow control, a server that
/// goes away) ends the connection, and the caller makes the call again over the agent's own one, which can tell.
final class LeanConnection {
    private let socket: LeanSocket
    private let authority: String
    private var headers: (method: String, block: [UInt8]) = ("", [])

    private var stream: UInt32 = 1
    /// What the server still takes before it gives more, on this connection and on each new stream, in bytes.
    private var connectionWindow = HTTP2Frame.window
    private var streamWindow = HTTP2Frame.window
    /// What we took since we gave more, in bytes.
    private var taken = 0
    private var isGoing = false

    private var buffer: [UInt8] = []
    private var answer: [UInt8] = []

    /// Connects.
    ///
    /// - Throws: `TransportError` of code `unreachable`, `tls` or `library`.
    init(identity: DeviceIdentity, host: String, port: UInt16) throws(TransportError) {
        socket = try LeanSocket(identity: identity, host: host, port: port)
        authority = "\(host.contains(":") ? "[\(host)]" : host):\(port)"
        guard socket.send(HTTP2Frame.opening) else {
            throw TransportError(code: .unreachable, message: "The connection to \(authority) broke at once.")
        }
    }

    /// Whether the connection can make another call.
    var isUsable: Bool { !isGoing && stream < 0x7FFF_FFFF }

    /// Sends one message and waits for the answer; `nil` when that was not a plain success: the connection is of no more
    /// use then, and whether the message arrived is not known.
    func call(method: String, request: [UInt8]) -> [UInt8]? {
        let count = request.count + 5
        guard isUsable, count <= HTTP2Frame.payloadBytes, count <= connectionWindow, count <= streamWindow else {
            return nil
        }
        connectionWindow -= count
        let current = stream
        stream += 2
        guard socket.send(frames(method: method, request, stream: current)), let bytes = answer(on: current) else {
            isGoing = true
            return nil
        }
        return bytes
    }

    private func frames(method: String, _ request: [UInt8], stream: UInt32) -> [UInt8] {
        if headers.method != method {
            let agent = "khien-fleet/\(khienVersion)"
            headers = (method, HeaderBlock.request(method: method, authority: authority, userAgent: agent))
        }
        var bytes = HTTP2Frame.header(
            length: headers.block.count,
            type: .headers,
            flags: HTTP2Frame.Flag.endHeaders,
            stream: stream
        )
        bytes.reserveCapacity(bytes.count + headers.block.count + request.count + 2 * HTTP2Frame.headerBytes)
        bytes += headers.block
        bytes += HTTP2Frame.header(
            length: request.count + 5,
            type: .data,
            flags: HTTP2Frame.Flag.endStream,
            stream: stream
        )
        bytes.append(0)
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: request.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes += request
        return bytes
    }

    private func answer(on stream: UInt32) -> [UInt8]? {
        answer.removeAll(keepingCapacity: true)
        while true {
            var start = 0
            defer { buffer.removeFirst(start) }
            reading: while true {
                switch HTTP2Frame.parse(buffer[start...]) {
                case .malformed: return nil
                case .incomplete: break reading
                case .frame(let frame, let bytes):
                    start += bytes
                    switch take(frame, stream: stream) {
                    case .goOn: continue
                    case .failed: return nil
                    case .done: return message()
                    }
                }
            }
            guard receive() else { return nil }
        }
    }

    private enum Progress {
        case goOn
        case done
        case failed
    }

    private func take(_ frame: HTTP2Frame.Incoming, stream: UInt32) -> Progress {
        switch frame.kind {
        case .data:
            guard frame.stream == stream, let content = frame.content, frame.flags & HTTP2Frame.Flag.endStream == 0,
                answer.count + content.count <= WireLimits.messageBytes
            else { return .failed }
            answer += content
            return give(frame.payload.count) ? .goOn : .failed
        case .headers:
            guard frame.stream == stream, let block = frame.content, frame.flags & HTTP2Frame.Flag.endHeaders != 0
            else {
                return .failed
            }
            guard frame.flags & HTTP2Frame.Flag.endStream != 0 else { return .goOn }
            return HeaderBlock.saysOK(block) ? .done : .failed
        case .settings:
            guard frame.flags & HTTP2Frame.Flag.acknowledge == 0 else { return .goOn }
            // Each new stream begins with what SETTINGS_INITIAL_WINDOW_SIZE says.
            for setting in frame.settings where setting.name == 4 { streamWindow = setting.value }
            let flags = HTTP2Frame.Flag.acknowledge
            return socket.send(HTTP2Frame.header(length: 0, type: .settings, flags: flags, stream: 0)) ? .goOn : .failed
        case .ping:
            guard frame.flags & HTTP2Frame.Flag.acknowledge == 0 else { return .goOn }
            let flags = HTTP2Frame.Flag.acknowledge
            let head = HTTP2Frame.header(length: frame.payload.count, type: .ping, flags: flags, stream: 0)
            return socket.send(head + frame.payload) ? .goOn : .failed
        case .windowUpdate:
            guard let increment = frame.increment else { return .failed }
            if frame.stream == 0 { connectionWindow += increment }
            return .goOn
        case .goAway:
            // The call that is under way may still be answered.
            isGoing = true
            return .goOn
        case .reset:
            return frame.stream == stream ? .failed : .goOn
        case .pushPromise, .continuation:
            return .failed
        case .priority, nil:
            return .goOn
        }
    }

    /// Lets the server send as much again once half of the connection's window was used.
    private func give(_ count: Int) -> Bool {
        taken += count
        guard taken > HTTP2Frame.window / 2 else { return true }
        var update = HTTP2Frame.header(length: 4, type: .windowUpdate, flags: 0, stream: 0)
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: taken).bigEndian) { update.append(contentsOf: $0) }
        taken = 0
        return socket.send(update)
    }

    /// The one message of the answer, without the five bytes before it.
    private func message() -> [UInt8]? {
        guard answer.count >= 5, answer[0] == 0 else { return nil }
        let length = answer[1..<5].reduce(0) { $0 << 8 | Int($1) }
        return length == answer.count - 5 ? Array(answer[5...]) : nil
    }

    private func receive() -> Bool {
        let old = buffer.count
        guard old < 2 * HTTP2Frame.payloadBytes else { return false }
        var count = 0
        buffer.append(contentsOf: repeatElement(0, count: HTTP2Frame.payloadBytes))
        buffer.withUnsafeMutableBytes {
            count = socket.receive(into: UnsafeMutableRawBufferPointer(rebasing: $0[old...]))
        }
        buffer.removeLast(HTTP2Frame.payloadBytes - count)
        return count > 0
    }
}
