/// One record of a Windows device, as `docs/probe-records.md` lists them: from the C probes, from a recording, or from a
/// mounted disk.
public struct ProbeRecord: Sendable, Hashable {
    /// What a field holds.
    ///
    /// A field that is not known is not there.
    public enum Value: Sendable, Hashable {
        /// UTF-8, at most 1,024 bytes.
        case text(String)
        /// A whole number.
        case number(Int64)
        /// A truth value.
        case boolean(Bool)
    }

    /// Such as `uninstall`.
    public var kind: String
    /// The fields that are known.
    public var fields: [String: Value]

    /// A record with all its parts.
    public init(_ kind: String, _ fields: [String: Value]) {
        self.kind = kind
        self.fields = fields
    }

    /// The text of a field; `nil` where it is not known or no text.
    public func text(_ name: String) -> String? {
        if case .text(let text)? = fields[name] { text } else { nil }
    }

    /// The number of a field; `nil` where it is not known or no number.
    public func number(_ name: String) -> Int64? {
        if case .number(let number)? = fields[name] { number } else { nil }
    }

    /// The truth value of a field; `nil` where it is not known or none.
    public func boolean(_ name: String) -> Bool? {
        if case .boolean(let boolean)? = fields[name] { boolean } else { nil }
    }
}
