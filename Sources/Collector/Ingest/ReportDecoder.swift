internal import Foundation
internal import Messages
internal import Shared
internal import Signatures
internal import SwiftProtobuf

/// From the bytes of the wire to a `VerifiedReport`: sizes, signature, identity and shape, in that order.
///
/// Nothing of a payload is looked at before its signature is found good.
struct ReportDecoder: Sendable {
    private let keys: VerifyingKeyCache

    init(keys: VerifyingKeyCache) {
        self.keys = keys
    }

    /// Checks what was received against the device and the key (SubjectPublicKeyInfo in DER) of the client certificate.
    func decode(
        _ signed: Khien_V1_SignedReport,
        from deviceID: String,
        publicKey: [UInt8]
    ) throws(CollectorError) -> VerifiedReport {
        guard signed.payload.count <= WireLimits.reportBytes else {
            throw CollectorError(.invalidArgument, "The report is over \(WireLimits.reportBytes) bytes. Send less.")
        }
        let payload = [UInt8](signed.payload)
        let signature = [UInt8](signed.signature)
        let signedBytes = PreAuthenticationEncoding.encode(
            type: PreAuthenticationEncoding.reportType,
            payload: payload
        )
        guard try keys.key(for: deviceID, publicKey).isValid(signature: signature, for: signedBytes) else {
            throw CollectorError(
                .invalidArgument,
                "The signature does not match the report. Sign it with the device's key."
            )
        }
        let report: Khien_V1_Report = try Self.parse(signed.payload, as: "report")
        guard report.deviceID == deviceID else {
            throw CollectorError(.permissionDenied, "The report is in another device's name than the certificate.")
        }
        let lastTime: Int64 = 253_402_300_799_999  // the last millisecond of the year 9999
        guard (1...UInt64(Int64.max)).contains(report.epoch), (1...UInt64(Int64.max)).contains(report.sequence),
            (0...lastTime).contains(report.observedAtMs)
        else {
            throw CollectorError(.invalidArgument, "Epoch, sequence or time of the report is out of range.")
        }
        guard report.inventoryDigest.count == SHA256.byteCount else {
            throw CollectorError(.invalidArgument, "The digest of the inventory must be 32 bytes.")
        }
        let digest = [UInt8](report.inventoryDigest)
        return VerifiedReport(
            deviceID: deviceID,
            epoch: report.epoch,
            sequence: report.sequence,
            observedAt: Milliseconds(report.observedAtMs),
            inventoryDigest: digest,
            inventory: report.inventory.isEmpty ? nil : try Self.contents(report.inventory, digest: digest),
            payload: payload,
            signature: signature
        )
    }

    private static func contents(_ bytes: Data, digest: [UInt8]) throws(CollectorError) -> VerifiedReport.Contents {
        guard bytes.count <= WireLimits.inventoryBytes else {
            throw CollectorError(
                .invalidArgument,
                "The inventory is over \(WireLimits.inventoryBytes) bytes. Send less."
            )
        }
        guard SHA256.hash([UInt8](bytes)) == digest else {
            throw CollectorError(.invalidArgument, "The inventory does not match its digest.")
        }
        let message: Khien_V1_Inventory = try parse(bytes, as: "inventory")
        return try message.contents()
    }

    private static func parse<Message: SwiftProtobuf.Message>(
        _ bytes: Data,
        as what: String
    ) throws(CollectorError) -> Message {
        do {
            return try Message(serializedBytes: bytes)
        } catch {
            throw CollectorError(.invalidArgument, "The \(what) is not a well-formed message.", cause: error)
        }
    }
}
