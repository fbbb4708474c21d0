internal import Shared

/// Whether the programs of an installed Debian package are where its list of files says.
struct PackageFiles {
    /// What the list led to.
    enum Answer: Equatable {
        /// This program is there.
        case present(String)
        /// The list names programs, and none of them is there.
        case gone
        /// There is no list, it names no programs, or they cannot be seen.
        case unknown
    }

    /// Folders that hold programs.
    private static let programFolders: [StaticString] = [
        "/bin/", "/lib/", "/lib64/", "/opt/", "/sbin/",
        "/usr/bin/", "/usr/lib/", "/usr/lib64/", "/usr/libexec/", "/usr/sbin/",
    ]
    /// Folders below those that hold settings of the system.
    private static let settingFolders: [StaticString] = [
        "/lib/systemd/", "/lib/udev/", "/usr/lib/systemd/", "/usr/lib/sysusers.d/", "/usr/lib/tmpfiles.d/",
        "/usr/lib/udev/",
    ]

    let context: ProbeContext

    /// Looks the programs of a package up, until one is found.
    func check(_ package: DpkgParser.Package) -> Answer {
        guard let list = list(of: package) else { return .unknown }
        var looked = 0
        var lines = 0
        var isUndecided = false
        var isAnyGone = false
        var present: String?
        do throws(FileFailure) {
            _ = try list.forEachLine(limit: context.limits.fileListBytes, lineBytes: 4096) { line, ending in
                guard ending == .lineFeed, lines < context.limits.linesPerPackage else {
                    isUndecided = true
                    return ending != .lineFeed
                }
                guard isProgram(line) else { return true }
                lines += 1
                do throws(FileFailure) {
                    let place = try context.root.place(line)
                    // The list names folders, too; those are shared and prove nothing.
                    guard place.isRegular else { return true }
                    present = WireText.text(line, limit: WireLimits.textBytes)
                } catch {
                    if error.isMissing { isAnyGone = true } else { isUndecided = true }
                    looked += 1
                }
                return present == nil && looked < context.limits.filesPerPackage
            }
        } catch {
            isUndecided = true
        }
        if let present { return .present(present) }
        return isAnyGone && !isUndecided ? .gone : .unknown
    }

    /// `NAME.list`, or `NAME:ARCHITECTURE.list` for a package that may be there for several.
    private func list(of package: DpkgParser.Package) -> Descriptor? {
        let folder = Array("/var/lib/dpkg/info/".utf8)
        let ending = Array(".list".utf8)
        let plain = folder + package.name + ending
        let qualified = folder + package.name + [UInt8(ascii: ":")] + package.architecture + ending
        if let opened = try? context.root.open(plain) { return opened.file }
        // The architecture is text from the database: it must not lead out of the folder.
        guard !package.architecture.isEmpty, !package.architecture.contains(UInt8(ascii: "/")) else { return nil }
        return (try? context.root.open(qualified))?.file
    }

    private func isProgram(_ path: UnsafeRawBufferPointer) -> Bool {
        Self.programFolders.contains { begins(path, with: $0) }
            && !Self.settingFolders.contains { begins(path, with: $0) }
    }

    private func begins(_ path: UnsafeRawBufferPointer, with prefix: StaticString) -> Bool {
        prefix.withUTF8Buffer { path.count > $0.count && path.prefix($0.count).elementsEqual($0) }
    }
}
