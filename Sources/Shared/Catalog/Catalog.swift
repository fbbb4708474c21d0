internal import CCatalog

/// The data that maps what probes see to products.
///
/// Exact names only, case-sensitive. Built once; looking up a name allocates nothing.
public struct Catalog: Sendable {
    /// A product family: what survives renamings, updates and the parts of a suite.
    public struct Family: Sendable, Hashable {
        /// Such as `kaspersky-endpoint-security`.
        public var key: String
        /// The vendor's name for people.
        public var vendor: String
        /// The product's name for people.
        public var name: String
        /// What the family is in the first place.
        public var role: ProductRole
    }

    /// One name that is a sign of a family.
    public struct Signal: Sendable, Hashable {
        /// Index into ``Catalog/families``.
        public var family: Int
        /// Where the name is found.
        public var platform: HostDescription.Platform
        /// What kind of name it is.
        public var kind: SignalKind
        /// The name itself; a unit's with its suffix.
        public var value: String
        /// What it proves.
        public var role: ProductRole
        /// Whether others use the name too: counts only beside a strong sign.
        public var isWeak: Bool
        /// Whether another family claims the same name.
        public var isShared: Bool
    }

    /// Counts up with each change of the data.
    public let version: Int
    /// All families, sorted by key.
    public let families: [Family]
    /// All signals, sorted by platform, kind, value and family.
    public let signals: [Signal]
    /// Open addressing: index + 1 of the first signal with a name, or 0; its size is a power of two.
    private let slots: [UInt16]

    /// The catalog that this program was built with.
    public static func builtIn() throws(CatalogError) -> Catalog {
        var familyBytes = 0
        var signalBytes = 0
        guard let families = khien_catalog_families(&familyBytes) else { throw missing(.families) }
        guard let signals = khien_catalog_signals(&signalBytes) else { throw missing(.signals) }
        return try Catalog(
            families: UnsafeRawBufferPointer(start: families, count: familyBytes),
            signals: UnsafeRawBufferPointer(start: signals, count: signalBytes),
            version: Int(khien_catalog_version())
        )
    }

    /// A catalog from the bytes of its two tables.
    ///
    /// - Throws: ``CatalogError`` naming the first line that is wrong.
    public init(
        families: some Collection<UInt8>,
        signals: some Collection<UInt8>,
        version: Int
    ) throws(CatalogError) {
        let families = try CatalogTable.families(Array(families))
        let signals = try CatalogTable.signals(Array(signals), families: families)
        self.version = version
        self.families = families
        self.signals = signals
        self.slots = Self.slots(for: signals)
    }

    /// The signals with this exact name: none, one, or several weak ones of different families.
    public func signals(
        platform: HostDescription.Platform,
        kind: SignalKind,
        named name: UnsafeRawBufferPointer
    ) -> ArraySlice<Signal> {
        var slot = Self.hash(platform, kind, name) & (slots.count - 1)
        while slots[slot] != 0 {
            let first = Int(slots[slot]) - 1
            if Self.matches(signals[first], platform, kind, name) {
                return signals[first..<end(ofNameAt: first)]
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return []
    }

    /// The signals with this exact name.
    public func signals(platform: HostDescription.Platform, kind: SignalKind, named name: String) -> ArraySlice<Signal>
    {
        var name = name
        return name.withUTF8 { signals(platform: platform, kind: kind, named: UnsafeRawBufferPointer($0)) }
    }

    /// All signals of one kind, in order.
    public func signals(platform: HostDescription.Platform, kind: SignalKind) -> ArraySlice<Signal> {
        guard let first = signals.firstIndex(where: { $0.platform == platform && $0.kind == kind }) else { return [] }
        let end = signals[first...].firstIndex { $0.platform != platform || $0.kind != kind } ?? signals.endIndex
        return signals[first..<end]
    }

    private func end(ofNameAt first: Int) -> Int {
        var end = first + 1
        while end < signals.count, signals[end].hasSameName(as: signals[first]) { end += 1 }
        return end
    }

    private static func missing(_ table: CatalogError.Table) -> CatalogError {
        CatalogError(code: .missing, table: table, line: 0, message: "the program was built without it: build it again")
    }

    /// A table that is at most half full, so that a search always ends at a free slot.
    private static func slots(for signals: [Signal]) -> [UInt16] {
        var size = 16
        while size < signals.count * 2 { size *= 2 }
        var slots = [UInt16](repeating: 0, count: size)
        for (index, signal) in signals.enumerated() where index == 0 || !signal.hasSameName(as: signals[index - 1]) {
            var value = signal.value
            var slot = value.withUTF8 { hash(signal.platform, signal.kind, UnsafeRawBufferPointer($0)) } & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt16(index + 1)
        }
        return slots
    }

    private static func matches(
        _ signal: Signal,
        _ platform: HostDescription.Platform,
        _ kind: SignalKind,
        _ name: UnsafeRawBufferPointer
    ) -> Bool {
        signal.platform == platform && signal.kind == kind && signal.value.utf8.elementsEqual(name)
    }

    /// FNV-1a, 32 bits: the names come from the catalog, so nobody gains by choosing colliding ones.
    private static func hash(
        _ platform: HostDescription.Platform,
        _ kind: SignalKind,
        _ name: UnsafeRawBufferPointer
    ) -> Int {
        var hash: UInt32 = 2_166_136_261
        hash = (hash ^ UInt32(truncatingIfNeeded: platform.rawValue)) &* 16_777_619
        hash = (hash ^ UInt32(truncatingIfNeeded: kind.rawValue)) &* 16_777_619
        for byte in name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash)
    }
}

extension Catalog.Signal {
    /// Whether a probe that sees the one sees the other.
    func hasSameName(as other: Catalog.Signal) -> Bool {
        platform == other.platform && kind == other.kind && value == other.value
    }
}
