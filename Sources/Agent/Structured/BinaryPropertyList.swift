/// Reads the binary form of a property list: a table of objects that name each other by number.
///
/// Source: Core Foundation, CFBinaryPList.c (its opening comment).
struct BinaryPropertyList {
    private let bytes: [UInt8]
    private var budget: StructureBudget
    private var table = 0
    private var offsetBytes = 0
    private var referenceBytes = 0
    private var objects = 0

    init(_ bytes: [UInt8], budget: StructureBudget) {
        self.bytes = bytes
        self.budget = budget
    }

    /// The value at the top.
    mutating func read() throws(StructureFailure) -> StructuredValue {
        let trailer = bytes.count - 32
        guard trailer >= 8 else { throw .malformed }
        offsetBytes = Int(bytes[trailer + 6])
        referenceBytes = Int(bytes[trailer + 7])
        objects = try integer(at: trailer + 8, count: 8)
        let top = try integer(at: trailer + 16, count: 8)
        table = try integer(at: trailer + 24, count: 8)
        guard (1...8).contains(offsetBytes), (1...8).contains(referenceBytes), (8...trailer).contains(table),
            objects <= (trailer - table) / offsetBytes
        else { throw .malformed }
        return try value(top, level: 0)
    }

    private mutating func value(_ object: Int, level: Int) throws(StructureFailure) -> StructuredValue {
        try budget.enter(level)
        guard object < objects else { throw .malformed }
        let place = try integer(at: table + object * offsetBytes, count: offsetBytes)
        guard (8..<table).contains(place) else { throw .malformed }
        let marker = bytes[place]
        switch marker >> 4 {
        case 0x0:
            return marker == 0x08 ? .truth(false) : marker == 0x09 ? .truth(true) : .other
        case 0x1:
            let count = 1 << Int(marker & 0x0f)
            // Sixteen bytes hold unsigned numbers over Int64's; nobody asks for those.
            guard count <= 8 else { return .other }
            return .number(try signed(at: place + 1, count: count))
        case 0x5, 0x6:
            return .text(try text(at: place))
        case 0xa:
            let (count, start) = try length(at: place)
            var values: [StructuredValue] = []
            for index in 0..<count {
                values.append(try value(try reference(start, index, of: count), level: level + 1))
            }
            return .array(values)
        case 0xd:
            let (count, start) = try length(at: place)
            guard count <= (table - start) / referenceBytes / 2 else { throw .malformed }
            var values: [String: StructuredValue] = [:]
            for index in 0..<count {
                let key = try value(try reference(start, index, of: 2 * count), level: level + 1)
                let object = try reference(start, count + index, of: 2 * count)
                guard let key = key.text else { throw .malformed }
                values[key] = try value(object, level: level + 1)
            }
            return .dictionary(values)
        default:
            return .other
        }
    }

    private mutating func text(at place: Int) throws(StructureFailure) -> String {
        let (count, start) = try length(at: place)
        let isWide = bytes[place] >> 4 == 0x6
        guard count <= (table - start) / (isWide ? 2 : 1) else { throw .malformed }
        try budget.take(isWide ? 2 * count : count)
        guard isWide else { return String(decoding: bytes[start..<(start + count)], as: UTF8.self) }
        let units = (0..<count).map { UInt16(bytes[start + 2 * $0]) << 8 | UInt16(bytes[start + 2 * $0 + 1]) }
        return String(decoding: units, as: UTF16.self)
    }

    /// How many elements an object has, and where they begin: in the marker, or in a number behind it.
    private func length(at place: Int) throws(StructureFailure) -> (count: Int, start: Int) {
        let count = Int(bytes[place] & 0x0f)
        guard count == 0x0f else { return (count, place + 1) }
        guard place + 1 < table, bytes[place + 1] >> 4 == 0x1 else { throw .malformed }
        let size = 1 << Int(bytes[place + 1] & 0x0f)
        guard size <= 8, place + 2 + size <= table else { throw .malformed }
        return (try integer(at: place + 2, count: size), place + 2 + size)
    }

    private func reference(_ start: Int, _ index: Int, of count: Int) throws(StructureFailure) -> Int {
        guard count <= (table - start) / referenceBytes else { throw .malformed }
        return try integer(at: start + index * referenceBytes, count: referenceBytes)
    }

    /// A number that counts something in this file; none is larger than the file.
    private func integer(at place: Int, count: Int) throws(StructureFailure) -> Int {
        guard place >= 0, count <= 8, place <= bytes.count - count else { throw .malformed }
        let number = bytes[place..<(place + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard number <= UInt64(bytes.count) else { throw .malformed }
        return Int(number)
    }

    /// Numbers of fewer than eight bytes have no sign.
    private func signed(at place: Int, count: Int) throws(StructureFailure) -> Int64 {
        guard place <= table - count else { throw .malformed }
        return Int64(bitPattern: bytes[place..<(place + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
