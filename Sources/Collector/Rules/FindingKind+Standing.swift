internal import Shared

extension FindingKind {
    /// Whether it puts a device into violation.
    ///
    /// A ghost is only to be cleaned up: it is listed, and accuses nobody.
    var isViolation: Bool { self != .ghostRegistration }
}
