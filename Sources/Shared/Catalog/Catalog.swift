internal import CCatalog

/// The data that maps what probes see to products.
///
/// On Linux names match byte by byte; on Windows and macOS without regard to case, and by canonical equivalence. An exact
/// name wins over a prefix, and a longer prefix over a shorter one.
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

    /// How much a name proves.
    public enum Strength: Int, CaseIterable, Sendable, Hashable {
        /// A name that only this product uses.
        case strong = 1
        /// A name that others use too: counts only beside a strong one.
        case weak = 2
        /// A name that nobody has shown on a real device: counts as a weak one.
        case unconfirmed = 3

        /// The word in the catalog's table.
        public var word: String {
            switch self {
            case .strong: "strong"
            case .weak: "weak"
            case .unconfirmed: "unconfirmed"
            }
        }
    }

    /// One name, or the beginning of names, that is a sign of a family, or of what resembles an antivirus and is none.
    public struct Signal: Sendable, Hashable {
        /// Index into ``Catalog/families``; `nil` for a look-alike.
        public var family: Int?
        /// Where the name is found; Windows Server is Windows here.
        public var platform: HostDescription.Platform
        /// What kind of name it is.
        public var kind: SignalKind
        /// The name itself without the `*` of a prefix; a unit's with its suffix.
        public var value: String
        /// Whether names only have to begin with the value.
        public var isPrefix: Bool
        /// What it proves.
        public var role: ProductRole
        /// How much it proves.
        public var strength: Strength
        /// Whether another family claims the same name.
        public var isShared: Bool
        /// Index into ``Catalog/sources``.
        public var source: Int

        /// Whether it counts only beside a strong sign of its family.
        public var isWeak: Bool { strength != .strong }
    }

    /// Where names were read.
    public struct Source: Sendable, Hashable {
        /// A short key of the table.
        public var key: String
        /// An address, or words.
        public var text: String
    }

    /// What the catalog knows about a name.
    public enum Lookup: Sendable {
        /// Nothing.
        case unknown
        /// That it belongs to no antivirus.
        case lookAlike
        /// That it is a sign of one family, or of several, which then share it.
        case signals(ArraySlice<Signal>)

        /// The signals; none for a look-alike.
        public var signals: ArraySlice<Signal> {
            if case .signals(let signals) = self { signals } else { [] }
        }
    }

    /// Counts up with each change of the data.
    public let version: Int
    /// All families, sorted by key.
    public let families: [Family]
    /// Where names were read, in the order of the text.
    public let sources: [Source]
    /// Signals and look-alikes, sorted by platform, kind, name and family.
    public let signals: [Signal]
    private let index: CatalogIndex

    /// The catalog that this program was built with.
    ///
    /// - Parameter platforms: Those whose names are wanted; `nil` for all.
    /// - Returns: the catalog.
    /// - Throws: ``CatalogError``, which no released program does.
    public static func builtIn(
        for platforms: Set<HostDescription.Platform>? = nil
    ) throws(CatalogError) -> Catalog {
        try Catalog(text: builtInText(), for: platforms, isChecked: true)
    }

    /// The text of the catalog that this program was built with, UTF-8; lives as long as the program.
    ///
    /// - Returns: its bytes.
    /// - Throws: ``CatalogError``, which no released program does.
    public static func builtInText() throws(CatalogError) -> UnsafeRawBufferPointer {
        var count = 0
        guard let text = khien_catalog(&count) else {
            throw CatalogError(
                code: .missing,
                line: 0,
                message: "the program was built without it: build it again"
            )
        }
        return UnsafeRawBufferPointer(start: text, count: count)
    }

    /// A catalog from its text.
    ///
    /// - Parameters:
    ///   - text: The whole text, UTF-8.
    ///   - platforms: Those whose names are wanted; `nil` for all.
    ///   - isChecked: Whether the whole text was checked before; otherwise rows of other platforms are checked, too.
    /// - Throws: ``CatalogError`` naming the first line that is wrong.
    public init(
        text: some Collection<UInt8>,
        for platforms: Set<HostDescription.Platform>? = nil,
        isChecked: Bool = false
    ) throws(CatalogError) {
        var reader = CatalogReader(platforms: platforms, isChecked: isChecked)
        try reader.read(text)
        try self.init(reader)
    }

    init(_ reader: consuming CatalogReader) throws(CatalogError) {
        let contents = try reader.finish()
        version = contents.version
        families = contents.families
        sources = contents.sources
        signals = contents.signals
        index = CatalogIndex(contents.signals)
    }

    /// What is known about a name, given as bytes from a file.
    public func lookup(
        platform: HostDescription.Platform,
        kind: SignalKind,
        named name: UnsafeRawBufferPointer
    ) -> Lookup {
        index.lookup(platform.catalogPlatform, kind, name, in: signals)
    }

    /// What is known about a name.
    public func lookup(platform: HostDescription.Platform, kind: SignalKind, named name: String) -> Lookup {
        var name = name
        return name.withUTF8 { lookup(platform: platform, kind: kind, named: UnsafeRawBufferPointer($0)) }
    }

    /// The signals that fit this name; none for a look-alike.
    public func signals(
        platform: HostDescription.Platform,
        kind: SignalKind,
        named name: UnsafeRawBufferPointer
    ) -> ArraySlice<Signal> {
        lookup(platform: platform, kind: kind, named: name).signals
    }

    /// The signals that fit this name; none for a look-alike.
    public func signals(platform: HostDescription.Platform, kind: SignalKind, named name: String) -> ArraySlice<Signal>
    {
        lookup(platform: platform, kind: kind, named: name).signals
    }

    /// All signals and look-alikes of one kind, in order.
    public func signals(platform: HostDescription.Platform, kind: SignalKind) -> ArraySlice<Signal> {
        let platform = platform.catalogPlatform
        guard let first = signals.firstIndex(where: { $0.platform == platform && $0.kind == kind }) else { return [] }
        let end = signals[first...].firstIndex { $0.platform != platform || $0.kind != kind } ?? signals.endIndex
        return signals[first..<end]
    }

    /// Whether a text has the form of a key: 1 to `limit` bytes of `[a-z0-9-]`.
    public static func isKey(_ text: String, limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// The family with this key.
    public func family(_ key: String) -> Family? {
        families.first { $0.key == key }
    }
}

extension HostDescription.Platform {
    /// The platform under which the catalog has the names of this one.
    var catalogPlatform: Self { self == .windowsServer ? .windows : self }
}

extension Catalog.Signal {
    /// Whether whatever fits the one fits the other.
    func hasSameName(as other: Catalog.Signal) -> Bool {
        platform == other.platform && kind == other.kind && isPrefix == other.isPrefix && key == other.key
    }

    /// The value as names are compared with it.
    var key: String { CatalogName.key(value, platform, kind) }
}
