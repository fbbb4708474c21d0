#if os(Windows)
internal import WinSDK

/// A folder that only the system and its administrators can look into.
///
/// Everybody may make folders below `ProgramData`, so one that is there already counts only when it is no link and belongs
/// to the system or its administrators; its access list is set anew each time.
public struct WindowsFolder: Sendable {
    /// Full control for the system and for administrators, also of what is made inside; nothing is inherited from above.
    private static let access = "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"

    /// The path, for messages.
    public let path: String

    /// Makes the folder where it is missing.
    ///
    /// - Throws: `AgentError` of code `stateUnsafe` for a link and for somebody else's folder, `inputOutput`.
    public init(_ path: String) throws(AgentError) {
        self.path = path
        let descriptor = try Self.descriptor()
        defer { LocalFree(descriptor) }
        var attributes = SECURITY_ATTRIBUTES()
        attributes.nLength = DWORD(MemoryLayout<SECURITY_ATTRIBUTES>.size)
        attributes.lpSecurityDescriptor = descriptor
        let isMade = path.withWide { CreateDirectoryW($0, &attributes) }
        if isMade { return }
        let number = GetLastError()
        guard number == DWORD(ERROR_ALREADY_EXISTS) else { throw .windows("make the folder \(path)", number) }
        try refuseForeign()
        let parts = DWORD(DACL_SECURITY_INFORMATION) | Self.protectedAccess
        guard path.withWide({ SetFileSecurityW($0, parts, descriptor) }) else {
            throw .windows("set who may open \(path)")
        }
    }

    /// Where Khien keeps its state: `C:\ProgramData\Khien` on most devices.
    public static func statePath() throws(AgentError) -> String {
        var programData = GUID(
            Data1: 0x62AB_5D82,
            Data2: 0xFDC1,
            Data3: 0x4DC3,
            Data4: (0xA9, 0xDD, 0x07, 0x0D, 0x1D, 0x49, 0x5D, 0x97)
        )
        var text: PWSTR?
        let result = SHGetKnownFolderPath(&programData, 0, nil, &text)
        defer { CoTaskMemFree(text) }
        guard result >= 0, let text else {
            throw .windows("find the folder for programs' data", DWORD(bitPattern: result))
        }
        return String(decodingCString: text, as: UTF16.self) + "\\Khien"
    }

    private func refuseForeign() throws(AgentError) {
        let attributes = path.withWide { GetFileAttributesW($0) }
        guard attributes != DWORD.max else { throw .windows("look at \(path)") }
        let isLink = attributes & DWORD(FILE_ATTRIBUTE_REPARSE_POINT) != 0
        guard !isLink, attributes & DWORD(FILE_ATTRIBUTE_DIRECTORY) != 0 else {
            throw AgentError(code: .stateUnsafe, message: "\(path) is no folder of its own; look at where it leads.")
        }
        var owner: PSID?
        var descriptor: PSECURITY_DESCRIPTOR?
        let number = path.withWide {
            GetNamedSecurityInfoW(
                $0,
                SE_FILE_OBJECT,
                DWORD(OWNER_SECURITY_INFORMATION),
                &owner,
                nil,
                nil,
                nil,
                &descriptor
            )
        }
        defer { LocalFree(descriptor) }
        guard number == 0, let owner else { throw .windows("see whose \(path) is", number) }
        let isTrusted =
            IsWellKnownSid(owner, WinLocalSystemSid) || IsWellKnownSid(owner, WinBuiltinAdministratorsSid)
        guard isTrusted else {
            throw AgentError(
                code: .stateUnsafe,
                message: "\(path) belongs neither to the system nor to its administrators; look at what is in it, then "
                    + "remove it."
            )
        }
    }

    private static func descriptor() throws(AgentError) -> PSECURITY_DESCRIPTOR {
        var descriptor: PSECURITY_DESCRIPTOR?
        let isRead = access.withWide {
            ConvertStringSecurityDescriptorToSecurityDescriptorW($0, DWORD(SDDL_REVISION_1), &descriptor, nil)
        }
        guard isRead, let descriptor else { throw .windows("describe who may open the state") }
        return descriptor
    }

    /// `PROTECTED_DACL_SECURITY_INFORMATION`, whose macro not every header lets Swift see.
    private static let protectedAccess: DWORD = 0x8000_0000
}
#endif
