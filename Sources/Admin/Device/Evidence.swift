import Messages
import Shared

/// Why a product counts for the one-antivirus rule or does not, and what each of its facts is worth.
struct Evidence {
    private let product: Khien_V1_AssessedProduct
    /// The same in the words of the rule; without facts of sources that this program does not know.
    private let known: Product

    /// The evidence of one product.
    init(_ product: Khien_V1_AssessedProduct) {
        self.product = product
        known = Product(
            family: product.family,
            name: product.name,
            vendor: product.vendor,
            facts: product.facts.compactMap(Fact.init(message:)),
            status: FactSource(rawValue: product.status.source.rawValue).map {
                ProductStatus(
                    source: $0,
                    protection: ProductStatus.Protection(rawValue: product.status.protection.rawValue)
                )
            }
        )
    }

    /// Whether it counts, and why, as a sentence.
    var conclusion: String {
        guard ProductRole(rawValue: product.role.rawValue) != nil else {
            return "This program does not know the product's role."
        }
        return Explanation(known).sentence
    }

    /// What one fact is worth, as a short phrase.
    func worth(of fact: Khien_V1_Fact) -> String {
        let worth = worthByWeight(of: fact)
        // A scanner's package does not prove its on-access protection.
        guard fact.role != product.role, fact.role != .unspecified, fact.weight != .leftover,
            let role = ProductRole(rawValue: fact.role.rawValue)
        else { return worth }
        return "\(worth), as \(role.word)"
    }

    private func worthByWeight(of fact: Khien_V1_Fact) -> String {
        switch fact.weight {
        case .leftover: return "left over: proves nothing"
        case .registered: return "only listed: proves nothing"
        case .installed, .running: break
        case .unspecified, .UNRECOGNIZED: return "unknown to this program"
        }
        let present = known.facts.filter { $0.weight > .leftover }
        if fact.weak, !present.contains(where: { !$0.isWeak }) {
            return "a generic or unconfirmed name: counts only beside another one"
        }
        if fact.weight == .running, !fact.weak { return "runs: proves it alone" }
        if fact.weight == .running, present.contains(where: { $0.weight == .installed && !$0.isWeak }) {
            return "runs under a generic name: proves it with the installed one"
        }
        let sources = Set(present.filter { $0.weight >= .installed }.map(\.source))
        return sources.count >= 2 ? "counts: a second source agrees" : "counts half: needs a second source"
    }
}

extension Fact {
    /// The fact in the words of the rule; `nil` when it is of a kind that this program does not know.
    fileprivate init?(message: Khien_V1_Fact) {
        guard let source = FactSource(rawValue: message.source.rawValue),
            let weight = FactWeight(rawValue: message.weight.rawValue),
            let role = ProductRole(rawValue: message.role.rawValue)
        else { return nil }
        self.init(
            source: source,
            kind: SignalKind(rawValue: message.kind.rawValue),
            weight: weight,
            role: role,
            isWeak: message.weak,
            value: message.value,
            publisher: message.publisher,
            detail: message.detail
        )
    }
}
