@testable import Agent

/// A state of an enrolled device, as `enroll` leaves it.
struct TestState {
    let folder: TemporaryFolder
    let identity: DeviceIdentity

    var path: String { folder.path }

    /// The state of a device of the authority in the test certificates, or of another one.
    init(authority: TestAuthority? = nil) throws {
        folder = try TemporaryFolder()
        identity = try authority.map { try DeviceIdentity.test(of: $0) } ?? DeviceIdentity.test()
        try folder.write("key.pem", TestCertificates.deviceKey)
        try IdentityFiles(state: StateDirectory.open(folder.path, creating: false)).store(identity)
    }
}
