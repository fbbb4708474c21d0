internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The device's words about itself.
struct HostProbe {
    let context: ProbeContext

    /// Reads them; what cannot be read is said to be unknown.
    func run() -> HostDescription {
        HostDescription(
            name: name() ?? "unknown",
            operatingSystem: operatingSystem() ?? "Linux",
            platform: .linux,
            architecture: architecture() ?? "unknown",
            agentVersion: khienVersion
        )
    }

    private func name() -> String? {
        var bytes: [UInt8]?
        if context.root.isHost {
            var buffer = [UInt8](repeating: 0, count: WireLimits.hostNameBytes + 1)
            let result = buffer.withUnsafeMutableBytes { bytes -> Int32 in
                guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return -1 }
                return gethostname(base, bytes.count - 1)
            }
            if result == 0 { bytes = Array(buffer.prefix { $0 != 0 }) }
        } else {
            bytes = try? context.root.read("/etc/hostname", limit: context.limits.textFileBytes)
        }
        guard let bytes else { return nil }
        // Source: hostname(5): comments are lines that begin with '#'.
        let line = bytes.split(separator: UInt8(ascii: "\n")).first { $0.first != UInt8(ascii: "#") } ?? []
        let name = WireText.text(line.filter { $0 > 0x20 }, limit: WireLimits.hostNameBytes)
        return name.isEmpty ? nil : name
    }

    private func operatingSystem() -> String? {
        for path in ["/etc/os-release", "/usr/lib/os-release"] {
            guard let bytes = try? context.root.read(path, limit: context.limits.textFileBytes) else { continue }
            return OSRelease.prettyName(bytes).map { WireText.text($0, limit: WireLimits.nameBytes) }
        }
        return nil
    }

    /// The machine's, also for a prepared tree: nothing in a tree says for which it was made.
    private func architecture() -> String? {
        var names = utsname()
        guard uname(&names) == 0 else { return nil }
        return withUnsafeBytes(of: &names.machine) { bytes in
            WireText.text(bytes.prefix { $0 != 0 }, limit: WireLimits.versionBytes)
        }
    }
}

/// Reads os-release(5): assignments as a shell would read them.
enum OSRelease {
    /// `PRETTY_NAME`, else `NAME` and `VERSION_ID`, else `nil`.
    static func prettyName(_ bytes: [UInt8]) -> String? {
        var values: [String: String] = [:]
        for line in bytes.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")), line.first != UInt8(ascii: "#") else { continue }
            let key = String(decoding: line[..<equals], as: UTF8.self)
            guard ["PRETTY_NAME", "NAME", "VERSION_ID"].contains(key) else { continue }
            values[key] = String(decoding: unquoted(line[(equals + 1)...]), as: UTF8.self)
        }
        if let name = values["PRETTY_NAME"], !name.isEmpty { return name }
        guard let name = values["NAME"], !name.isEmpty else { return nil }
        guard let version = values["VERSION_ID"], !version.isEmpty else { return name }
        return "\(name) \(version)"
    }

    private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var text = text
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
        var quote: UInt8?
        if let first = text.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            quote = first
            text.removeFirst()
        }
        var value: [UInt8] = []
        var isEscaped = false
        for byte in text {
            if isEscaped {
                value.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                isEscaped = true
            } else if byte == quote {
                break
            } else {
                value.append(byte)
            }
        }
        return value
    }
}
