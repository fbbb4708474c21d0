#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reads the paragraphs of a dpkg database line by line; a paragraph that is damaged is counted and left out.
///
/// Source: deb-control(5), dpkg(1) "Information about packages".
struct DpkgParser {
    /// How far a package is installed.
    enum State: Equatable {
        /// Unpacked and configured (or only triggers are still to run).
        case installed
        /// Something else than installed, with files of it there.
        case halfInstalled
        /// Removed; its configuration is still there.
        case configurationFiles
        /// Not there.
        case notInstalled
    }

    /// One package, while its paragraph is read; the arrays keep their storage from one to the next.
    struct Package {
        var name: [UInt8] = []
        var version: [UInt8] = []
        var architecture: [UInt8] = []
        var state: State?
    }

    /// Packages that were read.
    private(set) var packages = 0
    /// Paragraphs that were left out.
    private(set) var damaged = 0

    private let assumesInstalled: Bool
    private var package = Package()
    private var isInParagraph = false
    private var isDamaged = false
    private var hasField = false

    /// A parser of one file.
    ///
    /// - Parameter assumesInstalled: A paragraph without `Status` is of an installed package. (Container images without a
    ///   package manager keep such files in `status.d`.)
    init(assumesInstalled: Bool = false) {
        self.assumesInstalled = assumesInstalled
    }

    /// Takes one line; calls `body` with a package that it completes.
    mutating func take(_ line: UnsafeRawBufferPointer, _ ending: LineSplitter.Ending, body: (Package) -> Void) {
        guard let first = line.first, line.count > 1 || first != 0x0d else { return endParagraph(body) }
        // Only a whole line is a field: the last one of a file that was cut off may lack its end.
        if ending == .endOfStream { isDamaged = true }
        if first == 0x20 || first == 0x09 {
            if !hasField { isDamaged = true }
            isInParagraph = true
            return
        }
        guard let colon = Self.colon(in: line) else {
            isInParagraph = true
            isDamaged = true
            return
        }
        field(
            UnsafeRawBufferPointer(rebasing: line[..<colon]),
            Self.trimmed(UnsafeRawBufferPointer(rebasing: line[(colon + 1)...])),
            isCut: ending == .cut,
            body: body
        )
        hasField = true
        isInParagraph = true
    }

    /// Ends the last paragraph.
    mutating func finish(body: (Package) -> Void) {
        endParagraph(body)
    }

    private mutating func field(
        _ name: UnsafeRawBufferPointer,
        _ value: UnsafeRawBufferPointer,
        isCut: Bool,
        body: (Package) -> Void
    ) {
        switch name.count {
        case 7 where Self.isSame(name, "package"):
            // A second name without an empty line before it: the end of one paragraph and the beginning of the other are
            // lost, and what follows belongs to the second.
            if !package.name.isEmpty {
                isDamaged = true
                endParagraph(body)
            }
            if isCut || !Self.isPackageName(value) { isDamaged = true } else { package.name.append(contentsOf: value) }
        case 6 where Self.isSame(name, "status"):
            let state = isCut ? nil : Self.state(value)
            if state == nil || package.state != nil { isDamaged = true }
            package.state = state
        case 7 where Self.isSame(name, "version"):
            if isCut || !package.version.isEmpty || value.count > 256 { isDamaged = true }
            package.version.append(contentsOf: value.prefix(256))
        case 12 where Self.isSame(name, "architecture"):
            if isCut || !package.architecture.isEmpty || value.count > 64 { isDamaged = true }
            package.architecture.append(contentsOf: value.prefix(64))
        default:
            break
        }
    }

    private mutating func endParagraph(_ body: (Package) -> Void) {
        guard isInParagraph else { return }
        if package.state == nil, assumesInstalled { package.state = .installed }
        if isDamaged || package.name.isEmpty || package.state == nil {
            damaged += 1
        } else if package.state != .notInstalled {
            packages += 1
            body(package)
        }
        package.name.removeAll(keepingCapacity: true)
        package.version.removeAll(keepingCapacity: true)
        package.architecture.removeAll(keepingCapacity: true)
        package.state = nil
        isInParagraph = false
        isDamaged = false
        hasField = false
    }

    /// `want flag status`; `nil` when it is not one that dpkg writes.
    private static func state(_ value: UnsafeRawBufferPointer) -> State? {
        let words = value.split(separator: 0x20)
        guard words.count == 3 else { return nil }
        switch String(decoding: words[2], as: UTF8.self) {
        case "installed", "triggers-awaited", "triggers-pending": return .installed
        case "half-installed", "unpacked", "half-configured": return .halfInstalled
        case "config-files": return .configurationFiles
        case "not-installed": return .notInstalled
        default: return nil
        }
    }

    /// Where a field's name ends; `nil` when the line does not begin with one.
    private static func colon(in line: UnsafeRawBufferPointer) -> Int? {
        guard let base = line.baseAddress, let found = memchr(base, 0x3a, min(line.count, 128)) else { return nil }
        let colon = base.distance(to: UnsafeRawPointer(found))
        guard colon > 0 else { return nil }
        for byte in line[..<colon] where byte <= 0x20 || byte >= 0x7f { return nil }
        return colon
    }

    private static func trimmed(_ value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var start = 0
        var end = value.count
        while start < end, isBlank(value[start]) { start += 1 }
        while end > start, isBlank(value[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: value[start..<end])
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }

    private static func isSame(_ name: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        word.withUTF8Buffer { word in
            name.count == word.count && zip(name, word).allSatisfy { $0 == $1 || ($0 ^ 0x20 == $1 && $1 >= 0x61) }
        }
    }

    /// Package names are letters, digits and `+-.`; anything else does not lead to a file of a list, either.
    private static func isPackageName(_ value: UnsafeRawBufferPointer) -> Bool {
        !value.isEmpty && value.count <= 255
            && value.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "_"), UInt8(ascii: "~"):
                    true
                default: false
                }
            }
    }
}
