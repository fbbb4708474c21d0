/// What products write about themselves in SOFTWARE: Defender, Kaspersky's statistics, and the keys of vendors.
struct DiskVendorKeys {
    let disk: WindowsDisk
    let software: DiskHive

    private static let views: [(view: Int64, prefix: String)] = [(64, ""), (32, #"WOW6432Node\"#)]
    /// Classes has thousands of file types and no vendor; WOW6432Node is the other view.
    private static let vendors = "*/Classes/WOW6432Node"

    /// The records of sources `defender`, `kaspersky` and `registry`.
    func records() -> [ProbeRecord] {
        defender() + kaspersky() + registry()
    }

    // MARK: Defender

    /// Never complete: whether it is the active antivirus is known only while Windows runs.
    private func defender() -> [ProbeRecord] {
        var source = disk.source("defender")
        guard source.use(software) else { return source.finished() }
        let keys = software.keys(
            [
                .init(path: #"Microsoft\Windows Defender\Signature Updates"#),
                .init(path: #"Policies\Microsoft\Windows Advanced Threat Protection"#),
            ],
            for: &source
        )
        let (updates, policy) = (keys[0].first, keys[1].first)
        var draft = RecordDraft("defender")
        draft.number(
            "signatures_at",
            updates?.value("SignaturesLastUpdated")?.fileTime ?? updates?.value("AVSignatureApplied")?.fileTime
        )
        draft.text("signature_version", updates?.text("AVSignatureVersion"))
        draft.text("engine_version", updates?.text("EngineVersion"))
        draft.boolean("passive_policy", policy?.boolean("ForceDefenderPassiveMode"))
        if !draft.record.fields.isEmpty { _ = source.add(draft.record) }
        source.isUnavailable("Defender's mode is known only while Windows runs")
        return source.finished()
    }

    // MARK: Kaspersky

    /// Source: Kaspersky Security Center help, article 3644.
    private func kaspersky() -> [ProbeRecord] {
        var source = disk.source("kaspersky")
        guard source.use(software) else { return source.finished() }
        // The component's number, its version, and in some versions something between them.
        let below = ["", #"\*\*"#, #"\*\*\*"#, #"\*\*\Statistics\AVState"#, #"\*\*\*\Statistics\AVState"#]
        let paths = Self.views.flatMap { view in below.map { view.prefix + #"KasperskyLab\Components"# + $0 } }
        let answers = software.keys(paths.map { .init(path: $0) }, for: &source)
        for (index, (view, _)) in Self.views.enumerated() {
            let keys = answers[(index * below.count)...].prefix(below.count).map(\.self)
            let components = Dictionary((keys[1] + keys[2]).map { ($0.names, $0) }) { first, _ in first }
            for state in keys[3] + keys[4] {
                let component = Array(state.names.dropLast(2))
                let name = component.dropFirst(view == 32 ? 3 : 2).joined(separator: "\\")
                let record = record(state, component: name, view: view, components[component])
                guard source.add(record) else { return source.finished() }
            }
        }
        if answers.allSatisfy(\.isEmpty) { source.isNotThere() }
        return source.finished()
    }

    /// Without `engine_running`: the number is what was true before the disk was switched off, or before the product was
    /// removed.
    private func record(_ state: HiveKey, component: String, view: Int64, _ key: HiveKey?) -> ProbeRecord {
        var draft = RecordDraft("kaspersky")
        draft.text("component", component)
        draft.number("view", view)
        draft.number("state", state.number("Protection_RtpState"))
        let bases = state.value("Protection_BasesDate")
        let basesAt = bases.flatMap(Self.date)
        draft.number("bases_at", basesAt)
        if basesAt == nil { draft.text("bases_text", bases?.text) }
        draft.number("last_connection", state.value("Protection_LastConnected").flatMap(Self.date))
        draft.text("server", state.text("Protection_AdmServer"))
        draft.text("product", key?.text("ProductName"))
        draft.text("product_version", key?.text("ProductVersion"))
        return draft.record
    }

    private static func date(_ value: HiveValue) -> Int64? {
        value.text.flatMap(WindowsDate.seconds(kaspersky:)) ?? value.fileTime
    }

    // MARK: Keys of vendors

    private func registry() -> [ProbeRecord] {
        var source = disk.source("registry")
        guard source.use(software) else { return source.finished() }
        let questions = Self.views.flatMap { view in
            [Self.vendors, Self.vendors + #"\*"#].map { HiveReader.Question(path: view.prefix + $0, values: false) }
        }
        for (index, keys) in software.keys(questions, for: &source).enumerated() {
            let view = Self.views[index / 2].view
            for key in keys {
                var draft = RecordDraft("registry")
                let names = key.names.dropFirst(view == 32 ? 1 : 0)
                draft.text("key", #"HKLM\SOFTWARE\"# + names.joined(separator: "\\"))
                draft.number("view", view)
                guard source.add(draft.record) else { return source.finished() }
            }
        }
        return source.finished()
    }
}
