import Foundation
import Testing

@testable import Agent

/// The records of a disk: installed programs, services, drivers, filters, and what products write about themselves.
struct DiskRecordTests {
    // MARK: Installed programs

    @Test func bothViewsOfTheDeviceAreRead() throws {
        let disk = try TestDisk(software: [
            TestDisk.program(
                "{GUID}",
                [
                    .text("DisplayName", "Kaspersky Endpoint Security для Windows"), .text("DisplayVersion", "12.1"),
                    .text("Publisher", "АО «Лаборатория Касперского»"), .text("InstallDate", "20260102"),
                    .number("SystemComponent", 1), .number("WindowsInstaller", 1),
                    .text("UninstallString", "MsiExec.exe /I{GUID}"),
                    .text("InstallLocation", #"C:\Program Files\Kaspersky Lab\"#),
                    .text("ParentKeyName", "Parent"), .text("ReleaseType", "Hotfix"),
                ]
            ),
            TestDisk.program(
                "Smadav",
                below: #"WOW6432Node\"#,
                [
                    .text("DisplayName", "Smadav"),
                    .text("DisplayIcon", #""C:\Program Files (x86)\SMADAV\SMΔRTP.exe",-1"#),
                    .text("InstallLocation", #"%ProgramFiles(x86)%\smadav"#),
                ]
            ),
        ])
        try disk.file("Program Files (x86)/Smadav/SMΔRTP.exe")
        let records = try disk.records()
        let kes = try #require(records.first("uninstall", "key", "{GUID}"))
        #expect(kes.text("hive") == "HKLM" && kes.number("view") == 64)
        #expect(kes.text("name") == "Kaspersky Endpoint Security для Windows")
        #expect(kes.text("publisher") == "АО «Лаборатория Касперского»" && kes.text("version") == "12.1")
        #expect(kes.boolean("component") == true && kes.boolean("msi") == true)
        #expect(kes.text("parent") == "Parent" && kes.text("release") == "Hotfix" && kes.text("date") == "20260102")
        #expect(kes.boolean("location_exists") == false)
        #expect(kes.fields["program"] == nil, "MsiExec says nothing about the product")
        let smadav = try #require(records.first("uninstall", "key", "Smadav"))
        #expect(smadav.number("view") == 32)
        #expect(smadav.boolean("location_exists") == true)
        #expect(smadav.text("program") == #"C:\Program Files (x86)\SMADAV\SMΔRTP.exe"#)
        #expect(smadav.boolean("program_exists") == true)
        #expect(smadav.boolean("component") == nil, "absent is not false")
    }

    @Test func usersAreFoundByTheirListAndByTheirFolders() throws {
        let list = #"Microsoft\Windows NT\CurrentVersion\ProfileList\"#
        let disk = try TestDisk(software: [
            .at(list + "S-1-5-21-1", [.expandText("ProfileImagePath", #"C:\Users\Lan"#)]),
            .at(list + "S-1-5-21-2", [.expandText("ProfileImagePath", #"C:\Users\removed"#)]),
            .at(list + "S-1-5-21-3", [.expandText("ProfileImagePath", #"D:\Users\elsewhere"#)]),
            .at(list + "S-1-5-18", [.expandText("ProfileImagePath", #"%systemroot%\system32\config\systemprofile"#)]),
        ])
        let program = { (name: String) in
            TestHive([
                TestDisk.program("own", below: #"Software\"#, [.text("DisplayName", name)]),
                TestDisk.program("own32", below: #"Software\Wow6432Node\"#, [.text("DisplayName", name + " 32")]),
            ]).bytes
        }
        try disk.file("Users/lan/ntuser.dat", program("Lan's"))
        try disk.file("Users/old account/NTUSER.DAT", program("forgotten"))
        try disk.file("Users/Default/NTUSER.DAT", program("template"))
        try disk.file("Windows/System32/config/systemprofile/NTUSER.DAT", program("system's"))
        try disk.file("Users/broken/NTUSER.DAT", [UInt8](repeating: 0x41, count: 20000))
        try disk.pipe("Users/pipe/NTUSER.DAT")
        try disk.link("Users/All Users", to: "/ProgramData")
        let records = try disk.records()
        let found = records.of("uninstall").map { "\($0.text("hive") ?? "") \($0.text("name") ?? "")" }
        #expect(
            Set(found) == [
                "S-1-5-21-1 Lan's", "S-1-5-21-1 Lan's 32", "old account forgotten", "old account forgotten 32",
                "S-1-5-18 system's", "S-1-5-18 system's 32",
            ]
        )
        #expect(records.first("uninstall", "key", "own32")?.number("view") == 32)
        #expect(records.state("uninstall") == "partial")
        let reason = records.reason("uninstall")
        #expect(reason.contains("the profile of S-1-5-21-3 is on another drive"))
        #expect(reason.contains("NTUSER.DAT of broken: damaged, or not a registry hive"))
        #expect(reason.contains("NTUSER.DAT of pipe: not a regular file"))
    }

    @Test func moreUsersThanTheLimitArePartial() throws {
        let disk = try TestDisk(software: [])
        for user in ["a", "b", "c"] { try disk.file("Users/\(user)/readme.txt") }
        var limits = WindowsDiskLimits()
        limits.users = 2
        #expect(try disk.records(limits: limits).reason("uninstall") == "more than 2 users")
    }

    @Test func longNamesAreCutAndMarked() throws {
        let long = String(repeating: "Δ", count: 700)
        let disk = try TestDisk(software: [TestDisk.program("A", [.text("DisplayName", long)])])
        let record = try #require(try disk.records().of("uninstall").first)
        #expect(record.text("name") == String(repeating: "Δ", count: 512))
        #expect(record.boolean("cut") == true)
    }

    // MARK: Services, drivers, filters

    @Test func servicesAreThoseOfTheCurrentControlSet() throws {
        let disk = try TestDisk(system: [
            TestDisk.service(
                "AVP.KES.21.13",
                [
                    .number("Type", 0x110), .number("Start", 2), .number("LaunchProtected", 3),
                    .text("DisplayName", "Kaspersky"),
                    .expandText("ImagePath", #""%ProgramFiles%\KL\avp.exe" -r"#),
                ]
            ),
            TestDisk.service(
                "WdFilter",
                [
                    .number("Type", 2), .number("Start", 0),
                    .text("DisplayName", "@oem7.inf,%name%;Mini-filter"),
                    .text("ImagePath", #"\SystemRoot\system32\drivers\wdfilter.sys"#),
                ]
            ),
            TestDisk.service("klif", [.number("Type", 2), .text("DisplayName", "@res.dll,-1")]),
            TestDisk.service("NoType", [.text("ImagePath", "x.sys")]),
            TestDisk.service("Removed", [.number("Type", 16), .number("DeleteFlag", 1)]),
            TestDisk.service("Short", [.bytes("Type", type: 4, [16])]),
        ])
        try disk.file("program files/KL/AVP.EXE")
        try disk.file("Windows/System32/drivers/WdFilter.sys")
        let records = try disk.records()
        #expect(records.of("service").compactMap { $0.text("name") }.sorted() == ["AVP.KES.21.13", "WdFilter", "klif"])
        let avp = try #require(records.first("service", "name", "AVP.KES.21.13"))
        #expect(avp.text("type") == "win32" && avp.number("start") == 2 && avp.number("protected") == 3)
        #expect(avp.text("path") == #""%ProgramFiles%\KL\avp.exe" -r"# && avp.text("display") == "Kaspersky")
        #expect(avp.text("file") == #"C:\Program Files\KL\avp.exe"# && avp.boolean("file_exists") == true)
        #expect(avp.fields["state"] == nil)
        let filter = try #require(records.first("service", "name", "WdFilter"))
        #expect(filter.text("type") == "driver" && filter.text("display") == "Mini-filter")
        #expect(filter.boolean("file_exists") == true)
        let klif = try #require(records.first("service", "name", "klif"))
        #expect(klif.text("file") == #"C:\Windows\system32\drivers\klif.sys"#)
        #expect(klif.boolean("file_exists") == false && klif.fields["display"] == nil && klif.fields["start"] == nil)
    }

    @Test func altitudesAreReadAtBothPlaces() throws {
        let disk = try TestDisk(system: [
            TestDisk.service(
                "klif",
                [.number("Type", 2), .text("ImagePath", #"system32\DRIVERS\klif.sys"#)],
                [.at(#"Instances\klif Instance"#, [.text("Altitude", "320400")])]
            ),
            TestDisk.service(
                "newer",
                [.number("Type", 2)],
                [.at(#"Parameters\Instances\newer Instance"#, [.text("Altitude", "321120.5")])]
            ),
            TestDisk.service(
                "odd",
                [.number("Type", 2)],
                [.at(#"Instances\no altitude"#, []), .at(#"Instances\a number"#, [.number("Altitude", 320_000)])]
            ),
            TestDisk.service(
                "removed",
                [.number("Type", 2), .number("DeleteFlag", 1)],
                [.at(#"Instances\removed"#, [.text("Altitude", "328010")])]
            ),
        ])
        try disk.file("Windows/System32/Drivers/KLIF.SYS")
        let filters = try disk.records().of("minifilter")
        #expect(filters.compactMap { $0.text("altitude") }.sorted() == ["320400", "321120.5"])
        let klif = try #require(filters.first { $0.text("service") == "klif" })
        #expect(klif.text("instance") == "klif Instance" && klif.text("file") == "klif.sys")
        #expect(klif.boolean("file_exists") == true && klif.fields["loaded"] == nil)
        #expect(filters.first { $0.text("service") == "newer" }?.text("file") == "newer.sys")
    }

    // MARK: Products about themselves

    @Test func kasperskysStatisticsAreReadInBothViewsAndSayNothingAboutRunning() throws {
        let disk = try TestDisk(software: [
            .at(
                #"WOW6432Node\KasperskyLab\Components\34\1103\1.0.0.0\Statistics\AVState"#,
                [
                    .text("Protection_BasesDate", "22-11-2026 06-05-04"),
                    .text("Protection_LastConnected", "22-11-2026 07-00-00"),
                    .text("Protection_AdmServer", "ksc.example"), .number("Protection_RtpState", 5),
                    .number("Protection_AvRunning", 1),
                ]
            ),
            .at(
                #"WOW6432Node\KasperskyLab\Components\34\1103\1.0.0.0"#,
                [.text("ProductName", "KES"), .text("ProductVersion", "12.1")]
            ),
            .at(
                #"KasperskyLab\Components\34\KES\Statistics\AVState"#,
                [.text("Protection_BasesDate", "gestern"), .text("Protection_LastConnected", "nie")]
            ),
        ])
        let records = try disk.records()
        let states = records.of("kaspersky")
        #expect(records.state("kaspersky") == "complete" && states.count == 2)
        let full = try #require(states.first { $0.number("view") == 32 })
        #expect(full.text("component") == #"34\1103\1.0.0.0"# && full.number("state") == 5)
        #expect(full.number("bases_at") == 1_795_327_504 && full.number("last_connection") == 1_795_330_800)
        #expect(full.text("server") == "ksc.example" && full.text("product") == "KES")
        #expect(full.text("product_version") == "12.1")
        let odd = try #require(states.first { $0.number("view") == 64 })
        #expect(odd.text("component") == #"34\KES"# && odd.text("bases_text") == "gestern")
        #expect(odd.fields["bases_at"] == nil && odd.fields["last_connection"] == nil)
        for state in states { #expect(state.fields["engine_running"] == nil) }
    }

    @Test func defenderTellsItsVersionsAndNeverItsMode() throws {
        let time: UInt64 = 134_000_000_000_000_000
        let disk = try TestDisk(software: [
            .at(
                #"Microsoft\Windows Defender\Signature Updates"#,
                [
                    .text("AVSignatureVersion", "1.2.3"), .text("EngineVersion", "1.1"),
                    .bytes("SignaturesLastUpdated", time.littleEndianBytes),
                ]
            ),
            .at(
                #"Policies\Microsoft\Windows Advanced Threat Protection"#,
                [.number("ForceDefenderPassiveMode", 1)]
            ),
        ])
        let records = try disk.records()
        let defender = try #require(records.of("defender").first)
        #expect(defender.text("signature_version") == "1.2.3" && defender.text("engine_version") == "1.1")
        #expect(defender.number("signatures_at") == 1_755_526_400)
        #expect(defender.boolean("passive_policy") == true)
        #expect(defender.fields["mode"] == nil && defender.fields["real_time"] == nil)
        #expect(records.state("defender") == "partial")
    }

    @Test func vendorsAreReadOnTwoLevelsOfBothViews() throws {
        let disk = try TestDisk(software: [
            .at(#"KasperskyLab\protected\deeper"#),
            .at(#"WOW6432Node\ESET\ESET Security\CurrentVersion"#),
            .at(#"Classes\.txt"#),
        ])
        let keys = try disk.records().of("registry").map { "\($0.text("key") ?? "") \($0.number("view") ?? 0)" }
        #expect(keys.contains(#"HKLM\SOFTWARE\KasperskyLab 64"#))
        #expect(keys.contains(#"HKLM\SOFTWARE\KasperskyLab\protected 64"#))
        #expect(keys.contains(#"HKLM\SOFTWARE\ESET\ESET Security 32"#))
        #expect(!keys.contains { $0.contains("deeper") || $0.contains("Classes") || $0.contains("WOW6432Node") })
    }
}
