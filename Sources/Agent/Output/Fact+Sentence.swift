internal import Shared

extension Fact {
    /// What was seen, for officers; texts of the device go through `shown`.
    func sentence(shown: (String) -> String) -> String {
        var sentence = "\(source.thing) \"\(shown(value))\" \(state)"
        if !publisher.isEmpty { sentence += ", made by \(shown(publisher))" }
        if !detail.isEmpty { sentence += " (\(shown(detail)))" }
        if isWeak { sentence += "; a name that counts only beside a better sign" }
        return sentence
    }

    private var state: String {
        switch weight {
        case .leftover: "was left behind"
        case .registered: "is listed"
        case .installed: "is installed"
        case .running: source == .securityCenter ? "is listed as protecting" : "is running"
        }
    }
}

extension FactSource {
    /// The source itself.
    var noun: String {
        switch self {
        case .dpkg: "the Debian package database"
        case .rpm: "the rpm package database"
        case .systemd: "systemd's units"
        case .process: "the processes"
        case .kernelModule: "the kernel's modules"
        case .installPath: "the places of installed files"
        case .snap: "the snaps"
        case .flatpak: "the flatpaks"
        case .uninstall: "Windows' list of installed programs"
        case .service: "Windows' services"
        case .driver: "Windows' drivers"
        case .minifilter: "the file-system filters"
        case .securityCenter: "Windows Security Center"
        case .defender: "Microsoft Defender's own word"
        case .vendorState: "the product's own word"
        case .application: "the applications"
        case .systemExtension: "the system extensions"
        case .launchd: "launchd's jobs"
        case .registry: "the Windows registry"
        }
    }

    /// One thing that the source names.
    var thing: String {
        switch self {
        case .dpkg: "The Debian package"
        case .rpm: "The rpm package"
        case .systemd: "The service"
        case .process: "The program"
        case .kernelModule: "The kernel module"
        case .installPath: "The file or folder"
        case .snap: "The snap"
        case .flatpak: "The flatpak"
        case .uninstall: "The installed program"
        case .service: "The Windows service"
        case .driver: "The driver"
        case .minifilter: "The file-system filter"
        case .securityCenter: "The entry of Windows Security Center"
        case .defender: "Microsoft Defender's component"
        case .vendorState: "The product's component"
        case .application: "The application"
        case .systemExtension: "The system extension"
        case .launchd: "The launchd job"
        case .registry: "The registry key"
        }
    }
}
