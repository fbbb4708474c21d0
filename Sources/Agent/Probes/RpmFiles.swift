internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Whether the programs of installed rpm packages are where rpm says.
struct RpmFiles {
    /// Packages that are asked about.
    private static let maximumPackages = 64
    /// A file that is not made by installing the package.
    ///
    /// Source: rpm's rpmfiles.h, `RPMFILE_GHOST`.
    private static let notInstalled: Int64 = 1 << 6

    let context: ProbeContext
    let database: RpmDatabase
    let tool: String

    private struct Search {
        var looked = 0
        var lines = 0
        var isAnyGone = false
        var isUndecided = false
        var present: String?

        var answer: PackageFiles.Answer {
            if let present { return .present(present) }
            return isAnyGone && !isUndecided ? .gone : .unknown
        }
    }

    /// Asks for the files of these packages at once; a package without an answer is not in the result.
    func check(_ packages: [String], deadline: Deadline) -> [String: PackageFiles.Answer] {
        let names = Set(packages).sorted().prefix(Self.maximumPackages)
        guard !names.isEmpty else { return [:] }
        var searches: [String: Search] = [:]
        let ending = database.query(
            tool: tool,
            ["-q", "--queryformat", #"[%{=NAME}\t%{FILEFLAGS}\t%{FILEMODES}\t%{FILENAMES}\n]"#, "--"] + names,
            outputLimit: context.limits.fileListBytes,
            deadline: deadline
        ) { line, ending in
            let fields = line.split(separator: 0x09, maxSplits: 3, omittingEmptySubsequences: false)
            guard fields.count == 4 else { return }
            look(
                fields,
                isWhole: ending == .lineFeed,
                in: &searches[String(decoding: fields[0], as: UTF8.self), default: Search()]
            )
        }
        // Half of a list proves that a file is there, and never that none is.
        let isWhole = ending == .exited(0)
        return searches.mapValues { search in
            !isWhole && search.present == nil ? .unknown : search.answer
        }
    }

    private func look(_ fields: [UnsafeRawBufferPointer.SubSequence], isWhole: Bool, in search: inout Search) {
        guard search.present == nil else { return }
        search.lines += 1
        guard isWhole, search.lines <= context.limits.linesPerPackage,
            let flags = Int64(String(decoding: fields[1], as: UTF8.self)),
            let mode = Int64(String(decoding: fields[2], as: UTF8.self))
        else {
            search.isUndecided = true
            return
        }
        // Older ones write a mode with its sign.
        let kind = UInt32(truncatingIfNeeded: mode) & 0xffff
        guard kind & S_IFMT == S_IFREG, kind & 0o111 != 0, flags & Self.notInstalled == 0 else { return }
        guard search.looked < context.limits.filesPerPackage else { return }
        search.looked += 1
        do throws(FileFailure) {
            if try context.root.place(fields[3]).isRegular {
                search.present = WireText.text(fields[3], limit: WireLimits.textBytes)
            } else {
                search.isUndecided = true
            }
        } catch {
            if error.isMissing { search.isAnyGone = true } else { search.isUndecided = true }
        }
    }
}
