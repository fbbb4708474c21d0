#if os(Windows)
internal import WinSDK

extension AgentError {
    /// A refusal of Windows, with its number.
    static func windows(_ attempt: String, _ number: DWORD = GetLastError()) -> AgentError {
        AgentError(
            code: .inputOutput,
            message: "Could not \(attempt): Windows error \(number); check the path, its rights and the free space."
        )
    }
}

extension String {
    /// Calls a function of Windows with the text in UTF-16 and a zero at its end.
    ///
    /// What `GetLastError` says afterwards is what that function left, whatever giving the memory back did.
    func withWide<Result>(_ body: (UnsafePointer<WCHAR>) -> Result) -> Result {
        let (result, number) = withUnits { (body($0), GetLastError()) }
        SetLastError(number)
        return result
    }

    private func withUnits<Result>(_ body: (UnsafePointer<WCHAR>) -> Result) -> Result {
        // A zero inside would name something else than was meant.
        let units = utf16.map { $0 == 0 ? 0xfffd : $0 } + [0]
        return units.withUnsafeBufferPointer { units in
            guard let start = units.baseAddress else { preconditionFailure("A text with its zero is not empty.") }
            return body(start)
        }
    }
}
#endif
