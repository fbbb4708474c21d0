import Messages

/// Everything about one device, for people and for programs.
struct DeviceDocument {
    /// One line of a spreadsheet: a fact, and the product that it supports.
    struct FactRow {
        var deviceID: String
        var product: Khien_V1_AssessedProduct
        var fact: Khien_V1_Fact
        /// What it is worth.
        var worth: Cell.Word
    }

    private let answer: Khien_V1_GetDeviceResponse

    /// The view of what the collector answered.
    init(_ answer: Khien_V1_GetDeviceResponse) {
        self.answer = answer
    }

    /// The sections, the object, and the rows of facts.
    var document: Document<FactRow> {
        Document(
            sections: [identity, unitAndSeat] + products
                + [findings, seatHistory, history, sources].compactMap(\.self),
            json: json,
            table: Self.factTable,
            rows: answer.products.flatMap(factRows)
        )
    }

    // MARK: - Sections

    private var identity: Section {
        Section(
            title: Phrases.device,
            fields: (identityColumns + mergeColumns.filter { ![.absent, .list([])].contains($0.value(answer)) })
                .map { Section.Field($0.header, $0.value(answer)) }
        )
    }

    private var unitAndSeat: Section {
        Section(title: Phrases.unitAndSeat, fields: seatColumns.map { Section.Field($0.header, $0.value(answer)) })
    }

    private var products: [Section] {
        guard !answer.products.isEmpty else {
            return [Section(title: Phrases.products, ifEmpty: Phrases.noProducts)]
        }
        return answer.products.map { product in
            Section(
                title: Phrases.productTitle(product.name.isEmpty ? product.family : product.name),
                fields: Self.productColumns.map { Section.Field($0.header, $0.value(product)) }
                    + Self.statusColumns.map { Section.Field($0.header, $0.value(product)) }
                    .filter { $0.value != .absent },
                grid: Self.shownFactTable.grid(factRows(product))
            )
        }
    }

    private var findings: Section {
        Section(
            title: Phrases.findings,
            grid: Self.findingTable.grid(answer.findings),
            ifEmpty: Phrases.noFindings
        )
    }

    /// What happened to its seat; `nil` when it never had one.
    private var seatHistory: Section? {
        guard !answer.seatEvents.isEmpty else { return nil }
        return Section(title: Phrases.seatHistory, grid: Self.seatEventTable.grid(answer.seatEvents))
    }

    /// What officers did to it; `nil` when nobody did anything.
    private var history: Section? {
        guard !answer.events.isEmpty else { return nil }
        return Section(title: Phrases.deviceHistory, grid: Self.eventTable.grid(answer.events))
    }

    /// The sources that could not be read to their end; `nil` when there is none.
    private var sources: Section? {
        let incomplete = answer.sources.filter { $0.state != .complete && $0.state != .absent }
        guard !incomplete.isEmpty else { return nil }
        return Section(title: Phrases.incompleteSources, grid: Self.sourceTable.grid(incomplete))
    }

    private func factRows(_ product: Khien_V1_AssessedProduct) -> [FactRow] {
        let evidence = Evidence(product)
        return product.facts.map {
            FactRow(deviceID: answer.device.id, product: product, fact: $0, worth: evidence.worth(of: $0))
        }
    }

    // MARK: - JSON

    private var json: JSONValue {
        let head = Table(identityColumns + mergeColumns + seatColumns).json(answer)
        guard case .object(let members) = head else { return head }
        return .object(
            members + [
                JSONValue.Member("products", .array(answer.products.map(json))),
                JSONValue.Member("findings", .array(answer.findings.map(Self.findingTable.json))),
                JSONValue.Member("seat_events", .array(answer.seatEvents.map(Self.seatEventTable.json))),
                JSONValue.Member("events", .array(answer.events.map(Self.eventTable.json))),
                JSONValue.Member("sources", .array(answer.sources.map(Self.sourceTable.json))),
            ]
        )
    }

    private func json(_ product: Khien_V1_AssessedProduct) -> JSONValue {
        guard case .object(let members) = Table(Self.productColumns + Self.statusColumns).json(product) else {
            return .null
        }
        let facts = factRows(product).map(Self.shownFactTable.json)
        return .object(members + [JSONValue.Member("facts", .array(facts))])
    }
}
