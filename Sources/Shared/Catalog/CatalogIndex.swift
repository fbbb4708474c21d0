/// Finds the signals that fit a name.
///
/// On Linux, where a hundred thousand packages are looked up, it allocates nothing.
struct CatalogIndex: Sendable {
    /// Linux: open addressing over exact names, index + 1 of the first signal with a name, or 0; a power of two.
    private let slots: [UInt16]
    /// Linux: the first signal of each prefix, the longest prefix first.
    private var linuxPrefixes: [SignalKind: [Int]] = [:]
    /// Other platforms: the first signal of each exact name. (Equality of strings is canonical equivalence.)
    private var names: [Name: Int] = [:]
    /// Other platforms: prefixes and the first signal of each, the longest first.
    private var prefixes: [Place: [(key: String, first: Int)]] = [:]

    private struct Place: Hashable {
        var platform: HostDescription.Platform
        var kind: SignalKind
    }

    private struct Name: Hashable {
        var place: Place
        var key: String
    }

    /// An index over sorted signals.
    init(_ signals: [Catalog.Signal]) {
        slots = Self.slots(for: signals)
        for (first, signal) in signals.enumerated() where Self.isFirst(first, in: signals) {
            let place = Place(platform: signal.platform, kind: signal.kind)
            switch (signal.platform == .linux, signal.isPrefix) {
            case (true, true): linuxPrefixes[signal.kind, default: []].append(first)
            case (true, false): break
            case (false, true): prefixes[place, default: []].append((signal.key, first))
            case (false, false): names[Name(place: place, key: signal.key)] = first
            }
        }
        for kind in linuxPrefixes.keys {
            linuxPrefixes[kind]?.sort { signals[$0].value.utf8.count > signals[$1].value.utf8.count }
        }
        for place in prefixes.keys { prefixes[place]?.sort { $0.key.utf8.count > $1.key.utf8.count } }
    }

    /// What is known about a name.
    func lookup(
        _ platform: HostDescription.Platform,
        _ kind: SignalKind,
        _ name: UnsafeRawBufferPointer,
        in signals: [Catalog.Signal]
    ) -> Catalog.Lookup {
        let first =
            platform == .linux
            ? linux(kind, name, signals) : other(platform, kind, String(decoding: name, as: UTF8.self))
        guard let first else { return .unknown }
        guard signals[first].family != nil else { return .lookAlike }
        var end = first + 1
        while end < signals.count, signals[end].hasSameName(as: signals[first]) { end += 1 }
        return .signals(signals[first..<end])
    }

    private func linux(_ kind: SignalKind, _ name: UnsafeRawBufferPointer, _ signals: [Catalog.Signal]) -> Int? {
        var slot = Self.hash(kind, name) & (slots.count - 1)
        while slots[slot] != 0 {
            let first = Int(slots[slot]) - 1
            let signal = signals[first]
            if signal.kind == kind, signal.value.utf8.elementsEqual(name) { return first }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard let prefixes = linuxPrefixes[kind] else { return nil }
        return prefixes.first { name.starts(with: signals[$0].value.utf8) }
    }

    private func other(_ platform: HostDescription.Platform, _ kind: SignalKind, _ name: String) -> Int? {
        let place = Place(platform: platform, kind: kind)
        var key = CatalogName.key(name, platform, kind)
        if let first = first(key, place) { return first }
        // What is inside a product's folder is the product's. The depth of a path is bounded by its length.
        guard kind == .path else { return nil }
        let separator: Character = platform == .windows ? "\\" : "/"
        while let end = key.lastIndex(of: separator), end > key.startIndex {
            key = String(key[..<end])
            if let first = names[Name(place: place, key: key)] { return first }
        }
        return nil
    }

    private func first(_ key: String, _ place: Place) -> Int? {
        names[Name(place: place, key: key)] ?? prefixes[place]?.first { key.hasPrefix($0.key) }?.first
    }

    private static func isFirst(_ index: Int, in signals: [Catalog.Signal]) -> Bool {
        index == 0 || !signals[index].hasSameName(as: signals[index - 1])
    }

    /// A table that is at most half full, so that a search always ends at a free slot.
    private static func slots(for signals: [Catalog.Signal]) -> [UInt16] {
        let wanted = signals.indices.filter {
            signals[$0].platform == .linux && !signals[$0].isPrefix && isFirst($0, in: signals)
        }
        var size = 16
        while size < wanted.count * 2 { size *= 2 }
        var slots = [UInt16](repeating: 0, count: size)
        for index in wanted {
            var value = signals[index].value
            var slot = value.withUTF8 { hash(signals[index].kind, UnsafeRawBufferPointer($0)) } & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt16(index + 1)
        }
        return slots
    }

    /// The names come from the catalog, so nobody gains by choosing colliding ones.
    private static func hash(_ kind: SignalKind, _ name: UnsafeRawBufferPointer) -> Int {
        var hash = NameHash()
        hash.add(UInt8(truncatingIfNeeded: kind.rawValue))
        for byte in name { hash.add(byte) }
        return Int(hash.value)
    }
}
