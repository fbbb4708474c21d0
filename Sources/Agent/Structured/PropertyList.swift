/// Reads a property list in either of the forms that macOS writes.
///
/// Foundation's decoder stands for three more megabytes of memory in an agent that has none of Foundation, and follows a
/// deeply nested file until the stack is over; this one has a limit on all that a file may ask for.
enum PropertyList {
    /// The list in a file's bytes.
    static func read(
        _ bytes: [UInt8],
        budget: StructureBudget = StructureBudget()
    ) throws(StructureFailure) -> StructuredValue {
        if bytes.starts(with: "bplist0".utf8) {
            var reader = BinaryPropertyList(bytes, budget: budget)
            return try reader.read()
        }
        var reader = XMLPropertyList(bytes, budget: budget)
        return try reader.read()
    }
}
