internal import Shared

/// One antivirus product in Windows Security Center, which keeps rows of removed products and takes any name.
struct SecurityCenterRow {
    let record: ProbeRecord

    /// What the row is a sign of: the name as a registration, the files that it names as installed ones.
    func facts(subject: Int) -> [RawFact] {
        var row = RawFact(
            source: .securityCenter,
            kind: .securityCenter,
            weight: .registered,
            value: record.name("name") ?? record.name("guid") ?? "row without a name",
            detail: detail,
            subject: subject
        )
        if let status { row.status = status }
        var facts = [row]
        for file in files where file.exists != false && !WindowsPath.isNobodys(file.path) {
            guard !facts.contains(where: { $0.value.lowercased() == file.path.lowercased() }) else { continue }
            facts.append(
                RawFact(
                    source: .installPath,
                    kind: .path,
                    weight: file.exists == true ? .installed : .registered,
                    value: file.path,
                    detail: file.exists == true ? "there, by Security Center" : "named by Security Center",
                    subject: subject
                )
            )
            guard file.exists == true else { continue }
            // Whose row it is, where the name is in no catalog.
            facts.append(
                RawFact(
                    source: .installPath,
                    kind: .process,
                    weight: .registered,
                    value: WindowsPath.baseName(file.path),
                    detail: "named by Security Center",
                    isWeak: true,
                    subject: subject
                )
            )
        }
        return facts
    }

    /// What the row says of the product, unless the row outlived it: a row whose files are all gone, or are Windows' own,
    /// says nothing about the product that is there now.
    var status: ProductStatus? {
        guard let state, state.protection != nil, !isGhost else { return nil }
        return ProductStatus(source: .securityCenter, protection: state.protection, signatures: state.signatures)
    }

    /// Rows of one product are merged in this order: the one that says the best first, since an update can leave an old row
    /// beside the new one.
    var order: (Int, Int) {
        let protection = status?.protection == .on ? 0 : status?.protection == nil ? 2 : 1
        let signatures = status?.signatures == .current ? 0 : status?.signatures == nil ? 2 : 1
        return (protection, signatures)
    }

    private var state: SecurityCenterState? { record.number("state").map(SecurityCenterState.init) }

    private var files: [(path: String, exists: Bool?)] {
        [("product", "product_exists"), ("reporting", "reporting_exists")].compactMap { path, exists in
            record.name(path).map { ($0, record.boolean(exists)) }
        }
    }

    private var isGhost: Bool {
        let own = files.filter { !WindowsPath.isNobodys($0.path) }
        guard !own.isEmpty else {
            // Defender's row has an address, others name no file; a row with nothing but Windows' programs is made up.
            return files.contains { !$0.path.contains("://") }
        }
        return own.allSatisfy { $0.exists == false }
    }

    private var detail: String {
        var words = [state?.detail ?? "state not known"]
        if isGhost { words.append("no file of its own is there") }
        if let guid = record.name("guid") { words.append(guid) }
        return words.joined(separator: ", ")
    }
}
