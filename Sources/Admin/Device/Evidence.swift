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

    /// Whether it counts, and why: a word for programs, a sentence for people.
    var conclusion: Cell.Word {
        guard ProductRole(rawValue: product.role.rawValue) != nil else {
            return Cell.Word("unknown-role", Phrases.unknownRole)
        }
        let explanation = Explanation(known)
        return Cell.Word(explanation.rawValue, explanation.sentence)
    }

    /// What one fact is worth: a word for programs, a short phrase for people.
    func worth(of fact: Khien_V1_Fact) -> Cell.Word {
        let worth = worthByWeight(of: fact)
        // A scanner's package does not prove its on-access protection.
        guard fact.role != product.role, fact.role != .unspecified, fact.weight != .leftover,
            let role = ProductRole(rawValue: fact.role.rawValue)
        else { return worth }
        // Programs find the role of fact and product beside it.
        return Cell.Word(worth.code, Phrases.worth(worth.phrase, as: Phrases.word(role)))
    }

    private func worthByWeight(of fact: Khien_V1_Fact) -> Cell.Word {
        switch fact.weight {
        case .leftover: return Cell.Word("left-over", Phrases.worthLeftover)
        case .registered: return Cell.Word("only-listed", Phrases.worthListed)
        case .installed, .running: break
        case .unspecified, .UNRECOGNIZED: return Cell.Word("unknown", Phrases.worthUnknown)
        }
        let present = known.facts.filter { $0.weight > .leftover }
        if fact.weak, !present.contains(where: { !$0.isWeak }) {
            return Cell.Word("generic", Phrases.worthGeneric)
        }
        if fact.weight == .running, !fact.weak { return Cell.Word("runs", Phrases.worthRuns) }
        if fact.weight == .running, present.contains(where: { $0.weight == .installed && !$0.isWeak }) {
            return Cell.Word("runs-generic", Phrases.worthRunsGeneric)
        }
        let sources = Set(present.filter { $0.weight >= .installed }.map(\.source))
        return sources.count >= 2
            ? Cell.Word("agreed", Phrases.worthAgreed) : Cell.Word("half", Phrases.worthHalf)
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
