/// Header fields as HTTP/2 carries them, without Huffman coding and without a table of recently used fields.
///
/// Source: RFC 7541; the numbers of names are those of its Appendix A.
enum HeaderBlock {
    /// The fields of a gRPC request.
    static func request(method: String, authority: String, userAgent: String) -> [UInt8] {
        // Whole fields of the static table: ":method: POST" and ":scheme: https".
        var block: [UInt8] = [0x83, 0x87]
        field(nameIndex: 4, "/" + method, into: &block)
        field(nameIndex: 1, authority, into: &block)
        field(nameIndex: 31, "application/grpc", into: &block)
        field(nameIndex: 58, userAgent, into: &block)
        block.append(0)
        string("te", into: &block)
        string("trailers", into: &block)
        return block
    }

    /// Whether the fields of an answer hold `grpc-status: 0`, written out as a name and a value.
    ///
    /// Only the shape is read, and the two texts are compared as they are, plain or in Huffman coding.
    static func saysOK(_ block: ArraySlice<UInt8>) -> Bool {
        var rest = block
        var isOK = false
        while let first = rest.first {
            if first & 0x80 != 0 {
                // A whole field by its number.
                guard integer(prefix: 7, &rest) != nil else { return false }
            } else if first & 0xE0 == 0x20 {
                // The size of the table of recently used fields.
                guard integer(prefix: 5, &rest) != nil else { return false }
            } else {
                // A name by its number or written out, and a value.
                guard let index = integer(prefix: first & 0x40 != 0 ? 6 : 4, &rest) else { return false }
                var isStatus = false
                if index == 0 {
                    guard let name = string(&rest) else { return false }
                    isStatus = statusNames.contains(name)
                }
                guard let value = string(&rest) else { return false }
                if isStatus {
                    guard zeros.contains(value) else { return false }
                    isOK = true
                }
            }
        }
        return isOK
    }

    /// A text as it stands in a block: whether it is in Huffman coding, and its bytes.
    private struct Text: Hashable {
        var isHuffman: Bool
        var bytes: [UInt8]
    }

    private static let statusNames: Set<Text> = [
        Text(isHuffman: false, bytes: Array("grpc-status".utf8)),
        Text(isHuffman: true, bytes: [0x9A, 0xCA, 0xC8, 0xB2, 0x12, 0x34, 0xDA, 0x8F]),
    ]
    private static let zeros: Set<Text> = [
        Text(isHuffman: false, bytes: Array("0".utf8)), Text(isHuffman: true, bytes: [0x07]),
    ]

    private static func field(nameIndex: Int, _ value: String, into block: inout [UInt8]) {
        append(nameIndex, prefix: 4, flags: 0, to: &block)
        string(value, into: &block)
    }

    private static func string(_ text: String, into block: inout [UInt8]) {
        append(text.utf8.count, prefix: 7, flags: 0, to: &block)
        block.append(contentsOf: text.utf8)
    }

    private static func string(_ rest: inout ArraySlice<UInt8>) -> Text? {
        guard let first = rest.first, let count = integer(prefix: 7, &rest), count <= rest.count else { return nil }
        let text = Text(isHuffman: first & 0x80 != 0, bytes: Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
        return text
    }

    /// Source: RFC 7541, section 5.1.
    private static func append(_ number: Int, prefix: Int, flags: UInt8, to block: inout [UInt8]) {
        let most = (1 << prefix) - 1
        guard number >= most else {
            block.append(flags | UInt8(truncatingIfNeeded: number))
            return
        }
        block.append(flags | UInt8(truncatingIfNeeded: most))
        var rest = number - most
        while rest >= 0x80 {
            block.append(UInt8(truncatingIfNeeded: rest & 0x7F) | 0x80)
            rest >>= 7
        }
        block.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func integer(prefix: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
        let most = (1 << prefix) - 1
        guard let first = rest.popFirst() else { return nil }
        var number = Int(first) & most
        guard number == most else { return number }
        for shift in stride(from: 0, through: 21, by: 7) {
            guard let next = rest.popFirst() else { return nil }
            number += Int(next & 0x7F) << shift
            if next & 0x80 == 0 { return number }
        }
        return nil
    }
}
