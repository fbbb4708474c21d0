/// Why a key could not be made, read or used.
public struct SignatureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure.
    public enum Code: Sendable, Hashable {
        /// The bytes are not a key.
        case malformedKey
        /// A key, but not one of P-256.
        case wrongCurve
        /// OpenSSL refused an operation that does not depend on input.
        case library
    }

    /// What kind of failure.
    public let code: Code
    /// What happened and what to do; holds nothing of the key.
    public let message: String

    /// An error with all its parts.
    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
