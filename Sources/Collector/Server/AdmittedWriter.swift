internal import GRPCCore

/// Asks before each message of an answer whether the caller may still have it: an answer that goes on for hours would outlive
/// a revocation.
struct AdmittedWriter<Element: Sendable>: RPCWriterProtocol {
    let writer: RPCWriter<Element>
    /// Throws when the caller may not.
    let admit: @Sendable () async throws -> Void

    func write(_ element: Element) async throws {
        try await admit()
        try await writer.write(element)
    }

    func write(contentsOf elements: some Sequence<Element>) async throws {
        for element in elements { try await write(element) }
    }
}
