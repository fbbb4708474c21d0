#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a command writes: results to one place, remarks to another.
public struct Console: Sendable {
    /// Takes one line of the result.
    public var print: @Sendable (String) -> Void
    /// Takes one line about what happens.
    public var log: @Sendable (String) -> Void

    /// A console of two functions.
    public init(print: @escaping @Sendable (String) -> Void, log: @escaping @Sendable (String) -> Void) {
        self.print = print
        self.log = log
    }

    /// Standard output and standard error, one write for each line.
    public static let standard = Console(
        print: { write(line: $0, to: STDOUT_FILENO) },
        log: { write(line: $0, to: STDERR_FILENO) }
    )

    private static func write(line: String, to descriptor: Int32) {
        let bytes = Array((line + "\n").utf8)
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[offset...])
                return SystemCall.retrying { systemWrite(descriptor, rest) }
            }
            // Nobody listens any more; that is no reason to fail.
            guard written > 0 else { return }
            offset += written
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
