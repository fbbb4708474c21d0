import Shared

/// Collects the pieces of one answer, and judges it when it is complete.
///
/// Nothing here trusts what it gets: it may be the log-in page of a network that catches every connection.
struct GRPCResponse {
    private var httpStatus: Int?
    private var isGRPC = false
    private var status: Int?
    private var statusMessage: [UInt8] = []
    private var body: [UInt8] = []
    private(set) var isTooLarge = false

    /// Bytes before each message: compression flag and length.
    static let prefixBytes = 5

    /// Forgets the answer before, and keeps its memory.
    mutating func reset() {
        httpStatus = nil
        isGRPC = false
        status = nil
        statusMessage.removeAll(keepingCapacity: true)
        body.removeAll(keepingCapacity: true)
        isTooLarge = false
    }

    /// Takes one line of headers or trailers.
    mutating func receiveHeader(_ line: UnsafeRawBufferPointer) {
        if line.starts(with: "HTTP/".utf8) {
            // A new head: what an informational answer (1xx) said before does not count.
            reset()
            httpStatus = Self.number(line.drop { $0 != UInt8(ascii: " ") }.dropFirst().prefix(3))
            return
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = line[..<colon]
        let value = Self.trimmed(line[line.index(after: colon)...])
        if Self.isName(name, "grpc-status") {
            // A second, different status would leave it open which one is true.
            let number = Self.number(value)
            status = status == nil || status == number ? number : GRPCStatusCode.unknown.rawValue
        } else if Self.isName(name, "grpc-message") {
            statusMessage = Array(value.prefix(4 * AgentLimits.shownTextBytes))
        } else if Self.isName(name, "content-type") {
            let type = "application/grpc"
            let next = value.dropFirst(type.utf8.count).first
            let ends = next == nil || next == UInt8(ascii: "+") || next == UInt8(ascii: ";")
            isGRPC = value.starts(with: type.utf8) && ends
        }
    }

    /// Takes a piece of the body; `false` when there is more than any answer may have.
    mutating func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= WireLimits.messageBytes + Self.prefixBytes - body.count else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// What the server said against the request; `nil` when it said nothing of the kind.
    ///
    /// Also holds where the transfer broke afterwards: a server may refuse before it has read everything.
    var refusal: TransportError? {
        guard isGRPC, let status, status != 0 else { return nil }
        let code = GRPCStatusCode(rawValue: status) ?? .unknown
        let text = PrintableText.escape(Self.percentDecoded(statusMessage))
        return TransportError(
            code: .status(code),
            message: "The collector refused (\(code)): \(text.isEmpty ? "it gave no reason" : text)"
        )
    }

    /// The one message of a good answer.
    ///
    /// - Throws: `TransportError` of code `status`, `unreachable` (a gateway has no collector behind it) or
    ///   `protocolViolation`.
    func message() throws(TransportError) -> [UInt8] {
        if let refusal { throw refusal }
        guard let httpStatus else { throw Self.violation("sent no answer") }
        guard httpStatus == 200 else {
            guard ![429, 502, 503, 504].contains(httpStatus) else {
                throw TransportError(
                    code: .unreachable,
                    message: "A gateway before the collector answered with HTTP status \(httpStatus); try again later."
                )
            }
            throw Self.violation("answered with HTTP status \(httpStatus)")
        }
        guard isGRPC else { throw Self.violation("answered with something else than gRPC") }
        guard status != nil else { throw Self.violation("broke off the answer before its end") }
        guard body.count >= Self.prefixBytes, body[0] == 0 else { throw Self.violation("sent a malformed answer") }
        let length = body[1..<Self.prefixBytes].reduce(0) { $0 << 8 | Int($1) }
        guard length == body.count - Self.prefixBytes else { throw Self.violation("sent a malformed answer") }
        return Array(body[Self.prefixBytes...])
    }

    private static func violation(_ what: String) -> TransportError {
        TransportError(
            code: .protocolViolation,
            message:
                "What listens at the collector's address \(what); check the address, and whether this network first "
                + "wants a log-in."
        )
    }

    private static func number(_ bytes: some Collection<UInt8>) -> Int? {
        guard (1...3).contains(bytes.count), bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func isName(_ bytes: some Collection<UInt8>, _ name: String) -> Bool {
        // HTTP/2 has lower-case names only; 0x20 lets HTTP/1.1 have others.
        bytes.count == name.utf8.count && zip(bytes, name.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        var rest = bytes.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return rest
    }

    /// `grpc-message` is percent-encoded UTF-8; a percent sign without two digits stands for itself.
    static func percentDecoded(_ bytes: [UInt8]) -> String {
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = hexadecimal(bytes[index + 1]), let low = hexadecimal(bytes[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
