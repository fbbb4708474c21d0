internal import Shared

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reads property lists, folders and bundles below a root.
struct MacFiles {
    /// Why a property list is not known.
    enum Failure: Error, Equatable {
        case file(FileFailure)
        case structure(StructureFailure)

        /// For people.
        var reason: String {
            switch self {
            case .file(let failure): failure.reason
            case .structure(let failure): failure.reason
            }
        }

        var isMissing: Bool {
            if case .file(let failure) = self { failure.isMissing } else { false }
        }
    }

    let context: ProbeContext
    let limits: MacLimits

    /// The property list in a regular file.
    func list(_ path: String) throws(Failure) -> StructuredValue {
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try context.root.read(path, limit: limits.propertyListBytes)
        } catch {
            throw .file(error)
        }
        do throws(StructureFailure) {
            return try PropertyList.read(bytes, budget: limits.budget)
        } catch {
            throw .structure(error)
        }
    }

    /// The names in a folder, sorted; `nil` where there is no such folder.
    func names(in path: String, troubles: inout MacTroubles) -> [String]? {
        var names: [String] = []
        var isCut = false
        do throws(FileFailure) {
            let folder = try context.root.folder(path)
            try folder.forEachEntry { entry, kind in
                guard names.count < limits.folderEntries else {
                    isCut = true
                    return false
                }
                // A name that is no text cannot be one that is looked for.
                if kind != .other, let name = String(validatingCString: entry) { names.append(name) }
                return true
            }
        } catch {
            if error.isMissing { return nil }
            troubles.append("\(path): \(error.reason)")
        }
        if isCut { troubles.append("\(path): more than \(limits.folderEntries) entries") }
        return names.sorted()
    }

    /// An application bundle.
    struct Bundle {
        var identifier: String?
        var version: String?
        /// What stands in its program's place.
        var program: Program
    }

    /// Whether a program is there.
    enum Program {
        case present
        case gone
        /// It cannot be looked at.
        case unknown
    }

    /// The bundle at a path; `nil` where there is none.
    func bundle(_ path: String) throws(Failure) -> Bundle? {
        let information: StructuredValue
        do throws(Failure) {
            information = try list(path + "/Contents/Info.plist")
        } catch {
            guard error.isMissing else { throw error }
            return nil
        }
        return Bundle(
            identifier: information["CFBundleIdentifier"]?.text,
            version: information["CFBundleShortVersionString"]?.text ?? information["CFBundleVersion"]?.text,
            program: program(of: path, named: information["CFBundleExecutable"]?.text)
        )
    }

    private func program(of bundle: String, named name: String?) -> Program {
        // The name is text from a file: it must not lead out of the bundle.
        guard let name, !name.isEmpty, name != ".", name != "..", !name.utf8.contains(UInt8(ascii: "/")) else {
            return .unknown
        }
        return program("\(bundle)/Contents/MacOS/\(name)")
    }

    /// Whether a program is at a path.
    func program(_ path: String) -> Program {
        do throws(FileFailure) {
            let place = try context.root.place(path)
            return place.isRegular && place.status.st_size > 0 ? .present : .gone
        } catch {
            return error.isMissing ? .gone : .unknown
        }
    }
}

extension MacFiles {
    /// The catalog's exact names of one kind.
    func signals(_ kind: SignalKind) -> [Catalog.Signal] {
        context.catalog.signals(platform: .macOS, kind: kind).filter { $0.family != nil && !$0.isPrefix }
    }
}
