import GRPCCore
import Messages
import Shared
import Synchronization
import Testing

@testable import Admin

@Suite struct LanguageChoiceTests {
    @Test(
        "an option goes before the locale, and the locale's variables have the order of POSIX",
        arguments: [
            ([], [:], .english),
            ([], ["LANG": "vi_VN.UTF-8"], .vietnamese),
            ([], ["LANG": "vi_VN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"], .english),
            ([], ["LANG": "vi_VN.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "vi"], .vietnamese),
            ([], ["LANG": "vi_VN.UTF-8", "LC_ALL": ""], .vietnamese),
            ([], ["LANG": "vi_VN.UTF-8", "LC_ALL": "C"], .english),
            ([], ["LANG": "fr_FR.UTF-8"], .english),
            ([], ["LANG": "\u{1B}"], .english),
            (["units", "--lang", "vi"], ["LANG": "en_US"], .vietnamese),
            (["--lang=vi", "units"], [:], .vietnamese),
            (["units", "--lang", "en"], ["LANG": "vi_VN"], .english),
            (["units", "--lang"], ["LANG": "vi_VN"], .vietnamese),
            (["units", "--lang", "xx"], ["LANG": "vi_VN"], .vietnamese),
            (["units", "--", "--lang", "vi"], [:], .english),
        ] as [([String], [String: String], Language)]
    )
    func order(arguments: [String], environment: [String: String], language: Language) {
        #expect(LanguageChoice.language(arguments, environment: environment) == language)
    }

    @Test(
        "the profile goes before the locale and behind the option; a damaged one is not asked",
        arguments: [
            (#"{"language": "vi"}"#, [], .vietnamese), (#"{"language": "vi"}"#, ["--lang", "en"], .english),
            (#"{"language": "xx"}"#, [], .english), (#"{}"#, [], .english), ("{", [], .english),
        ] as [(String, [String], Language)]
    )
    func profile(text: String, option: [String], language: Language) throws {
        let folder = try TemporaryFolder()
        try folder.write("profile.json", text)
        let environment = ["KHIEN_PROFILE": folder.path, "LANG": "en_US.UTF-8"]
        #expect(LanguageChoice.language(["units"] + option, environment: environment) == language)
        let named = ["units", "--profile", folder.path] + option
        #expect(LanguageChoice.language(named, environment: ["HOME": "/nonexistent"]) == language)
    }

    @Test(
        arguments: [
            (["--lang", "vi", "units"], ["units"]), (["device", "--lang=en"], ["device"]),
            (["units", "--lang", "xx"], ["units", "--lang", "xx"]), (["units", "--lang=xx"], ["units", "--lang=xx"]),
            (["units", "--lang"], ["units", "--lang"]), (["a", "--", "--lang", "vi"], ["a", "--", "--lang", "vi"]),
        ]
    )
    func `The option may stand anywhere, and a wrong one stays to be refused`(before: [String], after: [String]) {
        #expect(LanguageChoice.removed(from: before) == after)
    }

    @Test(arguments: [["device"], ["--help"], ["help", "units"], []])
    func `Help of a group and of the whole is in the language that stands in front`(arguments: [String]) async {
        let run = await Run.khien(["--lang", "vi"] + arguments, environment: ["LANG": "en_US.UTF-8"])
        #expect(run.status == .done)
        #expect(run.output.hasPrefix("GIỚI THIỆU: "))
    }

    @Test(arguments: Language.allCases)
    func `The collector is told the language with every call`(language: Language) async throws {
        let sent = Mutex<[String]>([])
        let descriptor = Khien_V1_AdministrationService.Method.ListUnits.descriptor
        let context = ClientContext(descriptor: descriptor, remotePeer: "", localPeer: "")
        let request = StreamingClientRequest<Int> { _ in }
        let interceptor = LanguageInterceptor(language: language)
        _ = try await interceptor.intercept(request: request, context: context) { request, _ in
            sent.withLock { $0 = request.metadata[stringValues: "khien-language"].map { $0 } }
            return StreamingClientResponse<Int>(
                metadata: [:],
                bodyParts: RPCAsyncSequence(wrapping: AsyncThrowingStream { $0.finish() })
            )
        }
        #expect(sent.withLock { $0 } == [language.rawValue])
    }
}
