import Shared

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// In which language a run speaks.
enum LanguageChoice {
    /// What `--lang` says, else the profile, else the locale, else English.
    ///
    /// Known before the arguments are parsed, because the parser's own answers, such as help, are in that language too; so
    /// what is wrong with an option or the profile is left for those who read them in earnest.
    ///
    /// - Parameters:
    ///   - arguments: The whole command line, without the program's name.
    ///   - environment: Variables of the environment.
    /// - Returns: the language of all that the run says.
    static func language(_ arguments: [String], environment: [String: String]) -> Language {
        named(in: arguments) ?? ofProfile(arguments, environment) ?? ofLocale(environment) ?? .english
    }

    /// What `--lang` says.
    static func named(in arguments: [String]) -> Language? {
        value(of: "--lang", in: arguments).flatMap(Language.init(rawValue:))
    }

    /// The arguments without `--lang` where it names a language.
    ///
    /// It may then stand anywhere, behind a group of commands too, which has no options of its own. A wrong one stays for
    /// the parser to refuse.
    static func removed(from arguments: [String]) -> [String] {
        var kept: [String] = []
        var rest = arguments[...]
        while let first = rest.popFirst() {
            if first == "--" { return kept + [first] + rest }
            if first == "--lang", let next = rest.first, Language(rawValue: next) != nil {
                rest = rest.dropFirst()
            } else if !first.hasPrefix("--lang=") || Language(rawValue: String(first.dropFirst(7))) == nil {
                kept.append(first)
            }
        }
        return kept
    }

    /// The last value of an option, as the parser would take it.
    private static func value(of option: String, in arguments: [String]) -> String? {
        var value: String?
        var rest = arguments.prefix { $0 != "--" }[...]
        while let first = rest.popFirst() {
            if first == option, let next = rest.first {
                value = next
            } else if first.hasPrefix("\(option)=") {
                value = String(first.dropFirst(option.count + 1))
            }
        }
        return value
    }

    private static func ofProfile(_ arguments: [String], _ environment: [String: String]) -> Language? {
        /// The part of `profile.json` that matters here.
        struct Description: Decodable {
            var language: String?
        }

        guard
            let directory = try? Profile.directory(
                option: value(of: "--profile", in: arguments),
                environment: environment
            ),
            let text = try? LocalFile.read(
                "\(directory)/\(Profile.File.description)",
                limit: AdminLimits.profileFileBytes
            ),
            let description = try? JSONDecoder().decode(Description.self, from: Data(text))
        else { return nil }
        return description.language.flatMap(Language.init(rawValue:))
    }

    /// The first of these variables that is set decides, as POSIX has it.
    private static func ofLocale(_ environment: [String: String]) -> Language? {
        ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
            .flatMap { Language(locale: $0) }
    }
}
