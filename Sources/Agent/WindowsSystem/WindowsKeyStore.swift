#if os(Windows)
internal import WinSDK

/// The device's private key in the state folder, sealed to this installation of Windows.
///
/// Why the folder's access list and the seal together, and not a key of the system's own store, is in
/// docs/decisions/2026-11-23-windows-key-is-a-sealed-file.md.
public struct WindowsKeyStore: Sendable {
    private static let name = "key.sealed"
    private static let limit = 64 * 1024

    private let folder: WindowsFolder

    /// A key in a folder.
    public init(folder: WindowsFolder) {
        self.folder = folder
    }

    /// The key's PEM; `nil` when none was made yet.
    ///
    /// - Throws: `AgentError` of code `stateDamaged` where the seal is another installation's, `stateUnsafe`, `inputOutput`.
    public func key() throws(AgentError) -> [UInt8]? {
        guard let sealed = try WindowsFile(path: path).read(limit: Self.limit) else { return nil }
        guard let pem = Self.opened(sealed) else {
            throw AgentError(
                code: .stateDamaged,
                message:
                    "\(path) is damaged or was made on another device. Without its key this device must become a new "
                    + "one: move the state away and enroll with a new token."
            )
        }
        return pem
    }

    /// Keeps a new key; false where there is one already, which stays.
    ///
    /// The key gets its name when it is whole and on the disk.
    public func create(_ pem: [UInt8]) throws(AgentError) -> Bool {
        guard try WindowsFile(path: path).read(limit: Self.limit) == nil else { return false }
        guard let sealed = Self.sealed(pem) else { throw .windows("seal the key") }
        let new = WindowsFile(path: path + ".new")
        // What an interrupted attempt left.
        try new.remove()
        guard try new.create(sealed) else { return false }
        return try new.move(to: path)
    }

    private var path: String { folder.path + "\\" + Self.name }

    private static func sealed(_ secret: [UInt8]) -> [UInt8]? {
        converted(secret) { input, output in
            CryptProtectData(input, nil, nil, nil, nil, flags | DWORD(CRYPTPROTECT_LOCAL_MACHINE), output)
        }
    }

    private static func opened(_ sealed: [UInt8]) -> [UInt8]? {
        converted(sealed) { input, output in CryptUnprotectData(input, nil, nil, nil, nil, flags, output) }
    }

    /// No window may ask anybody: nobody sits before a service.
    private static let flags = DWORD(CRYPTPROTECT_UI_FORBIDDEN)

    private static func converted(
        _ bytes: [UInt8],
        _ convert: (UnsafeMutablePointer<DATA_BLOB>, UnsafeMutablePointer<DATA_BLOB>) -> Bool
    ) -> [UInt8]? {
        var bytes = bytes
        return bytes.withUnsafeMutableBufferPointer { buffer in
            guard let count = DWORD(exactly: buffer.count) else { return nil }
            var input = DATA_BLOB(cbData: count, pbData: buffer.baseAddress)
            var output = DATA_BLOB()
            guard convert(&input, &output), let start = output.pbData else { return nil }
            let result = Array(UnsafeBufferPointer(start: start, count: Int(output.cbData)))
            // What held the key is not to lie around in memory that is given back.
            start.update(repeating: 0, count: Int(output.cbData))
            LocalFree(start)
            return result
        }
    }
}
#endif
