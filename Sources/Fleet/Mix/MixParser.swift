internal import Shared

/// Reads a mix file: tab-separated, `#` begins a comment line, LF ends a line.
struct MixParser {
    let catalog: Catalog

    private static let columns = 5

    func parse(_ bytes: [UInt8]) throws(FleetError) -> [DeviceKind] {
        guard bytes.count <= FleetLimits.fileBytes else {
            throw FleetError(.mix, "The mix file has \(bytes.count) bytes; at most \(FleetLimits.fileBytes) are read.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FleetError(.mix, "The mix file is not UTF-8 text; write it anew.")
        }
        var kinds: [DeviceKind] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let kind = try kind(line, at: index + 1)
            guard !kinds.contains(where: { $0.name == kind.name }) else {
                throw error(index + 1, "'\(kind.name)' stands there twice; rename or remove one")
            }
            guard kinds.count < FleetLimits.kinds else {
                throw error(index + 1, "more than \(FleetLimits.kinds) kinds; remove some")
            }
            kinds.append(kind)
        }
        let sum = kinds.reduce(0) { $0 + $1.share }
        guard sum == 100 else {
            throw FleetError(.mix, "The shares of the mix file sum to \(sum); make them 100.")
        }
        return kinds
    }

    private func kind(_ line: Substring, at number: Int) throws(FleetError) -> DeviceKind {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields.count == Self.columns else {
            throw error(number, "\(fields.count) columns instead of \(Self.columns); separate them by single tabs")
        }
        guard let share = Int(fields[0]), (1...100).contains(share), fields[0].utf8.allSatisfy(Self.isDigit) else {
            throw error(number, "the share '\(quoted(fields[0]))' is not a whole number from 1 to 100")
        }
        guard Self.isName(fields[1]) else {
            throw error(number, "the name '\(quoted(fields[1]))' is not 1 to 64 characters of [a-z0-9-]")
        }
        let description = fields[4]
        guard !description.isEmpty, description.utf8.count <= FleetLimits.descriptionBytes else {
            throw error(number, "the description is empty or longer than \(FleetLimits.descriptionBytes) bytes")
        }
        return DeviceKind(
            share: share,
            name: String(fields[1]),
            products: try products(fields[2], at: number),
            findings: try findings(fields[3], at: number),
            description: String(description)
        )
    }

    private func products(_ field: Substring, at number: Int) throws(FleetError) -> [DeviceKind.Product] {
        guard field != "-" else { return [] }
        var products: [DeviceKind.Product] = []
        for word in field.split(separator: ",", omittingEmptySubsequences: false) {
            let product = try product(word, at: number)
            guard !products.contains(where: { $0.family == product.family }) else {
                throw error(number, "'\(product.family)' stands there twice; remove one")
            }
            guard products.count < FleetLimits.productsPerKind else {
                throw error(number, "more than \(FleetLimits.productsPerKind) products; remove some")
            }
            products.append(product)
        }
        return products
    }

    private func product(_ word: Substring, at number: Int) throws(FleetError) -> DeviceKind.Product {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let state = DeviceKind.ProductState(rawValue: String(parts[1]))
        else {
            throw error(number, "'\(quoted(word))' is not FAMILY:running, FAMILY:installed or FAMILY:leftover")
        }
        guard catalog.families.contains(where: { $0.key == parts[0] }) else {
            throw error(number, "the catalog has no family '\(quoted(parts[0]))'; use a key of its table of families")
        }
        var product = DeviceKind.Product(family: String(parts[0]), state: state, extraRole: nil)
        if parts.count == 3 {
            guard let role = ProductRole(word: parts[2]) else {
                throw error(number, "'\(quoted(parts[2]))' is not a role; use antivirus, edr, on-demand or component")
            }
            product.extraRole = role
        }
        guard ProductTemplate(product, catalog: catalog) != nil else {
            throw error(
                number,
                "the catalog has no sign that could show '\(quoted(word))'; use another state or family"
            )
        }
        return product
    }

    private func findings(_ field: Substring, at number: Int) throws(FleetError) -> Set<FindingKind> {
        guard field != "-" else { return [] }
        var findings: Set<FindingKind> = []
        for word in field.split(separator: ",", omittingEmptySubsequences: false) {
            guard let kind = FindingKind(word: word), findings.insert(kind).inserted else {
                let words = FindingKind.allCases.map(\.word).joined(separator: ", ")
                throw error(number, "'\(quoted(word))' is not a finding or stands there twice; use \(words), or -")
            }
        }
        return findings
    }

    private func error(_ line: Int, _ words: String) -> FleetError {
        FleetError(.mix, "Line \(line) of the mix file: \(words).")
    }

    /// Text from the file that is safe in a message: printable ASCII, cut where it is long.
    private func quoted(_ text: Substring) -> String {
        let shown = text.unicodeScalars.prefix(64).map { (0x20...0x7E).contains($0.value) ? Character($0) : "?" }
        return String(shown)
    }

    private static func isName(_ text: Substring) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == 0x2D
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
