/// What a systemd unit file starts.
///
/// Source: systemd.syntax(7), systemd.service(5) "Command lines". Files that add to a unit stand behind its own bytes.
struct UnitFile: Equatable {
    /// The words of each `ExecStart` of `[Service]`, without the prefixes of the first.
    var commands: [[[UInt8]]]

    /// Reads a unit file; anything that is not understood is passed over, as systemd does.
    init(_ bytes: [UInt8]) {
        commands = []
        var isService = false
        var logical: [UInt8] = []
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = Self.trimmed(line)
            // A comment between the lines of one setting does not end it.
            if let first = line.first, first == UInt8(ascii: "#") || first == UInt8(ascii: ";") { continue }
            if line.last == UInt8(ascii: "\\") {
                logical += line.dropLast()
                logical.append(UInt8(ascii: " "))
                continue
            }
            logical += line
            take(Self.trimmed(logical[...]), isService: &isService)
            logical.removeAll(keepingCapacity: true)
        }
        take(Self.trimmed(logical[...]), isService: &isService)
    }

    private mutating func take(_ line: ArraySlice<UInt8>, isService: inout Bool) {
        if line.first == UInt8(ascii: "[") {
            isService = line.elementsEqual("[Service]".utf8)
            return
        }
        guard isService, let equals = line.firstIndex(of: UInt8(ascii: "=")),
            Self.trimmed(line[..<equals]).elementsEqual("ExecStart".utf8)
        else { return }
        var words = Self.words(Self.trimmed(line[(equals + 1)...]))
        // An empty one takes back those before it.
        guard let first = words.first else {
            commands = []
            return
        }
        words[0] = Array(first.drop { "@-:+!|".utf8.contains($0) })
        commands.append(words)
    }

    /// Words between blanks; quotes keep blanks inside a word, a backslash keeps the next character.
    private static func words(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8]?
        var quote: UInt8?
        var isEscaped = false
        for byte in text {
            if isEscaped {
                if word == nil { word = [byte] } else { word?.append(byte) }
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if let open = quote {
                if byte == open { quote = nil } else { word?.append(byte) }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
                word = word ?? []
            } else if isBlank(byte) {
                if let done = word { words.append(done) }
                word = nil
            } else if word == nil {
                word = [byte]
            } else {
                word?.append(byte)
            }
        }
        if let done = word { words.append(done) }
        return words
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let first = line.first, isBlank(first) { line.removeFirst() }
        while let last = line.last, isBlank(last) { line.removeLast() }
        return line
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
}
