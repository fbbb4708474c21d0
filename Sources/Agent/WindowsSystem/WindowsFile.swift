#if os(Windows)
internal import WinSDK

/// Whole small files of the state.
struct WindowsFile {
    /// `GENERIC_READ` and `GENERIC_WRITE`.
    private static let reading: DWORD = 0x8000_0000
    private static let writing: DWORD = 0x4000_0000

    let path: String

    /// The contents; `nil` where there is no such file.
    ///
    /// - Throws: `AgentError` of code `stateDamaged` for a file over the limit, `stateUnsafe` for a link, `inputOutput`.
    func read(limit: Int) throws(AgentError) -> [UInt8]? {
        let opened = path.withWide {
            // A link is opened itself, never what it leads to.
            CreateFileW(
                $0,
                Self.reading,
                DWORD(FILE_SHARE_READ),
                nil,
                DWORD(OPEN_EXISTING),
                DWORD(FILE_FLAG_OPEN_REPARSE_POINT),
                nil
            )
        }
        guard let file = WindowsHandle(opened) else {
            let number = GetLastError()
            if number == DWORD(ERROR_FILE_NOT_FOUND) || number == DWORD(ERROR_PATH_NOT_FOUND) { return nil }
            throw .windows("open \(path)", number)
        }
        var information = BY_HANDLE_FILE_INFORMATION()
        guard GetFileInformationByHandle(file.raw, &information) else { throw .windows("look at \(path)") }
        let forbidden = DWORD(FILE_ATTRIBUTE_REPARSE_POINT) | DWORD(FILE_ATTRIBUTE_DIRECTORY)
        guard information.dwFileAttributes & forbidden == 0 else {
            throw AgentError(code: .stateUnsafe, message: "\(path) is no plain file; look at where it leads.")
        }
        guard information.nFileSizeHigh == 0, Int(information.nFileSizeLow) <= limit else {
            throw AgentError(code: .stateDamaged, message: "\(path) is larger than the agent ever makes it.")
        }
        var bytes = [UInt8](repeating: 0, count: Int(information.nFileSizeLow))
        var count: DWORD = 0
        let isRead = bytes.withUnsafeMutableBytes {
            ReadFile(file.raw, $0.baseAddress, DWORD($0.count), &count, nil)
        }
        guard isRead else { throw .windows("read \(path)") }
        return Array(bytes.prefix(Int(count)))
    }

    /// Makes the file, on the disk when this returns; false where there is one already.
    func create(_ bytes: [UInt8]) throws(AgentError) -> Bool {
        let opened = path.withWide {
            CreateFileW($0, Self.writing, 0, nil, DWORD(CREATE_NEW), DWORD(FILE_ATTRIBUTE_NORMAL), nil)
        }
        guard let file = WindowsHandle(opened) else {
            let number = GetLastError()
            if number == DWORD(ERROR_FILE_EXISTS) { return false }
            throw .windows("make \(path)", number)
        }
        var count: DWORD = 0
        let isWritten = bytes.withUnsafeBytes {
            WriteFile(file.raw, $0.baseAddress, DWORD($0.count), &count, nil)
        }
        guard isWritten, Int(count) == bytes.count, FlushFileBuffers(file.raw) else { throw .windows("write \(path)") }
        return true
    }

    /// Gives the file another name, at once and on the disk when this returns; false where there is such a file already.
    func move(to other: String) throws(AgentError) -> Bool {
        let isMoved = path.withWide { from in other.withWide { MoveFileExW(from, $0, DWORD(MOVEFILE_WRITE_THROUGH)) } }
        if isMoved { return true }
        let number = GetLastError()
        if number == DWORD(ERROR_ALREADY_EXISTS) || number == DWORD(ERROR_FILE_EXISTS) { return false }
        throw .windows("make \(other)", number)
    }

    /// Removes the file where it is there.
    func remove() throws(AgentError) {
        guard !path.withWide({ DeleteFileW($0) }) else { return }
        let number = GetLastError()
        if number != DWORD(ERROR_FILE_NOT_FOUND) { throw .windows("remove \(path)", number) }
    }
}
#endif
