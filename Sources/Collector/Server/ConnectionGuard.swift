internal import NIOCore
internal import NIOTLS
internal import Synchronization

/// Holds a listener to its number of connections, and each connection to its time for the handshake.
///
/// Stands behind the TLS handler, sees the end of the handshake and leaves the pipeline then.
final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let count: ConnectionCount
    private let handshakeTime: TimeAmount
    private var deadline: Scheduled<Void>?

    init(count: ConnectionCount, handshakeTime: Duration) {
        self.count = count
        self.handshakeTime = TimeAmount(handshakeTime)
    }

    func channelActive(context: ChannelHandlerContext) {
        guard count.enter() else {
            context.close(promise: nil)
            context.fireChannelActive()
            return
        }
        context.channel.closeFuture.assumeIsolated().whenComplete { [count] _ in count.leave() }
        let loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: handshakeTime) { loopBound.value.close(promise: nil) }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        guard case .handshakeCompleted = event as? TLSUserEvent else { return }
        deadline?.cancel()
        deadline = nil
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = nil
    }
}

/// How many connections one listener has.
final class ConnectionCount: Sendable {
    private let limit: Int
    private let count = Atomic(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// - Returns: whether there was room for one more.
    func enter() -> Bool {
        guard count.add(1, ordering: .relaxed).newValue > limit else { return true }
        leave()
        return false
    }

    func leave() {
        count.subtract(1, ordering: .relaxed)
    }
}
