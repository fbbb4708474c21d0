/// Reads a catalog's text, of which `docs/catalog.md` has the form.
struct CatalogReader: ~Copyable {
    /// What a text holds.
    struct Contents {
        var version: Int
        var families: [Catalog.Family]
        var sources: [Catalog.Source]
        var signals: [Catalog.Signal]
    }

    private struct Row {
        var line: Int
        var family: String?
        var source: String
        var key: String
        var signal: Catalog.Signal
    }

    private let platforms: Set<HostDescription.Platform>?
    /// The words of the platforms whose rows are passed over unread; empty where all rows are checked.
    private let passedOver: [[UInt8]]
    private var version: Int?
    private var families: [(line: Int, family: Catalog.Family)] = []
    private var sources: [Catalog.Source] = []
    private var sourceIndices: [String: Int] = [:]
    private var rows: [Row] = []
    private var line = 0

    /// A reader that keeps the signals of some platforms.
    ///
    /// - Parameters:
    ///   - platforms: Those that are wanted; `nil` for all.
    ///   - isChecked: Whether the text was checked before, so that rows of other platforms need no second look.
    init(platforms: Set<HostDescription.Platform>?, isChecked: Bool) {
        let wanted = platforms.map { Set($0.map(\.catalogPlatform)) }
        self.platforms = wanted
        passedOver =
            isChecked ? Self.platforms.filter { !(wanted?.contains($0) ?? true) }.map { Array($0.word.utf8) } : []
    }

    /// Takes the whole text.
    mutating func read(_ text: some Collection<UInt8>) throws(CatalogError) {
        guard text.count <= CatalogLimits.textBytes else {
            throw CatalogError(
                code: .tooLarge,
                line: 0,
                message: "more than \(CatalogLimits.textBytes) bytes: a catalog has to fit into one message"
            )
        }
        for row in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            guard let first = row.first, first != UInt8(ascii: "#"), !isPassedOver(row) else { continue }
            try take(row)
        }
    }

    /// Whether the row is a signal or a look-alike of a platform that nobody wants.
    private func isPassedOver(_ row: some Collection<UInt8>) -> Bool {
        guard !passedOver.isEmpty else { return false }
        let tab = UInt8(ascii: "\t")
        var rest = row.drop { $0 != tab }.dropFirst()
        if row.first == UInt8(ascii: "s"), row.starts(with: "signal\t".utf8) {
            rest = rest.drop { $0 != tab }.dropFirst()
        } else if !row.starts(with: "lookalike\t".utf8) {
            return false
        }
        let platform = rest.prefix { $0 != tab }
        return passedOver.contains { $0.elementsEqual(platform) }
    }

    private mutating func take(_ row: some Collection<UInt8>) throws(CatalogError) {
        var fields: [String] = []
        for field in row.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false) {
            guard let text = String(validating: field, as: UTF8.self), !text.isEmpty,
                field.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
            else { throw error(.malformedLine, "a field is empty, holds a control character, or is not UTF-8") }
            fields.append(text)
        }
        switch fields[0] {
        case "version": try takeVersion(fields)
        case "source": try takeSource(fields)
        case "family": try takeFamily(fields)
        case "signal": try takeSignal(fields)
        case "lookalike": try takeLookAlike(fields)
        default:
            throw error(.unknownWord, "'\(fields[0])' is not a row: version, source, family, signal or lookalike")
        }
    }

    private mutating func takeVersion(_ fields: [String]) throws(CatalogError) {
        try expect(2, fields)
        guard let number = Int(fields[1]), (1...Int(UInt32.max)).contains(number) else {
            throw error(.malformedLine, "'\(fields[1])' is not a version: a number from 1")
        }
        guard version == nil else { throw error(.duplicate, "the version stands there twice") }
        version = number
    }

    private mutating func takeSource(_ fields: [String]) throws(CatalogError) {
        try expect(3, fields)
        guard Catalog.isKey(fields[1], limit: 32) else {
            throw error(.malformedLine, "'\(fields[1])' is not a key of at most 32 of [a-z0-9-]")
        }
        guard sourceIndices[fields[1]] == nil else {
            throw error(.duplicate, "source '\(fields[1])' stands there twice")
        }
        guard sources.count < CatalogLimits.sources else { throw error(.tooLarge, "too many sources") }
        sourceIndices[fields[1]] = sources.count
        sources.append(.init(key: fields[1], text: fields[2]))
    }

    private mutating func takeFamily(_ fields: [String]) throws(CatalogError) {
        try expect(5, fields)
        guard Catalog.isKey(fields[1], limit: WireLimits.shortBytes), !fields[1].hasPrefix(UnknownAntivirus.keyPrefix)
        else {
            throw error(
                .malformedLine,
                "'\(fields[1])' is not a key: at most 64 of [a-z0-9-], not beginning with '\(UnknownAntivirus.keyPrefix)'"
            )
        }
        guard fields[3].utf8.count <= WireLimits.shortBytes, fields[4].utf8.count <= WireLimits.nameBytes else {
            throw error(.tooLarge, "vendor or name is longer than a report allows: shorten it")
        }
        guard families.count < CatalogLimits.families else { throw error(.tooLarge, "too many families") }
        let family = Catalog.Family(
            key: fields[1],
            vendor: fields[3],
            name: fields[4],
            role: try role(fields[2])
        )
        families.append((line, family))
    }

    private mutating func takeSignal(_ fields: [String]) throws(CatalogError) {
        try expect(8, fields)
        guard let strength = Catalog.Strength.allCases.first(where: { $0.word == fields[5] }) else {
            throw error(.unknownWord, "'\(fields[5])' is not strong, weak or unconfirmed")
        }
        try append(
            family: fields[1],
            platform: fields[2],
            kind: fields[3],
            role: try role(fields[4]),
            strength: strength,
            source: fields[6],
            value: fields[7]
        )
    }

    private mutating func takeLookAlike(_ fields: [String]) throws(CatalogError) {
        try expect(5, fields)
        try append(
            family: nil,
            platform: fields[1],
            kind: fields[2],
            role: .component,
            strength: .strong,
            source: fields[3],
            value: fields[4]
        )
    }

    private mutating func append(
        family: String?,
        platform: String,
        kind: String,
        role: ProductRole,
        strength: Catalog.Strength,
        source: String,
        value: String
    ) throws(CatalogError) {
        guard let platform = Self.platforms.first(where: { $0.word == platform }) else {
            throw error(.unknownWord, "'\(platform)' is not linux, windows or macos")
        }
        guard let kind = SignalKind(word: kind) else { throw error(.unknownWord, "'\(kind)' is not a kind of signal") }
        guard kind.occurs(on: platform) else {
            throw error(.unknownWord, "there is no \(kind.word) on \(platform.word)")
        }
        guard rows.count < CatalogLimits.signals else { throw error(.tooLarge, "too many signals") }
        let (value, isPrefix) = try Self.value(value, platform, kind, line)
        let signal = Catalog.Signal(
            platform: platform,
            kind: kind,
            value: value,
            isPrefix: isPrefix,
            role: role,
            strength: strength,
            isShared: false,
            source: 0
        )
        rows.append(Row(line: line, family: family, source: source, key: signal.key, signal: signal))
    }

    /// Everything that was read, put in order, when it holds together.
    consuming func finish() throws(CatalogError) -> Contents {
        guard let version else {
            throw CatalogError(code: .malformedLine, line: 0, message: "there is no row 'version'")
        }
        let families = try sortedFamilies()
        var indices: [String: Int] = [:]
        for (index, family) in families.enumerated() { indices[family.key] = index }
        for index in rows.indices { try resolve(index, indices) }
        rows.sort { Self.precedes($0, $1) }
        for index in rows.indices.dropFirst() where Self.haveSameName(rows[index - 1], rows[index]) {
            try checkShared(index)
        }
        let signals = rows.map(\.signal).filter { platforms?.contains($0.platform) ?? true }
        return Contents(version: version, families: families, sources: sources, signals: signals)
    }

    private mutating func sortedFamilies() throws(CatalogError) -> [Catalog.Family] {
        families.sort { ($0.family.key, $0.line) < ($1.family.key, $1.line) }
        for (first, second) in zip(families, families.dropFirst()) where first.family.key == second.family.key {
            throw CatalogError(
                code: .duplicate,
                line: second.line,
                message: "family '\(second.family.key)' stands there twice: remove one"
            )
        }
        return families.map(\.family)
    }

    private mutating func resolve(_ index: Int, _ families: [String: Int]) throws(CatalogError) {
        let row = rows[index]
        if let key = row.family {
            guard let family = families[key] else {
                throw CatalogError(
                    code: .unknownFamily,
                    line: row.line,
                    message: "there is no row for family '\(key)': add it"
                )
            }
            rows[index].signal.family = family
        }
        guard let source = sourceIndices[row.source] else {
            throw CatalogError(
                code: .unknownSource,
                line: row.line,
                message: "there is no row for source '\(row.source)': add it"
            )
        }
        rows[index].signal.source = source
    }

    /// Two rows with one name: of one family they are a mistake, of two both must be weak, or nobody could tell them apart.
    private mutating func checkShared(_ index: Int) throws(CatalogError) {
        let (first, second) = (rows[index - 1], rows[index])
        let line = max(first.line, second.line)
        let name = "\(second.signal.kind.word) '\(second.signal.value)'"
        guard first.signal.family != second.signal.family else {
            throw CatalogError(code: .duplicate, line: line, message: "\(name) stands there twice: remove one")
        }
        guard first.signal.family != nil else {
            throw CatalogError(
                code: .ambiguousSignal,
                line: line,
                message: "\(name) is a look-alike and a sign of a family: remove one"
            )
        }
        // A maker has many products, and proves none of them alone.
        guard first.signal.isWeak && second.signal.isWeak || second.signal.kind.isMaker else {
            throw CatalogError(
                code: .ambiguousSignal,
                line: line,
                message: "two families claim \(name): call both weak, or remove one"
            )
        }
        rows[index - 1].signal.isShared = true
        rows[index].signal.isShared = true
    }

    private func role(_ word: String) throws(CatalogError) -> ProductRole {
        guard let role = ProductRole(word: word), role != .unknown else {
            throw error(.unknownWord, "'\(word)' is not a role")
        }
        return role
    }

    private func expect(_ count: Int, _ fields: [String]) throws(CatalogError) {
        guard fields.count == count else {
            throw error(.malformedLine, "\(fields.count) fields instead of \(count), separated by tabs")
        }
    }

    private func error(_ code: CatalogError.Code, _ message: String) -> CatalogError {
        CatalogError(code: code, line: line, message: message)
    }

    private static let platforms: [HostDescription.Platform] = [.linux, .windows, .macOS]
}

extension CatalogReader {
    /// A value without the `*` of a prefix, in the form of its kind.
    private static func value(
        _ text: String,
        _ platform: HostDescription.Platform,
        _ kind: SignalKind,
        _ line: Int
    ) throws(CatalogError) -> (String, isPrefix: Bool) {
        func error(_ code: CatalogError.Code, _ message: String) -> CatalogError {
            CatalogError(code: code, line: line, message: message)
        }
        var value = text
        let isPrefix = value.hasSuffix("*")
        if isPrefix { value.removeLast() }
        guard !isPrefix || value.utf8.count >= CatalogLimits.prefixBytes else {
            throw error(
                .malformedLine,
                "'\(text)' would fit too much: give at least \(CatalogLimits.prefixBytes) bytes"
            )
        }
        if kind.isUnit, !isPrefix, !hasUnitSuffix(value) { value += ".service" }
        guard value.utf8.count <= CatalogLimits.valueBytes else {
            throw error(.tooLarge, "the value is longer than \(CatalogLimits.valueBytes) bytes")
        }
        guard isValue(value, platform, kind) else {
            throw error(.malformedLine, "'\(text)' is not a value of kind \(kind.word)")
        }
        return (value, isPrefix)
    }

    private static func isValue(_ value: String, _ platform: HostDescription.Platform, _ kind: SignalKind) -> Bool {
        switch kind {
        case .path, .dataPath: platform == .windows ? isWindowsPath(value) : isPath(value)
        case .minifilter: isMinifilter(value)
        case .registry: value.uppercased().hasPrefix("HKLM\\SOFTWARE\\")
        // Titles, publishers and names of pipes may hold anything.
        case .uninstallName, .uninstallKey, .publisher, .securityCenter, .pipe: true
        default: !value.utf8.contains(UInt8(ascii: "/")) && !value.utf8.contains(UInt8(ascii: "\\"))
        }
    }

    /// `FILE@ALTITUDE`, the altitude being a decimal number.
    private static func isMinifilter(_ value: String) -> Bool {
        let parts = value.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let altitude = parts.last else { return false }
        return Altitude(altitude) != nil
    }

    private static func isWindowsPath(_ text: String) -> Bool {
        let hasPlace = text.hasPrefix("%") || text.dropFirst().hasPrefix(":\\")
        return hasPlace && text.utf8.contains(UInt8(ascii: "\\")) && !text.contains("*")
    }

    /// Absolute, and without parts that would lead elsewhere.
    private static func isPath(_ text: String) -> Bool {
        guard text.hasPrefix("/"), text.utf8.count > 1 else { return false }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    private static func hasUnitSuffix(_ text: String) -> Bool {
        [".service", ".socket", ".timer", ".target"].contains { text.hasSuffix($0) }
    }

    /// The order of a catalog: by platform, kind, exact before prefix, name, family, line.
    private static func precedes(_ left: Row, _ right: Row) -> Bool {
        let (one, other) = (left.signal, right.signal)
        if one.platform != other.platform { return one.platform.rawValue < other.platform.rawValue }
        if one.kind != other.kind { return one.kind < other.kind }
        if one.isPrefix != other.isPrefix { return other.isPrefix }
        if left.key != right.key { return left.key < right.key }
        return (one.family ?? -1, left.line) < (other.family ?? -1, right.line)
    }

    private static func haveSameName(_ left: Row, _ right: Row) -> Bool {
        let (one, other) = (left.signal, right.signal)
        return one.platform == other.platform && one.kind == other.kind && one.isPrefix == other.isPrefix
            && left.key == right.key
    }
}
