/// What a look without a collector takes for the approved product.
public enum ApprovedProduct {
    /// The family that the province licensed.
    ///
    /// The collector knows the term that is in force; a scan without a network does not.
    public static let family = "kaspersky-endpoint-security"
}
