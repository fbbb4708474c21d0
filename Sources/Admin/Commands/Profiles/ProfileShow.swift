import ArgumentParser
import Messages
import Shared

/// `khien profile show`.
struct ProfileShow: AdminCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: Phrases.profileShowAbstract)
    }

    @OptionGroup var global: GlobalOptions

    func run(in context: CommandContext) async throws {
        let directory = try Profile.directory(option: global.profile, environment: context.environment)
        let card = try ProfileCard(directory: directory)
        let now = context.now()
        let note = Self.reminder(card, now: now).map { ["", $0] } ?? []
        try context.renderer(global).show(card, Self.table(now: now), note: note)
    }

    static func table(now: Int64) -> Table<ProfileCard> {
        Table([
            Column("name", Phrases.name) { .text($0.description.name) },
            Column("role", Phrases.role) { card in
                OfficerRole(rawValue: card.description.role).map { .word($0.wire) } ?? .optional(card.description.role)
            },
            Column("unit_code", Phrases.unit) { .optional($0.description.unit) },
            Column("endpoint", Phrases.collectorHeader) { .text($0.description.endpoint.description) },
            Column("language", Phrases.language) { .optional($0.description.language?.rawValue ?? "") },
            Column("directory", Phrases.folder) { .text($0.directory) },
            Column("certificate_begins_at", Phrases.certificateFrom) { .timestamp($0.begins) },
            Column("certificate_expires_at", Phrases.certificateUntil) { card in
                .timestamp(card.ends).tone(tone(card, now: now))
            },
            Column("days_left", Phrases.profileDaysLeft) { .number($0.daysLeft(at: now)) },
            Column("key_fingerprint", Phrases.keyFingerprint) { .text($0.key.description) },
            Column("authority_fingerprint", Phrases.authorityFingerprint) { .list($0.authority.map(\.description)) },
        ])
    }

    private static func tone(_ card: ProfileCard, now: Int64) -> Tone {
        switch card.daysLeft(at: now) {
        case ..<0: .bad
        case ...AdminLimits.reminderDays: .warning
        default: .good
        }
    }

    /// What to do when the certificate ends soon or is over.
    private static func reminder(_ card: ProfileCard, now: Int64) -> String? {
        switch tone(card, now: now) {
        case .bad: Phrases.profileIsOver.description
        case .warning: Phrases.profileEndsSoon(card.daysLeft(at: now)).description
        case .good, .faint: nil
        }
    }
}
