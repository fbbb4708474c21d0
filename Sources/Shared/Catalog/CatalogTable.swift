/// Reads the catalog's two tables: tab-separated, `#` begins a comment line, LF ends a line.
enum CatalogTable {
    /// The families, sorted by key.
    static func families(_ bytes: [UInt8]) throws(CatalogError) -> [Catalog.Family] {
        var families: [Catalog.Family] = []
        try rows(bytes, in: .families, columns: 4, limit: CatalogLimits.families) { line, fields throws(CatalogError) in
            guard isKey(fields[0]) else {
                throw error(.malformedLine, .families, line, "'\(fields[0])' is not a key of at most 64 of [a-z0-9-]")
            }
            guard fields[1].utf8.count <= WireLimits.shortBytes, fields[2].utf8.count <= WireLimits.nameBytes else {
                throw error(.tooLarge, .families, line, "vendor or name is longer than a report allows: shorten it")
            }
            let role = try role(fields[3], .families, line)
            if let last = families.last, last.key >= fields[0] {
                let isTwice = families.contains { $0.key == fields[0] }
                throw error(
                    isTwice ? .duplicate : .malformedLine,
                    .families,
                    line,
                    isTwice
                        ? "'\(fields[0])' stands there twice: remove one"
                        : "the rows are not sorted: sort them by bytes"
                )
            }
            families.append(.init(key: fields[0], vendor: fields[1], name: fields[2], role: role))
        }
        return families
    }

    /// The signals, sorted by platform, kind, value and family.
    static func signals(_ bytes: [UInt8], families: [Catalog.Family]) throws(CatalogError) -> [Catalog.Signal] {
        var indices: [String: Int] = [:]
        for (index, family) in families.enumerated() { indices[family.key] = index }

        var rows: [(line: Int, signal: Catalog.Signal)] = []
        try self.rows(bytes, in: .signals, columns: 7, limit: CatalogLimits.signals) {
            line,
            fields throws(CatalogError) in
            guard let family = indices[fields[0]] else {
                throw error(
                    .unknownFamily,
                    .signals,
                    line,
                    "family '\(fields[0])' is not in the table of families: add it"
                )
            }
            rows.append((line, try signal(fields, family: family, line: line)))
        }
        rows.sort { $0.signal.precedes($1.signal) ?? ($0.line < $1.line) }
        for index in rows.indices.dropFirst() where rows[index].signal.hasSameName(as: rows[index - 1].signal) {
            let (line, signal) = rows[index]
            guard signal.family != rows[index - 1].signal.family else {
                throw error(
                    .duplicate,
                    .signals,
                    line,
                    "\(signal.kind.word) '\(signal.value)' stands there twice: remove one"
                )
            }
            guard signal.isWeak, rows[index - 1].signal.isWeak else {
                throw error(
                    .ambiguousSignal,
                    .signals,
                    line,
                    "two families claim \(signal.kind.word) '\(signal.value)': call both weak, or remove one"
                )
            }
            rows[index].signal.isShared = true
            rows[index - 1].signal.isShared = true
        }
        return rows.map(\.signal)
    }

    private static func signal(_ fields: [String], family: Int, line: Int) throws(CatalogError) -> Catalog.Signal {
        guard let platform = HostDescription.Platform.allCases.first(where: { $0.word == fields[1] }) else {
            throw error(.unknownWord, .signals, line, "'\(fields[1])' is not a platform")
        }
        guard let kind = SignalKind(word: fields[2]) else {
            throw error(.unknownWord, .signals, line, "'\(fields[2])' is not a kind of signal")
        }
        guard fields[5] == "strong" || fields[5] == "weak" else {
            throw error(.unknownWord, .signals, line, "'\(fields[5])' is neither strong nor weak")
        }
        var value = fields[3]
        if kind.isUnit, !hasUnitSuffix(value) { value += ".service" }
        guard value.utf8.count <= CatalogLimits.valueBytes else {
            throw error(.tooLarge, .signals, line, "the value is longer than \(CatalogLimits.valueBytes) bytes")
        }
        guard kind.isPath ? isPath(value) : !value.utf8.contains(UInt8(ascii: "/")) else {
            throw error(.malformedLine, .signals, line, "'\(value)' is not a value of kind \(kind.word)")
        }
        return Catalog.Signal(
            family: family,
            platform: platform,
            kind: kind,
            value: value,
            role: try role(fields[4], .signals, line),
            isWeak: fields[5] == "weak",
            isShared: false
        )
    }

    private static func role(
        _ word: String,
        _ table: CatalogError.Table,
        _ line: Int
    ) throws(CatalogError) -> ProductRole {
        guard let role = ProductRole(word: word) else {
            throw error(.unknownWord, table, line, "'\(word)' is not a role")
        }
        return role
    }

    /// Calls `body` with the number and the fields of each line that is not empty and not a comment.
    private static func rows(
        _ bytes: [UInt8],
        in table: CatalogError.Table,
        columns: Int,
        limit: Int,
        body: (Int, [String]) throws(CatalogError) -> Void
    ) throws(CatalogError) {
        guard bytes.count <= CatalogLimits.tableBytes else {
            throw error(.tooLarge, table, 0, "more than \(CatalogLimits.tableBytes) bytes")
        }
        var line = 0
        var count = 0
        for row in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            guard let first = row.first, first != UInt8(ascii: "#") else { continue }
            count += 1
            guard count <= limit else { throw error(.tooLarge, table, line, "more than \(limit) rows") }
            let fields = row.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            guard fields.count == columns else {
                throw error(
                    .malformedLine,
                    table,
                    line,
                    "\(fields.count) fields instead of \(columns), separated by tabs"
                )
            }
            var texts: [String] = []
            texts.reserveCapacity(columns)
            for field in fields {
                guard let text = String(validating: field, as: UTF8.self), isText(field) else {
                    throw error(
                        .malformedLine,
                        table,
                        line,
                        "a field is empty, holds a control character, or is not UTF-8"
                    )
                }
                texts.append(text)
            }
            try body(line, texts)
        }
    }

    private static func error(
        _ code: CatalogError.Code,
        _ table: CatalogError.Table,
        _ line: Int,
        _ message: String
    ) -> CatalogError {
        CatalogError(code: code, table: table, line: line, message: message)
    }

    private static func isText(_ field: ArraySlice<UInt8>) -> Bool {
        !field.isEmpty && field.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }

    private static func isKey(_ text: String) -> Bool {
        text.utf8.count <= WireLimits.shortBytes
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
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
}

extension Catalog.Signal {
    /// The order of a catalog; `nil` for two of one family with one name.
    fileprivate func precedes(_ other: Catalog.Signal) -> Bool? {
        if platform != other.platform { return platform.rawValue < other.platform.rawValue }
        if kind != other.kind { return kind < other.kind }
        if value != other.value { return value < other.value }
        return family == other.family ? nil : family < other.family
    }
}
