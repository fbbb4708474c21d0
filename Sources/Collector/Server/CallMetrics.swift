internal import GRPCCore
internal import Metrics
internal import Synchronization

/// Counters of calls by method and status: `khien_calls_total`.
final class CallMetrics: Sendable {
    private struct Key: Hashable {
        let method: String
        /// `nil` for success.
        let code: RPCError.Code?
    }

    // At most one for each method and status, both finite.
    private let counters = Mutex<[Key: Counter]>([:])

    /// Counts one call that ended; no code means success.
    func count(_ method: MethodDescriptor, code: RPCError.Code?) {
        let key = Key(method: method.fullyQualifiedMethod, code: code)
        let counter = counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let status = code.map { $0.description } ?? "ok"
            let counter = Counter(label: "khien_calls_total", dimensions: [("method", key.method), ("status", status)])
            counters[key] = counter
            return counter
        }
        counter.increment()
    }
}
