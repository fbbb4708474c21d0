#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Looks files of a Windows disk up: the case of names does not matter there, and it may not here.
final class DiskFiles {
    /// What is at a path.
    enum Finding: Equatable {
        case file
        case folder
        /// Nothing.
        case missing
        /// It cannot be told: no rights, a link that leads nowhere, a short name, a limit.
        case unknown
    }

    private struct Entry {
        var name: String
        var kind: EntryKind
    }

    /// The names in a folder by their small letters; `nil` where it could not be read to its end.
    private struct Listing {
        var entries: [String: Entry] = [:]
        var failure: FileFailure?
    }

    private let root: RootDirectory
    private let limits: WindowsDiskLimits
    private var listings: [String: Listing] = [:]
    private var names = 0

    init(root: RootDirectory, limits: WindowsDiskLimits) {
        self.root = root
        self.limits = limits
    }

    /// What is at a path below the root.
    func find(_ path: [String]) -> Finding {
        let actual: (path: String, kind: EntryKind, throughLink: Bool)
        do throws(FileFailure) {
            actual = try resolve(path)
        } catch {
            return error.isMissing ? .missing : .unknown
        }
        switch actual.kind {
        case .file: return .file
        case .folder: return .folder
        case .other: return .unknown
        case .link, .unknown: break
        }
        guard let place = try? root.place(actual.path) else { return .unknown }
        return place.isFolder ? .folder : place.isRegular ? .file : .unknown
    }

    /// Opens the regular file at a path.
    func open(_ path: [String]) throws(FileFailure) -> (file: Descriptor, status: stat) {
        try root.open(resolve(path).path)
    }

    /// The folders in a folder, links not among them, sorted.
    func folders(in path: [String]) -> [String] {
        guard let actual = try? resolve(path).path else { return [] }
        return listing(actual).entries.values.filter { $0.kind == .folder }.map(\.name).sorted()
    }

    /// The path as the disk spells it.
    private func resolve(_ path: [String]) throws(FileFailure) -> (path: String, kind: EntryKind, throughLink: Bool) {
        guard path.count <= limits.pathParts else { throw .tooLarge }
        var actual = ""
        var kind = EntryKind.folder
        var throughLink = false
        for part in path {
            let listing = listing(actual)
            guard let entry = listing.entries[part.lowercased()] else {
                // Behind a link that only Windows understands anything may be.
                if let failure = listing.failure { throw throughLink && failure.isMissing ? .system(ELOOP) : failure }
                // Short names like PROGRA~1 are on the disk and are not shown.
                throw part.utf8.contains(UInt8(ascii: "~")) ? .system(EIO) : .system(ENOENT)
            }
            actual += "/" + entry.name
            kind = entry.kind
            if kind == .link { throughLink = true }
        }
        return (actual, kind, throughLink)
    }

    private func listing(_ path: String) -> Listing {
        if let known = listings[path] { return known }
        var listing = Listing()
        do throws(FileFailure) {
            let folder = try root.folder(path)
            var isCut = false
            try folder.forEachEntry { name, kind in
                names += 1
                isCut = names > limits.folderNames
                guard !isCut else { return false }
                let name = String(cString: name)
                listing.entries[name.lowercased()] = Entry(name: name, kind: kind)
                return true
            }
            if isCut { listing.failure = .tooLarge }
        } catch {
            listing.failure = error
        }
        listings[path] = listing
        return listing
    }
}
