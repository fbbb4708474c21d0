internal import Shared

/// A report whose sender, signature, sizes and shape are in order; what is left to ask is whether it is new.
struct VerifiedReport: Sendable {
    /// What an inventory-bearing report holds besides its place in the sequence.
    struct Contents: Sendable {
        var host: HostDescription
        /// Of the catalog that recognized the products.
        var catalogVersion: Int
        var inventory: Inventory
    }

    var deviceID: String
    var epoch: UInt64
    var sequence: UInt64
    var observedAt: Milliseconds
    /// SHA-256 over the encoded inventory, 32 bytes.
    var inventoryDigest: [UInt8]
    /// `nil` when only the digest was sent.
    var inventory: Contents?
    /// The bytes that were signed, and the signature over them.
    var payload: [UInt8]
    var signature: [UInt8]

    var place: ReportPlace { ReportPlace(deviceID: deviceID, epoch: epoch, sequence: sequence) }
}

/// One report of one device, by its number.
struct ReportPlace: Sendable, Hashable {
    var deviceID: String
    var epoch: UInt64
    var sequence: UInt64
}

/// What is answered to a report once it is on disk.
struct SubmitOutcome: Sendable, Hashable {
    var epoch: UInt64
    var sequence: UInt64
    /// Open ones that are not waived.
    var findings: [FindingRecord]
    var seat: SeatState
    var wantsInventory: Bool
    var nextReportSeconds: Int
    var answeredAt: Milliseconds
    /// Of the catalog that agents are given; 0 where there is none.
    var catalogVersion: Int
    /// Of a device in service; `nil` for others, whose reports are none of their unit's.
    var unitCode: String?
}
