import ArgumentParser
import Shared

/// What kind of organization a unit is; raw values are the words of the wire.
enum UnitGroupOption: String, CaseIterable, Sendable, ExpressibleByArgument {
    case department
    case district
    case commune
    case other

    /// For people.
    var phrase: Phrase {
        switch self {
        case .department: Phrases.departmentGroup
        case .district: Phrases.districtGroup
        case .commune: Phrases.communeGroup
        case .other: Phrases.otherGroup
        }
    }
}
