import Foundation

/// A folder of its own for one test, removed with everything in it.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "khien-agent-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file below the folder; without flushing it, which Foundation would.
    func write(_ name: String, _ bytes: [UInt8], mode: Int = 0o600) throws {
        // A file that is cut to nothing and written again is flushed by some file systems; a new one is not.
        unlink("\(path)/\(name)")
        let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL, mode_t(mode))
        guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw CocoaError(.fileWriteUnknown) }
            rest = rest.dropFirst(count)
        }
        // Whatever the process's mask took away.
        guard fchmod(file, mode_t(mode)) == 0 else { throw CocoaError(.fileWriteNoPermission) }
    }

    /// The bytes of a file below the folder.
    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
    }

    /// The names in a folder below this one, sorted.
    func names(in name: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)").sorted()
    }

    /// The rights of a file below the folder.
    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
    }

    /// Sets the rights of a file below the folder.
    func mode(_ name: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
    }

    /// Makes the folders above a file, where they are missing.
    func prepare(_ name: String) throws {
        try FileManager.default.createDirectory(
            at: URL(filePath: "\(path)/\(name)").deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
    }

    /// Makes a pipe, at which who opens it for reading waits for ever.
    func pipe(_ name: String) throws {
        try prepare(name)
        guard mkfifo("\(path)/\(name)", 0o644) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Makes a symbolic link below the folder.
    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
    }
}
