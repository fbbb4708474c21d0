internal import Agent

/// A directory with the identities of a fleet, so that the next run need not enroll it again.
///
/// It holds private keys: of simulated devices, but of ones that the collector believes.
struct IdentityStore: Sendable {
    private let path: String

    /// Opens the directory, and makes it where there is none.
    init(path: String) throws(FleetError) {
        try LocalFile.makeDirectory(path)
        self.path = path
    }

    /// The identity of a device; `nil` when none was kept.
    ///
    /// - Throws: `FleetError` of code `state` or `inputOutput`.
    func identity(of device: SimulatedDevice) throws(FleetError) -> DeviceIdentity? {
        let path = file(of: device)
        guard LocalFile.exists(path) else { return nil }
        return try IdentityFile.decode(LocalFile.contents(of: path, limit: FleetLimits.identityBytes))
    }

    /// Keeps the identity of a device.
    ///
    /// - Throws: `FleetError` of code `state` or `inputOutput`.
    func keep(_ identity: DeviceIdentity, of device: SimulatedDevice) throws(FleetError) {
        let bytes: [UInt8]
        do {
            bytes = try IdentityFile.encode(identity)
        } catch {
            throw FleetError(.state, "Could not write an identity: \(error)", cause: error)
        }
        try LocalFile.replace(file(of: device), with: bytes)
    }

    private func file(of device: SimulatedDevice) -> String { "\(path)/device-\(device.index).pem" }
}
