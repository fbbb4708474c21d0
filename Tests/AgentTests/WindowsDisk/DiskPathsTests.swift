import Foundation
import Testing

@testable import Agent

/// From what the registry says to files of the disk.
struct DiskPathsTests {
    private let disk: TestDisk
    private let paths: DiskPaths

    init() throws {
        disk = try TestDisk()
        try disk.file("Program Files/Kaspersky Lab/KES 12/avp.exe")
        try disk.file("Program Files/Common.exe")
        try disk.file("Windows/System32/svchost.exe")
        try disk.file("windows.old/readme.txt")
        try disk.link("Users/lost", to: "/nowhere/at/all")
        try disk.link("Users/inside", to: "/Program Files/Kaspersky Lab")
        try disk.link("Users/circle", to: "circle")
        try disk.pipe("pipe")
        let files = DiskFiles(root: try RootDirectory(path: disk.path), limits: WindowsDiskLimits())
        paths = DiskPaths(systemRoot: #"c:\windows"#, version: nil, files: files, limits: WindowsDiskLimits())
    }

    @Test(
        arguments: [
            (#""C:\Program Files\KL\avp.exe" -r --x"#, #"C:\Program Files\KL\avp.exe"#),
            (#"C:\Program Files\Kaspersky Lab\KES 12\avp.exe -r"#, #"C:\Program Files\Kaspersky Lab\KES 12\avp.exe"#),
            (#"C:\Program Files\Kaspersky Lab\KES 12\avp -r"#, #"C:\Program Files\Kaspersky Lab\KES 12\avp.exe"#),
            (#"C:\Not there\a b.exe /s c.exe"#, #"C:\Not there\a b.exe"#),
            (#"\SystemRoot\System32\drivers\klif.sys"#, #"c:\windows\System32\drivers\klif.sys"#),
            (#"\systemroot\system32\a.sys"#, #"c:\windows\system32\a.sys"#),
            (#"system32\DRIVERS\klif.sys"#, #"c:\windows\system32\DRIVERS\klif.sys"#),
            (#"\??\C:\Drv\x.sys"#, #"C:\Drv\x.sys"#),
            (#"\\?\C:\Drv\x.sys"#, #"C:\Drv\x.sys"#),
            (#"\??\UNC\server\share\x.exe"#, #"\\server\share\x.exe"#),
            (#"%SystemRoot%\system32\svchost.exe -k netsvcs -p"#, #"c:\windows\system32\svchost.exe"#),
            (#"%PROGRAMFILES(X86)%\A\a.exe"#, #"c:\Program Files (x86)\A\a.exe"#),
            (#"svchost.exe -k x"#, #"c:\windows\System32\svchost.exe"#),
            (#"%UNKNOWN%\a.exe"#, nil),
            (#"100% real.exe"#, #"c:\windows\System32\100% real.exe"#),
            ("", nil), ("   ", nil), ("\"\"", nil), ("\"", nil),
            (String(repeating: "a", count: 5000), nil),
        ] as [(String, String?)]
    )
    func commandsAreResolvedAsWindowsDoes(command: String, file: String?) {
        #expect(paths.command(command) == file)
    }

    @Test(
        arguments: [
            (#""C:\A b\a.exe",-101"#, #"C:\A b\a.exe"#), (#"C:\A b\a.exe,0"#, #"C:\A b\a.exe"#),
            (#"C:\A,B\a.exe"#, #"C:\A,B\a.exe"#), (#"%ProgramFiles%\KL\"#, #"c:\Program Files\KL\"#),
            ("windowsdefender://", "windowsdefender://"), (",0", nil),
        ] as [(String, String?)]
    )
    func iconsLoseTheirIndex(icon: String, file: String?) {
        #expect(paths.icon(icon) == file)
    }

    @Test(
        arguments: [
            (#"C:\PROGRAM FILES\kaspersky lab\kes 12\AVP.EXE"#, true),
            (#"c:/Program Files/Kaspersky Lab"#, true),
            (#"C:\Program Files\Kaspersky Lab\"#, true),
            (#"C:\Program Files\Kaspersky Lab\gone.exe"#, false),
            (#"C:\Program Files\Common.exe\below\a file"#, false),
            // What cannot be told from this disk is not known.
            (#"D:\Program Files\Kaspersky Lab"#, nil),
            (#"\\server\share\a.exe"#, nil),
            (#"C:\PROGRA~1\KASPER~1\avp.exe"#, nil),
            (#"C:\Users\lost\a.exe"#, nil),
            (#"C:\Users\lost"#, nil),
            (#"C:\Users\circle\a"#, nil),
            (#"C:\pipe"#, nil),
            (#"C:\Windows\..\Windows"#, nil),
            (#"C:\Users\inside\KES 12\avp.exe"#, true),
            (#"relative.exe"#, nil),
            ("", nil),
        ] as [(String, Bool?)]
    )
    func existenceIsLookedUpInAnyCaseAndElseNotKnown(path: String, exists: Bool?) {
        #expect(paths.exists(path) == exists)
    }

    @Test func theSystemFolderOfA32BitProgramIsAnotherOne() {
        #expect(paths.exists(#"C:\Windows\System32\gone.dll"#, view: 32) == nil)
        #expect(paths.exists(#"C:\Windows\System32\gone.dll"#, view: 64) == false)
        #expect(paths.exists(#"C:\Windows\System32\svchost.exe"#, view: 32) == true)
    }

    @Test func aFolderOfMoreNamesThanTheLimitProvesNothing() throws {
        for index in 0..<20 { try disk.file("many/file\(index)") }
        var limits = WindowsDiskLimits()
        limits.folderNames = 10
        let files = DiskFiles(root: try RootDirectory(path: disk.path), limits: limits)
        #expect(files.find(["many", "gone"]) == .unknown)
        #expect(files.find(Array(repeating: "a", count: 100)) == .unknown)
    }

    @Test(.disabled(if: getuid() == 0, "root may look everywhere"))
    func aFolderThatMayNotBeReadProvesNothing() throws {
        try disk.file("closed/file")
        try disk.mode("closed", 0)
        #expect(paths.exists(#"C:\closed\other"#) == nil)
        try disk.mode("closed", 0o700)
    }

    @Test func aVariableThatIsLongIsNotReplacedAgainAndAgain() {
        let user = paths.forUser(profile: #"C:\"# + String(repeating: "x", count: 1000))
        #expect(user.command("%UserProfile%") != nil)
        #expect(user.command(String(repeating: "%UserProfile%", count: 100)) == nil)
    }

    @Test func usersHaveTheirOwnVariables() {
        let user = paths.forUser(profile: #"C:\Users\Lan"#)
        #expect(user.command(#""%LocalAppData%\A\a.exe""#) == #"C:\Users\Lan\AppData\Local\A\a.exe"#)
        #expect(paths.command(#""%LocalAppData%\A\a.exe""#) == nil)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func mutatedCommandsAreResolvedWithoutHarm(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let good = Array(#""%ProgramFiles%\A b\a.exe" \??\C:\x,-1 %A% \SystemRoot\s.sys"#.utf8)
        for _ in 0..<200 {
            let text = String(decoding: random.mutated(good), as: UTF8.self)
            for path in [paths.command(text), paths.icon(text)] {
                #expect(path.map { !$0.isEmpty } ?? true, "seed \(seed)")
                _ = path.map { paths.exists($0) }
            }
        }
    }
}
