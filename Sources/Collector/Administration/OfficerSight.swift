/// What an officer may know of who did something: a unit's officer knows officers of the own unit and of the center, the own
/// unit's tokens, and no device but the one that is shown.
///
/// A device or a unit's findings come along with what was said of them where they were before.
struct OfficerSight {
    /// Stands for an officer of whom the caller is to know nothing; as `device` and `token` stand for others.
    private static let nobody = "officer"

    let sql: SQLTransaction
    let caller: Caller

    /// An officer's name as the caller may see it.
    func name(_ name: String) throws -> String {
        try name.isEmpty || knows(name) ? name : Self.nobody
    }

    /// Who did something to a device or its findings, as the caller may see it: the name, or only what it is.
    func actor(_ actor: String, of device: String) throws -> String {
        guard let own = caller.ownUnit, let colon = actor.firstIndex(of: ":") else { return actor }
        let (sort, name) = (String(actor[..<colon]), String(actor[actor.index(after: colon)...]))
        let isKnown =
            switch sort {
            case Self.nobody: try knows(name)
            case "device": name == device
            case "token": try TokenStore(sql: sql).unit(of: name) == own
            default: true
            }
        return isKnown ? actor : sort
    }

    /// Whether somebody's words go with the name: they may name what the caller is not to know.
    func hidesWords(of actor: String, seenAs seen: String) -> Bool { seen != actor && seen == Self.nobody }

    private func knows(_ name: String) throws -> Bool {
        guard let own = caller.ownUnit, name != caller.name else { return true }
        guard let officer = try OfficerStore(sql: sql).officer(name) else { return false }
        return officer.role == .center || officer.unitCode == own
    }
}

extension FindingEvent {
    /// Without others' officers and their words.
    func seen(by sight: OfficerSight, of device: String) throws -> FindingEvent {
        var seen = self
        seen.actor = try sight.actor(actor, of: device)
        if sight.hidesWords(of: actor, seenAs: seen.actor) { seen.detail = "" }
        return seen
    }
}
