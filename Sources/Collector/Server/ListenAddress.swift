/// Where a listener waits: `HOST:PORT`, an IPv6 address in brackets.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// Name or address, without brackets.
    public var host: String
    /// TCP port; 0 lets the kernel choose.
    public var port: UInt16

    /// An address of its parts.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST:PORT`; `nil` when it is not that.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard let name = try? HostName(String(host)) else { return nil }
        self.init(host: name.text, port: port)
    }

    /// `HOST:PORT`, as `init` reads it.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
