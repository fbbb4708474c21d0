import CAgentMessages
import CProtobufC

/// Memory for the C structures of one message: all of it is given back at once when the arena goes.
final class MessageArena {
    private var blocks: [UnsafeMutableRawPointer] = []
    /// Texts that had to be cut to their limit.
    private(set) var truncated = 0

    deinit { for block in blocks { block.deallocate() } }

    /// A structure in the state that protobuf-c's `init` function for it gives.
    func message<Message>(_ initialize: (UnsafeMutablePointer<Message>?) -> Void) -> UnsafeMutablePointer<Message> {
        let block = reserve(MemoryLayout<Message>.size, MemoryLayout<Message>.alignment)
        let message = block.bindMemory(to: Message.self, capacity: 1)
        initialize(message)
        return message
    }

    /// A C string of at most `limit` bytes, cut between characters; a NUL, which C cannot hold, becomes a space.
    func string(_ text: String, limit: Int) -> UnsafeMutablePointer<CChar> {
        var count = text.utf8.count
        if count > limit {
            truncated += 1
            count = limit
            let bytes = text.utf8
            // A character begins at every byte that is not 10xxxxxx.
            while count > 0, bytes[bytes.index(bytes.startIndex, offsetBy: count)] & 0xC0 == 0x80 { count -= 1 }
        }
        let block = reserve(count + 1, 1)
        let bytes = block.bindMemory(to: UInt8.self, capacity: count + 1)
        for (index, byte) in text.utf8.prefix(count).enumerated() { bytes[index] = byte == 0 ? 0x20 : byte }
        bytes[count] = 0
        return block.assumingMemoryBound(to: CChar.self)
    }

    /// A copy of bytes.
    func bytes(_ bytes: [UInt8]) -> ProtobufCBinaryData {
        guard !bytes.isEmpty else { return ProtobufCBinaryData(len: 0, data: nil) }
        let block = reserve(bytes.count, 1).bindMemory(to: UInt8.self, capacity: bytes.count)
        block.initialize(from: bytes, count: bytes.count)
        return ProtobufCBinaryData(len: bytes.count, data: block)
    }

    /// A C array of pointers.
    func array<Element>(
        _ elements: [UnsafeMutablePointer<Element>]
    )
        -> UnsafeMutablePointer<UnsafeMutablePointer<Element>?>?
    {
        guard !elements.isEmpty else { return nil }
        let pointer = MemoryLayout<UnsafeMutablePointer<Element>?>.self
        let block = reserve(pointer.stride * elements.count, pointer.alignment)
            .bindMemory(to: UnsafeMutablePointer<Element>?.self, capacity: elements.count)
        for (index, element) in elements.enumerated() { block[index] = element }
        return block
    }

    /// The encoding of a message.
    static func pack<Message>(
        _ message: UnsafeMutablePointer<Message>,
        size: (UnsafePointer<Message>?) -> Int,
        pack: (UnsafePointer<Message>?, UnsafeMutablePointer<UInt8>?) -> Int
    ) -> [UInt8] {
        let count = size(message)
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            written = count == 0 ? 0 : pack(message, buffer.baseAddress)
        }
    }

    private func reserve(_ count: Int, _ alignment: Int) -> UnsafeMutableRawPointer {
        let block = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: alignment)
        blocks.append(block)
        return block
    }
}
