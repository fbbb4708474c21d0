/// How much of a Mac's disk is read before a source stops and says so.
struct MacLimits: Sendable, Hashable {
    /// Bytes of one property list.
    var propertyListBytes = 4 * 1024 * 1024
    /// Application bundles.
    var applications = 4096
    /// Entries of one folder that are looked at.
    var folderEntries = 8192
    /// Jobs of launchd.
    var jobs = 8192
    /// System extensions, those that wait for removal included.
    var extensions = 4096
    /// What one property list may ask for.
    var budget = StructureBudget()
}
