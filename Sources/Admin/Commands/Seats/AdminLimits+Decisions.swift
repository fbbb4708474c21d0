/// The limits of what officers ask and decide about units and seats; the collector has the same.
extension AdminLimits {
    /// The number of a decision's document, in bytes.
    static let documentBytes = 128
    /// A reason or an answer, in bytes.
    static let decisionTextBytes = 500
    /// A unit's name, in bytes.
    static let unitNameBytes = 256
    /// A unit's code, in characters.
    static let unitCodeBytes = 1...64
    /// Units that are merged at once.
    static let mergedUnits = 100
    /// Devices that go along with a split: whole ids of so many fit into one message (`WireLimits.messageBytes`).
    static let splitDevices = 20_000
    /// A file of devices' ids, in bytes.
    static let deviceFileBytes = 16 * 1024 * 1024
    /// A file of allocations, in bytes.
    static let allocationFileBytes = 768 * 1024
    /// Seats of a term.
    static let termSeats = 1...10_000_000
    /// Days of silence after which a seat is released.
    static let silenceDays = 1...3650
    /// Numbers of terms.
    static let termIDs = 1...Int(UInt32.max)
    /// What a unit may hold.
    static let allocationSeats = 0...1_000_000
    /// What a unit may ask for.
    static let requestSeats = 1...100_000
}
