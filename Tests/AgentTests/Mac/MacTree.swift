import Foundation
import Shared

@testable import Agent

/// A Mac's disk that a test builds file by file.
struct MacTree {
    let tree: PreparedTree

    init() throws {
        tree = try PreparedTree()
        try list(
            "/System/Library/CoreServices/SystemVersion.plist",
            ["ProductName": "macOS", "ProductVersion": "14.5"],
            .xml
        )
    }

    /// A property list.
    func list(_ path: String, _ value: Any, _ format: PropertyListSerialization.PropertyListFormat = .binary) throws {
        let data = try PropertyListSerialization.data(fromPropertyList: value, format: format, options: 0)
        try tree.file(path, bytes: Array(data))
    }

    /// An application bundle with its program.
    func application(
        _ path: String,
        _ identifier: String,
        program: Bool = true,
        _ format: PropertyListSerialization.PropertyListFormat = .binary
    ) throws {
        try list(
            path + "/Contents/Info.plist",
            [
                "CFBundleIdentifier": identifier, "CFBundleShortVersionString": "12.1", "CFBundleExecutable": "main",
                "CFBundleDocumentTypes": [["CFBundleTypeExtensions": ["*"], "LSTypeIsPackage": false]],
            ],
            format
        )
        if program { try tree.program(path + "/Contents/MacOS/main") }
    }

    /// The list of system extensions.
    func extensions(_ rows: [[String: Any]]) throws {
        try list("/Library/SystemExtensions/db.plist", ["version": 1, "extensions": rows, "developerMode": false])
    }

    /// A row of that list, with the copy that macOS runs.
    func row(
        _ identifier: String,
        _ state: String,
        team: String = "TEAM",
        version: String = "1.0",
        origin: String = "/Applications/Own.app"
    ) throws -> [String: Any] {
        let staged = "/Library/SystemExtensions/\(identifier)-\(version)/\(identifier).systemextension"
        try tree.folder(staged)
        return [
            "identifier": identifier, "state": state, "teamID": team,
            "bundleVersion": ["CFBundleShortVersionString": version, "CFBundleVersion": "7"],
            "originPath": "\(origin)/Contents/Library/SystemExtensions/\(identifier).systemextension",
            "stagedBundleURL": ["relative": "file://\(staged)/"],
            "categories": ["com.apple.system_extension.endpoint_security"],
        ]
    }

    /// What is read of it.
    func read(_ catalog: Catalog? = nil, limits: MacLimits = MacLimits()) throws -> DeviceReading {
        MacDisk(context: try tree.context(catalog: catalog ?? Self.catalog()), limits: limits).read()
    }

    /// The products that its facts stand for.
    func products(_ catalog: Catalog? = nil) throws -> [Product] {
        try (catalog ?? Self.catalog()).products(of: read(catalog).facts, on: .macOS)
    }

    /// Two products, the system's own, and what Norton leaves.
    static func catalog() throws -> Catalog {
        let signals = [
            "own\tmacos\tbundle_id\tantivirus\tstrong\ts\tcom.own.app",
            "own\tmacos\tsystem_extension\tantivirus\tstrong\ts\tcom.own.es",
            "own\tmacos\tsystem_extension\tantivirus\tstrong\ts\tcom.own.net",
            "own\tmacos\tlaunchd\tantivirus\tstrong\ts\tcom.own.daemon",
            "own\tmacos\tteam_id\tantivirus\tstrong\ts\tTEAM",
            "own\tmacos\tpath\tantivirus\tstrong\ts\t/Applications/Own.app",
            "own\tmacos\tpath\tantivirus\tstrong\ts\t/Library/Own",
            "own\tmacos\tdata_path\tantivirus\tstrong\ts\t/Library/Application Support/Own",
            "other\tmacos\tpath\tantivirus\tstrong\ts\t/Applications/Other.app",
            "norton-360\tmacos\tsystem_extension\tantivirus\tstrong\ts\tcom.symantec.mes.systemextension",
            "apple-xprotect\tmacos\tpath\tbuilt-in\tstrong\ts\t/Library/Apple/XProtect.plist",
            "apple-xprotect\tmacos\tprocess\tbuilt-in\tstrong\ts\txprotectd",
        ]
        let families = [
            "apple-xprotect\tbuilt-in\tApple\tXProtect", "norton-360\tantivirus\tNorton\tNorton",
            "other\tantivirus\tOther\tOther", "own\tantivirus\tOwn\tOwn",
        ]
        let text =
            (["version\t1", "source\ts\twords"] + families.map { "family\t" + $0 } + signals.map { "signal\t" + $0 })
            .joined(separator: "\n") + "\n"
        return try Catalog(text: text.utf8)
    }
}
