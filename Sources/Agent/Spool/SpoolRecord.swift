import Shared
import Signatures

/// A signed report as it lies on the disk until the collector has it.
///
/// All numbers are big-endian; the checksum is SHA-256 over everything before it.
///
/// | bytes | what |
/// | --- | --- |
/// | 8 | `KHIENSPL` |
/// | 1 | version, 1 |
/// | 1 | kind |
/// | 32 | device id |
/// | 8 | epoch |
/// | 8 | sequence |
/// | 32 | digest of the inventory |
/// | 4 | length of the payload |
/// | length | payload: an encoded `SignedReport` |
/// | 32 | checksum |
public struct SpoolRecord: Sendable, Hashable {
    /// What a report is about; decides what may take its place.
    public enum Kind: UInt8, Sendable {
        /// An inventory: a newer one says all that an older one said.
        case inventory = 1
    }

    /// Why bytes are not a record.
    enum Damage: String, Error {
        /// Cut, changed, filled with zeros, or never ours.
        case damaged
        /// Made by a later version of the agent.
        case version
        /// Made by another device.
        case foreign
    }

    /// What the report is about.
    public var kind: Kind
    /// The report's epoch.
    public var epoch: UInt64
    /// The report's sequence.
    public var sequence: UInt64
    /// The digest of the report's inventory, 32 bytes.
    public var digest: [UInt8]
    /// The encoded `SignedReport`, sent again as it is.
    public var payload: [UInt8]

    /// A record with all its parts.
    public init(kind: Kind, epoch: UInt64, sequence: UInt64, digest: [UInt8], payload: [UInt8]) {
        self.kind = kind
        self.epoch = epoch
        self.sequence = sequence
        self.digest = digest
        self.payload = payload
    }

    private static let magic = Array("KHIENSPL".utf8)
    private static let version: UInt8 = 1
    private static let headBytes = 8 + 1 + 1 + 32 + 8 + 8 + 32 + 4

    /// The largest record, in bytes: a report at its limit, its signature and both frames around them.
    static let maximumBytes = headBytes + WireLimits.reportBytes + WireLimits.signatureBytes + 32 + SHA256.byteCount

    /// The bytes of the file.
    func encoded(deviceID: String) -> [UInt8] {
        var bytes = Self.magic
        bytes.reserveCapacity(Self.headBytes + payload.count + SHA256.byteCount)
        bytes.append(Self.version)
        bytes.append(kind.rawValue)
        bytes.append(contentsOf: deviceID.utf8)
        append(epoch, to: &bytes)
        append(sequence, to: &bytes)
        bytes.append(contentsOf: digest)
        append(UInt32(truncatingIfNeeded: payload.count), to: &bytes)
        bytes.append(contentsOf: payload)
        bytes.append(contentsOf: SHA256.hash(bytes))
        return bytes
    }

    /// Reads a file.
    ///
    /// - Throws: `Damage`.
    init(_ bytes: [UInt8], deviceID: String) throws(Damage) {
        guard bytes.count >= Self.headBytes + SHA256.byteCount, bytes.count <= Self.maximumBytes,
            bytes.starts(with: Self.magic),
            SHA256.hash(Array(bytes.dropLast(SHA256.byteCount))) == Array(bytes.suffix(SHA256.byteCount))
        else { throw .damaged }
        var cursor = bytes.dropFirst(Self.magic.count)
        guard Self.take(1, from: &cursor).first == Self.version else { throw .version }
        let kind = Kind(rawValue: Self.take(1, from: &cursor).first ?? 0)
        let owner = Self.take(32, from: &cursor)
        let epoch = Self.number(Self.take(8, from: &cursor))
        let sequence = Self.number(Self.take(8, from: &cursor))
        let digest = Array(Self.take(32, from: &cursor))
        let length = Self.number(Self.take(4, from: &cursor))
        guard owner.elementsEqual(deviceID.utf8) else { throw .foreign }
        guard let kind, cursor.count == SHA256.byteCount + Int(length) else { throw .damaged }
        self.init(
            kind: kind,
            epoch: epoch,
            sequence: sequence,
            digest: digest,
            payload: Array(cursor.dropLast(SHA256.byteCount))
        )
    }

    private func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func take(_ count: Int, from cursor: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let taken = cursor.prefix(count)
        cursor = cursor.dropFirst(count)
        return taken
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
