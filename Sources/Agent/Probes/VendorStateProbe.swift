internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What products say of their own protection and license, asked from their own tools.
///
/// A tool is started only on the running system, only when something else of its product was seen, and only when nobody
/// but the system's owner could have put it where it is. Of a prepared tree, settings are read, and nothing is started.
struct VendorStateProbe {
    /// Time for one tool; it asks a service that may be busy.
    private static let toolTime = Duration.seconds(5)
    /// Bytes of an answer, and of settings.
    private static let answerBytes = 256 * 1024

    let context: ProbeContext
    let tools: [VendorTool]
    /// Who may own a tool beside the system's owner; that one's number in a test.
    let owner: uid_t
    /// Seconds since 1970.
    let time: @Sendable () -> Int64

    /// A probe with the tools that are known.
    init(
        context: ProbeContext,
        tools: [VendorTool] = VendorTool.all,
        owner: uid_t = 0,
        time: @escaping @Sendable () -> Int64
    ) {
        self.context = context
        self.tools = tools
        self.owner = owner
        self.time = time
    }

    /// Asks the tools of the products that the other probes saw.
    func run(beside results: [ProbeResult]) -> ProbeResult {
        let seen = results.flatMap(\.observations).filter { $0.fact.weight > .leftover }
        var observations: [Observation] = []
        var troubles: [String] = []
        var entries = 0
        for tool in tools {
            let own = seen.filter { $0.family(in: context.catalog) == tool.family }
            guard let best = own.first(where: { !$0.fact.isWeak && $0.fact.role == .antivirus }) ?? own.first else {
                continue
            }
            entries += 1
            switch ask(tool, isRunning: own.contains { $0.fact.weight == .running }) {
            case .said(let status): observations.append(observation(best, tool.path, .installed, status))
            case .prescribed(let status, let path): observations.append(observation(best, path, .registered, status))
            case .silent: break
            case .failed(let reason): troubles.append("\(tool.path): \(reason)")
            }
        }
        if entries > 0 { return .answered(entries: entries, observations: observations, troubles: troubles) }
        return unasked(results.map(\.status))
    }

    private enum Word {
        case said(ProductStatus)
        /// Not the product, only the settings in this file.
        case prescribed(ProductStatus, String)
        /// There is no tool to ask, and nothing in the settings.
        case silent
        case failed(String)
    }

    private func ask(_ tool: VendorTool, isRunning: Bool) -> Word {
        let settings = tool.settings
            .flatMap { try? context.root.read($0, limit: Self.answerBytes) }
            .flatMap(tool.settingsStatus)
        let prescribed = settings.map { Word.prescribed($0, tool.settings ?? "") }
        guard context.root.isHost else { return prescribed ?? .silent }
        switch TrustedProgram(root: context.root, owner: owner).check(tool.path) {
        case .missing: return prescribed ?? .silent
        case .refused(let reason): return prescribed ?? .failed(reason)
        case .trusted: break
        }
        var output: [UInt8] = []
        let ending = ToolRun(
            path: tool.path,
            arguments: tool.arguments,
            outputLimit: Self.answerBytes,
            lineBytes: Self.answerBytes
        )
        .run(deadline: Deadline(after: Self.toolTime, now: context.now)) { line, _ in
            output += line
            output.append(UInt8(ascii: "\n"))
        }
        guard case .exited(let exitStatus) = ending else { return prescribed ?? .failed("it was stopped: \(ending)") }
        let answer = VendorTool.Answer(
            output: output,
            exitStatus: exitStatus,
            isProductRunning: isRunning,
            time: time()
        )
        if let status = tool.status(answer) { return .said(status) }
        return prescribed ?? .failed("its answer is not understood (exit status \(exitStatus))")
    }

    /// The product's word is a fact of the product: in its role, and no stronger than what led to it.
    private func observation(
        _ known: Observation,
        _ path: String,
        _ weight: FactWeight,
        _ status: ProductStatus
    ) -> Observation {
        var observation = known
        observation.fact.source = .vendorState
        observation.fact.kind = nil
        observation.fact.weight = min(known.fact.weight, weight)
        observation.fact.value = WireText.text(path)
        observation.fact.publisher = ""
        observation.fact.detail = weight == .registered ? "its settings" : "its own word"
        observation.version = nil
        observation.status = status
        return observation
    }

    /// When there is nothing to ask, that is known only if everything else was read: a product that was not seen may still
    /// be there, and what it said before holds.
    private func unasked(_ others: [SourceStatus]) -> ProbeResult {
        let states = Set(others.map(\.state))
        if states.isSubset(of: [.absent]) || !context.root.isHost { return .absent(.vendorState) }
        if states.isSubset(of: [.absent, .complete]) {
            return .read(.vendorState, entries: 0, observations: [], troubles: [])
        }
        return .unavailable(.vendorState, "no product to ask was seen, and not every source was read")
    }
}

extension ProbeResult {
    /// An answer that is missing leaves what a product said before.
    fileprivate static func answered(
        entries: Int,
        observations: [Observation],
        troubles: [String]
    ) -> ProbeResult {
        if observations.isEmpty, !troubles.isEmpty {
            return .unavailable(.vendorState, troubles.joined(separator: "; "))
        }
        return .read(.vendorState, entries: entries, observations: observations, troubles: troubles)
    }
}

extension Observation {
    fileprivate func family(in catalog: Catalog) -> String? {
        if case .family(let index) = owner { catalog.families[index].key } else { nil }
    }
}
