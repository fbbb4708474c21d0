extension JSONValue {
    /// The object with more members behind its own; anything else as it is.
    func adding(_ members: [Member]) -> JSONValue {
        guard case .object(let own) = self else { return self }
        return .object(own + members)
    }
}
