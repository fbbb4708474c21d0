/// How a call ended, as the server says.
///
/// Raw values are the numbers of `grpc-status`. Source: gRPC, "Status codes and their use in gRPC".
public enum GRPCStatusCode: Int, CaseIterable, Sendable, Hashable {
    /// Done.
    case ok = 0
    /// The caller gave up.
    case cancelled = 1
    /// Anything else.
    case unknown = 2
    /// The request is wrong in itself; sending it again cannot help.
    case invalidArgument = 3
    /// Time ran out.
    case deadlineExceeded = 4
    /// What was asked for does not exist.
    case notFound = 5
    /// It exists already.
    case alreadyExists = 6
    /// The caller may not do this.
    case permissionDenied = 7
    /// A quota or a queue is full.
    case resourceExhausted = 8
    /// The system is not in the state that this needs.
    case failedPrecondition = 9
    /// Given up because of others; may be tried again.
    case aborted = 10
    /// Beyond the end.
    case outOfRange = 11
    /// The server does not know this method.
    case unimplemented = 12
    /// The server is broken.
    case `internal` = 13
    /// The server cannot answer now.
    case unavailable = 14
    /// Data is lost.
    case dataLoss = 15
    /// The caller is not known.
    case unauthenticated = 16
}
