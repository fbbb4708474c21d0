@testable import Agent

/// A state of an enrolled device, as `enroll` leaves it.
struct TestState {
    let folder: TemporaryFolder
    let identity: DeviceIdentity

    var path: String { folder.path }

    init() throws {
        folder = try TemporaryFolder()
        identity = try DeviceIdentity.test()
        try folder.write("key.pem", TestCertificates.deviceKey)
        try IdentityFiles(state: StateDirectory.open(folder.path, creating: false)).store(identity)
    }
}
