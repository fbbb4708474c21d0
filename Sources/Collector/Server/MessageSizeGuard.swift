internal import GRPCCore
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

/// Answers a call whose first message says that it is too large with RESOURCE_EXHAUSTED.
///
/// The transport has the same limit, but it only cuts the stream, which a client takes for UNAVAILABLE and tries again
/// for ever. Later messages of one call are left to it.
final class MessageSizeGuard: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private enum State {
        /// Gathers the message's prefix. Goes to `passing` or `refused`.
        case reading([UInt8])
        /// The message may come. Final.
        case passing
        /// The call was answered; what still comes is dropped. Final.
        case refused
    }

    /// One byte that says whether the message is compressed, four for its length.
    ///
    /// Source: gRPC over HTTP/2, "Length-Prefixed-Message".
    private static let prefixBytes = 5

    private let limit: Int
    private var state = State.reading([])

    /// - Parameter limit: of a message, in bytes.
    init(limit: Int) {
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .data(let frame) = unwrapInboundIn(data), case .byteBuffer(let buffer) = frame.data else {
            context.fireChannelRead(data)
            return
        }
        if case .reading(var prefix) = state {
            prefix.append(contentsOf: buffer.readableBytesView.prefix(Self.prefixBytes - prefix.count))
            if prefix.count < Self.prefixBytes {
                state = .reading(prefix)
            } else {
                let length = prefix.dropFirst().reduce(0) { $0 << 8 | Int($1) }
                state = length > limit ? .refused : .passing
                if length > limit { refuse(context, length: length) }
            }
        }
        if case .refused = state { return }
        context.fireChannelRead(data)
    }

    private func refuse(_ context: ChannelHandlerContext, length: Int) {
        let headers: HPACKHeaders = [
            ":status": "200",
            "content-type": "application/grpc",
            "grpc-status": "\(RPCError.Code.resourceExhausted.rawValue)",
            "grpc-message": "The request has \(length) bytes, at most \(limit) are allowed. Send less.",
        ]
        let answer = HTTP2Frame.FramePayload.headers(.init(headers: headers, endStream: true))
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        context.close(promise: nil)
    }
}
