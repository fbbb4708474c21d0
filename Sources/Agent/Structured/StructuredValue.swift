/// A value of a property list or of a JSON text.
enum StructuredValue: Equatable {
    case text(String)
    case number(Int64)
    case truth(Bool)
    case array([StructuredValue])
    case dictionary([String: StructuredValue])
    /// A date, data, a fraction, null: nothing that a probe asks for.
    case other

    /// The value of a key; `nil` where this is no dictionary or has no such key.
    subscript(key: String) -> StructuredValue? {
        if case .dictionary(let values) = self { values[key] } else { nil }
    }

    /// The text; `nil` where this is none.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The whole number; `nil` where this is none.
    var number: Int64? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The truth value; `nil` where this is none.
    var truth: Bool? {
        if case .truth(let truth) = self { truth } else { nil }
    }

    /// The elements; `nil` where this is no array.
    var array: [StructuredValue]? {
        if case .array(let values) = self { values } else { nil }
    }
}

/// Why a property list or a JSON text was not read.
enum StructureFailure: Error, Equatable {
    /// It is none, or it is damaged.
    case malformed
    /// Values within values within values, or a value within itself.
    case tooDeep
    /// More values or text than anybody needs; a small file can claim to hold very many.
    case tooLarge

    /// For people.
    var reason: String {
        switch self {
        case .malformed: "damaged, or of an unknown form"
        case .tooDeep: "nested too deeply"
        case .tooLarge: "more values than the limit"
        }
    }
}

/// What one text may still ask for: read values and text count against it, however often the file names them.
struct StructureBudget: Sendable, Hashable {
    /// Values within values.
    var depth = 32
    /// Values, keys included.
    var values = 100_000
    /// Bytes of text.
    var textBytes = 8 * 1024 * 1024

    /// Takes one value at a depth.
    mutating func enter(_ level: Int) throws(StructureFailure) {
        guard level < depth else { throw .tooDeep }
        guard values > 0 else { throw .tooLarge }
        values -= 1
    }

    /// Takes a text.
    mutating func take(_ count: Int) throws(StructureFailure) {
        guard count <= textBytes else { throw .tooLarge }
        textBytes -= count
    }
}
