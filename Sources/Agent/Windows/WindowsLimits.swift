/// How much of a Windows device's records is turned into facts, and how much of a recording is read.
public struct WindowsLimits: Sendable, Hashable {
    /// Records of one kind; more make their source partial.
    public var entries = 8192
    /// Facts of the whole device; more make the source of what is left out partial.
    public var facts = 65536
    /// Bytes of a whole recording.
    public var recordingBytes = 64 * 1024 * 1024
    /// Lines of a recording.
    public var lines = 100_000
    /// Bytes of one line.
    public var lineBytes = 64 * 1024
    /// Fields of one record.
    public var fields = 64
    /// Bytes of one text; longer text is cut at a character.
    public var textBytes = 1024

    /// Values within values of one line.
    var depth = 9
    /// Values of one line, with those within others.
    var values = 4096

    /// The limits that the agent runs with.
    public init() {}

    /// What one line may ask for.
    var lineBudget: StructureBudget { StructureBudget(depth: depth, values: values, textBytes: lineBytes) }
}
