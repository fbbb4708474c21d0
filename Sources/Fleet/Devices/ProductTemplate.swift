internal import Shared

/// The facts by which an agent would show one product of a mix, taken from the catalog's signs.
struct ProductTemplate: Sendable {
    private static let processFolder = "/opt/"

    private let family: Catalog.Family
    private let facts: [Fact]

    /// `nil` where the catalog has no signs that could show the product in this state: no family of that name, nothing
    /// that runs, or too little to prove an installation.
    init?(_ product: DeviceKind.Product, catalog: Catalog) {
        guard let index = catalog.families.firstIndex(where: { $0.key == product.family }) else { return nil }
        let family = catalog.families[index]
        let signals = catalog.signals.filter {
            $0.family == index && $0.platform == .linux && !$0.isWeak && !$0.isShared
        }
        func facts(_ role: ProductRole) -> [Fact] {
            signals.filter { $0.role == role }.flatMap { Self.facts(of: $0, state: product.state) }
        }
        let own = facts(family.role)
        guard Self.show(product.state, own) else { return nil }
        var all = own
        if let role = product.extraRole {
            let extra = facts(role)
            guard role != family.role, role != .component, !extra.isEmpty else { return nil }
            all += extra
        }
        if family.role != .component { all += facts(.component) }
        self.family = family
        self.facts = Array(all.prefix(WireLimits.factsPerProduct))
    }

    /// The product with this version, as a report holds it.
    func product(version: String) -> Product {
        let hasVersion = facts.contains { $0.source == .dpkg && $0.weight == .installed }
        return Product(
            family: family.key,
            name: family.name,
            vendor: family.vendor,
            version: hasVersion ? version : nil,
            facts: facts.map { fact in
                guard fact.source == .dpkg, fact.weight == .installed else { return fact }
                var versioned = fact
                versioned.detail = "\(version) amd64, installed"
                return versioned
            }
        )
    }

    private static func facts(of signal: Catalog.Signal, state: DeviceKind.ProductState) -> [Fact] {
        func fact(_ source: FactSource, _ weight: FactWeight, _ detail: String) -> [Fact] {
            [Fact(source: source, weight: weight, role: signal.role, value: signal.value, detail: detail)]
        }
        switch (signal.kind, state) {
        case (.deb, .leftover): return fact(.dpkg, .leftover, "removed, its configuration remains")
        case (.deb, _): return fact(.dpkg, .installed, "installed")
        case (.unit, .running), (.unitRunning, .running): return fact(.systemd, .running, "active")
        case (.unit, .installed): return fact(.systemd, .installed, "starts \(signal.value)")
        case (.unit, .leftover): return fact(.systemd, .leftover, "its program is gone")
        case (.process, .running): return fact(.process, .running, processFolder + signal.value)
        case (.kernelModule, .running): return fact(.kernelModule, .running, "loaded")
        case (.path, .leftover): return fact(.installPath, .leftover, "a folder without a program")
        case (.path, _): return fact(.installPath, .installed, "file")
        case (.dataPath, _): return fact(.installPath, .leftover, "configuration or data")
        // The simulated devices are Debians.
        default: return []
        }
    }

    private static func show(_ state: DeviceKind.ProductState, _ facts: [Fact]) -> Bool {
        switch state {
        case .running: facts.contains { $0.weight == .running }
        case .installed: Set(facts.filter { $0.weight == .installed }.map(\.source)).count >= 2
        case .leftover: !facts.isEmpty
        }
    }
}
