/// Makes unary gRPC calls: over the network, or in a test.
public protocol GRPCCalling {
    /// Sends one message and waits for the answer.
    ///
    /// - Parameters:
    ///   - method: `SERVICE/METHOD` with its package, such as `khien.v1.ReportingService/Submit`.
    ///   - request: The encoded message.
    /// - Returns: the encoded answer.
    /// - Throws: `TransportError`.
    func call(method: String, request: [UInt8]) throws(TransportError) -> [UInt8]
}

/// The methods that an agent calls.
public enum GRPCMethod {
    /// `EnrollmentService/Enroll`.
    public static let enroll = "khien.v1.EnrollmentService/Enroll"
    /// `ReportingService/Submit`.
    public static let submit = "khien.v1.ReportingService/Submit"
    /// `ReportingService/GetCatalog`.
    public static let getCatalog = "khien.v1.ReportingService/GetCatalog"
    /// `ReportingService/RenewCertificate`.
    public static let renewCertificate = "khien.v1.ReportingService/RenewCertificate"
}
