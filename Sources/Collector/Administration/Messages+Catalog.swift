internal import Foundation
internal import Messages
internal import Shared

extension Khien_V1_Fact {
    init(_ fact: Fact) {
        self.init()
        source = Khien_V1_Source(rawValue: fact.source.rawValue) ?? .unspecified
        kind = fact.kind.flatMap { Khien_V1_SignalKind(rawValue: $0.rawValue) } ?? .unspecified
        weight = Khien_V1_Weight(rawValue: fact.weight.rawValue) ?? .unspecified
        role = Khien_V1_Role(rawValue: fact.role.rawValue) ?? .unspecified
        weak = fact.isWeak
        value = fact.value
        publisher = fact.publisher
        detail = fact.detail
    }
}

extension Khien_V1_ProductStatus {
    init(_ status: ProductStatus) {
        self.init()
        source = Khien_V1_Source(rawValue: status.source.rawValue) ?? .unspecified
        protection = status.protection.flatMap { Khien_V1_Protection(rawValue: $0.rawValue) } ?? .unspecified
        signatures = status.signatures.flatMap { Khien_V1_Signatures(rawValue: $0.rawValue) } ?? .unspecified
        signaturesAt = status.signaturesAt ?? 0
        license = status.license.flatMap { Khien_V1_License(rawValue: $0.rawValue) } ?? .unspecified
        server = status.server
        serverContactAt = status.serverContactAt ?? 0
    }
}

extension Khien_V1_UnknownAntivirus {
    init(_ unknown: UnknownRecord) {
        self.init()
        family = unknown.family
        name = unknown.name
        vendor = unknown.vendor
        devices = UInt32(clamping: unknown.devices)
        units = UInt32(clamping: unknown.units)
        firstSeenMs = unknown.firstSeenAt.value
        exampleDeviceID = unknown.exampleDeviceID
        facts = unknown.facts.map { Khien_V1_Fact($0) }
    }
}

extension Khien_V1_ShowCatalogResponse {
    init(_ current: CurrentCatalog, withText: Bool) {
        self.init()
        version = UInt32(clamping: current.catalog.version)
        published = current.isPublished
        if current.isPublished, let publication = current.published {
            publishedAtMs = publication.publishedAt.value
            publishedBy = publication.publishedBy
        }
        families = UInt32(clamping: current.catalog.families.count)
        signals = UInt32(clamping: current.catalog.signals.count)
        digest = Data(current.digest)
        if withText { text = current.text }
    }
}

extension Khien_V1_PublishCatalogResponse {
    init(_ publication: CatalogService.Publication) {
        self.init()
        version = UInt32(clamping: publication.version)
        families = UInt32(clamping: publication.families)
        signals = UInt32(clamping: publication.signals)
        formerVersion = UInt32(clamping: publication.formerVersion)
        devices = UInt32(clamping: publication.tally.devices)
        findingsOpened = UInt32(clamping: publication.tally.findingsOpened)
        findingsClosed = UInt32(clamping: publication.tally.findingsClosed)
        unknownsResolved = UInt32(clamping: publication.tally.unknownsResolved)
    }
}

extension Khien_V1_SignedCatalog {
    init(_ catalog: PublishedCatalog) {
        self.init()
        payload = catalog.text
        signature = catalog.signature
        certificate = catalog.certificate
    }
}
