extension Unicode.Scalar {
    /// Whether it is a control character of any kind, such as a line break or the beginning of an escape sequence.
    public var isControl: Bool { properties.generalCategory == .control }
}
