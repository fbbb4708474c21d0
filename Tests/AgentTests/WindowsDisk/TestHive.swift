/// A key of a registry hive that a test makes.
struct TestKey: Sendable {
    var name: String
    var values: [TestValue] = []
    var children: [TestKey] = []

    init(_ name: String, _ values: [TestValue] = [], _ children: [TestKey] = []) {
        self.name = name
        self.values = values
        self.children = children
    }

    /// A key at the end of a path, with the keys above it.
    static func at(_ path: String, _ values: [TestValue] = [], _ children: [TestKey] = []) -> TestKey {
        let names = path.split(separator: "\\").map(String.init)
        return names.dropLast().reversed().reduce(TestKey(names.last ?? "", values, children)) { TestKey($1, [], [$0]) }
    }

    /// These keys as one tree: what has the same name is one key.
    static func merged(_ keys: [TestKey]) -> [TestKey] {
        var result: [TestKey] = []
        for key in keys {
            if let index = result.firstIndex(where: { $0.name == key.name }) {
                result[index].values += key.values
                result[index].children += key.children
            } else {
                result.append(key)
            }
        }
        return result.map { TestKey($0.name, $0.values, merged($0.children)) }
    }
}

/// A value of a key.
struct TestValue: Sendable {
    var name: String
    var type: UInt32
    var bytes: [UInt8]

    static func text(_ name: String, _ text: String, type: UInt32 = 1) -> TestValue {
        TestValue(name: name, type: type, bytes: (Array(text.utf16) + [0]).flatMap(\.littleEndianBytes))
    }

    static func expandText(_ name: String, _ value: String) -> TestValue { text(name, value, type: 2) }

    static func number(_ name: String, _ number: UInt32) -> TestValue {
        TestValue(name: name, type: 4, bytes: number.littleEndianBytes)
    }

    static func bytes(_ name: String, type: UInt32 = 3, _ bytes: [UInt8]) -> TestValue {
        TestValue(name: name, type: type, bytes: bytes)
    }
}

/// Writes hives in the format of Windows, for tests: what libhivex reads of them is real reading.
///
/// Source: "Windows registry file format specification" by Maxim Suhanov.
struct TestHive {
    var bytes: [UInt8]

    /// A clean hive with these keys below its root; keys of one name become one.
    init(_ keys: [TestKey], written: UInt64 = 134_089_632_000_000_000) {
        var cells = Cells()
        let root = cells.key(TestKey("ROOT", [], TestKey.merged(keys)), parent: 0, isRoot: true)
        let bins = cells.finished()
        var header = [UInt8](repeating: 0, count: 4096)
        header.put("regf", at: 0)
        header.put(UInt32(7), at: 4)
        header.put(UInt32(7), at: 8)
        header.put(written, at: 12)
        for (offset, number) in [(20, 1), (24, 5), (28, 0), (32, 1), (44, 1)] { header.put(UInt32(number), at: offset) }
        header.put(root, at: 36)
        header.put(UInt32(bins.count), at: 40)
        bytes = header + bins
        sign()
    }

    /// Where a text that is ASCII stands in the file, for damaging it.
    func offset(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        return bytes.indices.first { bytes[$0...].starts(with: wanted) }
    }

    /// Sets the numbers of the last writing that was begun and of the last that was finished.
    mutating func setSequences(begun: UInt32, finished: UInt32) {
        bytes.put(begun, at: 4)
        bytes.put(finished, at: 8)
        sign()
    }

    /// Makes the checksum of the header right.
    mutating func sign() {
        var sum: UInt32 = 0
        for offset in stride(from: 0, to: 508, by: 4) {
            sum ^= bytes[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        bytes.put(sum == 0 ? 1 : sum == .max ? .max - 1 : sum, at: 508)
    }

    /// A transaction log of Windows 8.1 and later whose entries have these numbers.
    static func log(header: UInt32, entries: [UInt32]) -> [UInt8] {
        var log = [UInt8](repeating: 0, count: 512)
        log.put("regf", at: 0)
        log.put(header, at: 4)
        log.put(header, at: 8)
        log.put(UInt32(6), at: 28)
        for number in entries {
            var entry = [UInt8](repeating: 0, count: 1024)
            entry.put("HvLE", at: 0)
            entry.put(UInt32(1024), at: 4)
            entry.put(number, at: 12)
            log += entry
        }
        return log
    }
}

/// The cells of a hive, in bins of one size or as large as their cell.
private struct Cells {
    private var bytes: [UInt8] = []
    private var binStart = 0
    private var binUsed = 0

    private static let binSize = 4096

    /// Room for a cell; returns its offset.
    private mutating func cell(_ content: [UInt8]) -> UInt32 {
        let size = (content.count + 4 + 7) / 8 * 8
        if binUsed == 0 || binUsed + size > bytes.count - binStart {
            closeBin()
            let bin = (size + 32 + Self.binSize - 1) / Self.binSize * Self.binSize
            binStart = bytes.count
            bytes += [UInt8](repeating: 0, count: bin)
            bytes.put("hbin", at: binStart)
            bytes.put(UInt32(binStart), at: binStart + 4)
            bytes.put(UInt32(bin), at: binStart + 8)
            binUsed = 32
        }
        let offset = binStart + binUsed
        bytes.put(UInt32(bitPattern: Int32(-size)), at: offset)
        bytes.replaceSubrange(offset + 4..<offset + 4 + content.count, with: content)
        binUsed += size
        return UInt32(offset)
    }

    private mutating func closeBin() {
        let free = bytes.count - binStart - binUsed
        if binUsed > 0, free > 0 { bytes.put(UInt32(free), at: binStart + binUsed) }
    }

    mutating func finished() -> [UInt8] {
        closeBin()
        return bytes
    }

    mutating func key(_ key: TestKey, parent: UInt32, isRoot: Bool = false) -> UInt32 {
        let isLatin = key.name.utf8.allSatisfy { $0 < 0x80 }
        let name = isLatin ? Array(key.name.utf8) : key.name.utf16.flatMap(\.littleEndianBytes)
        var record = [UInt8](repeating: 0, count: 76)
        record.put("nk", at: 0)
        record.put(UInt16((isRoot ? 0x0c : 0) | (isLatin ? 0x20 : 0)), at: 2)
        record.put(parent, at: 16)
        record.put(UInt32(key.children.count), at: 20)
        for offset in [28, 32, 40, 44, 48] { record.put(UInt32.max, at: offset) }
        record.put(UInt32(key.values.count), at: 36)
        record.put(UInt16(name.count), at: 72)
        let offset = cell(record + name)
        if !key.children.isEmpty {
            // Windows wants them sorted; so does nobody here, but a hive should be one.
            let children = key.children.sorted { $0.name.uppercased() < $1.name.uppercased() }
            let offsets = children.map { self.key($0, parent: offset) }
            bytes.put(list(offsets, children.map(\.name)), at: Int(offset) + 4 + 28)
        }
        if !key.values.isEmpty {
            let offsets = key.values.map { value($0) }
            bytes.put(cell(offsets.flatMap(\.littleEndianBytes)), at: Int(offset) + 4 + 40)
        }
        return offset
    }

    private mutating func list(_ offsets: [UInt32], _ names: [String]) -> UInt32 {
        guard offsets.count > 1000 else {
            var record = Array("lh".utf8) + UInt16(offsets.count).littleEndianBytes
            for (offset, name) in zip(offsets, names) {
                let hash = name.uppercased().utf16.reduce(UInt32(0)) { $0 &* 37 &+ UInt32($1) }
                record += offset.littleEndianBytes + hash.littleEndianBytes
            }
            return cell(record)
        }
        let parts = stride(from: 0, to: offsets.count, by: 1000).map { start in
            let end = min(start + 1000, offsets.count)
            return list(Array(offsets[start..<end]), Array(names[start..<end]))
        }
        return cell(Array("ri".utf8) + UInt16(parts.count).littleEndianBytes + parts.flatMap(\.littleEndianBytes))
    }

    private mutating func value(_ value: TestValue) -> UInt32 {
        let isLatin = value.name.utf8.allSatisfy { $0 < 0x80 }
        let name = isLatin ? Array(value.name.utf8) : value.name.utf16.flatMap(\.littleEndianBytes)
        var record = [UInt8](repeating: 0, count: 20)
        record.put("vk", at: 0)
        record.put(UInt16(name.count), at: 2)
        record.put(value.type, at: 12)
        record.put(UInt16(isLatin ? 1 : 0), at: 16)
        if value.bytes.count <= 4 {
            record.put(UInt32(value.bytes.count) | 0x8000_0000, at: 4)
            record.replaceSubrange(8..<8 + value.bytes.count, with: value.bytes)
        } else {
            record.put(UInt32(value.bytes.count), at: 4)
            record.put(cell(value.bytes), at: 8)
        }
        return cell(record + name)
    }
}

extension FixedWidthInteger {
    var littleEndianBytes: [UInt8] {
        (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
    }
}

extension [UInt8] {
    mutating func put(_ number: some FixedWidthInteger, at offset: Int) {
        let new = number.littleEndianBytes
        replaceSubrange(offset..<offset + new.count, with: new)
    }

    mutating func put(_ text: String, at offset: Int) {
        replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
}
