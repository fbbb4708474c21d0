#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What a system call answered, as a cause.
struct SystemError: Error, Sendable, CustomStringConvertible {
    /// The call, such as "open".
    let call: String
    /// The value of `errno` after it.
    let number: CInt

    /// The last failure of a call.
    static func last(_ call: String) -> SystemError { SystemError(call: call, number: errno) }

    /// What the number means, in the C library's words.
    var explanation: String { String(cString: strerror(number)) }

    var description: String { "\(call): \(explanation)" }
}
