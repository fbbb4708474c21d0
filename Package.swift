// swift-tools-version:6.2

import PackageDescription

/// What every target of ours is built with; generated code is exempt.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grpcCore = Target.Dependency.product(name: "GRPCCore", package: "grpc-swift-2")
let grpcProtobuf = Target.Dependency.product(name: "GRPCProtobuf", package: "grpc-swift-protobuf")
let grpcTransport = Target.Dependency.product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHPACK = Target.Dependency.product(name: "NIOHPACK", package: "swift-nio-http2")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

let package = Package(
    name: "Khien",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "khien", targets: ["khien"]),
        .executable(name: "khien-agent", targets: ["khien-agent"]),
        .executable(name: "khien-collector", targets: ["khien-collector"]),
        .executable(name: "khien-fleet", targets: ["khien-fleet"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries of the system, each behind a module map.
        .systemLibrary(
            name: "CProtobufC",
            path: "Sources/CLibraries/CProtobufC",
            providers: [.apt(["libprotobuf-c-dev"])]
        ),
        .systemLibrary(name: "COpenSSL", path: "Sources/CLibraries/COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", path: "Sources/CLibraries/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        // C of our own: the Windows probes (nothing on other systems), and the reader of Windows' hives, which loads
        // libhivex only when there is a Windows disk to read.
        .target(
            name: "CWindowsProbe",
            path: "Sources/CLibraries/CWindowsProbe",
            exclude: ["program"],
            linkerSettings: ["advapi32", "ole32", "oleaut32"].map { .linkedLibrary($0, .when(platforms: [.windows])) }
        ),
        .target(name: "CHive", path: "Sources/CLibraries/CHive"),

        // Generated code, checked in; `make proto` and `make catalog` write it anew.
        .target(
            name: "CAgentMessages",
            dependencies: ["CProtobufC"],
            path: "Sources/Generated/CAgentMessages",
            linkerSettings: [.linkedLibrary("protobuf-c")]
        ),
        .target(name: "CCatalog", path: "Sources/Generated/CCatalog"),
        .target(
            name: "Messages",
            dependencies: [grpcCore, grpcProtobuf, protobuf],
            path: "Sources/Generated/Messages"
        ),

        // What agent, collector and command line have in common: pure code, no Foundation.
        .target(name: "Shared", dependencies: ["CCatalog"], swiftSettings: strict),
        // P-256 keys and signatures by OpenSSL; the agent signs, the collector verifies.
        .target(name: "Signatures", dependencies: ["Shared", "COpenSSL"], swiftSettings: strict),

        .target(
            name: "Agent",
            dependencies: [
                "Shared", "Signatures", "CAgentMessages", "CCurl", "CHive", "COpenSSL", "CProtobufC", "CWindowsProbe",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Collector",
            dependencies: [
                "Shared", "Signatures", "Messages", "COpenSSL",
                asn1, crypto, grdb, grpcCore, grpcProtobuf, grpcTransport, logging, metrics, nio, nioHPACK, nioHTTP2,
                nioSSL, nioTLS, protobuf, serviceLifecycle, unixSignals, x509,
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Admin",
            dependencies: [
                "Shared", "Messages",
                argumentParser, asn1, crypto, grpcCore, grpcTransport, nio, nioSSL, protobuf, x509,
            ],
            swiftSettings: strict
        ),
        // Simulated devices, on the agent's own transport and encoder.
        .target(
            name: "Fleet",
            dependencies: ["Shared", "Signatures", "Agent", "COpenSSL"],
            resources: [.embedInCode("Mix/fleet-mix.tsv")],
            swiftSettings: strict
        ),

        .executableTarget(
            name: "khien-agent",
            dependencies: ["Agent", "Shared", argumentParser],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "khien-collector",
            dependencies: ["Collector", "Shared", argumentParser, logging],
            swiftSettings: strict
        ),
        .executableTarget(name: "khien", dependencies: ["Admin", argumentParser], swiftSettings: strict),
        .executableTarget(
            name: "khien-fleet",
            dependencies: ["Fleet", "Shared", argumentParser],
            swiftSettings: strict
        ),

        .testTarget(name: "SharedTests", dependencies: ["Shared"], swiftSettings: strict),
        .testTarget(name: "SignaturesTests", dependencies: ["Signatures", "Shared"], swiftSettings: strict),
        .testTarget(
            name: "AgentTests",
            dependencies: ["Agent", "Shared", "Signatures", "CAgentMessages", "COpenSSL", "CProtobufC"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CollectorTests",
            dependencies: [
                "Collector", "Shared", "Signatures", "Messages",
                asn1, crypto, grdb, grpcCore, grpcTransport, logging, nio, nioSSL, protobuf,
                serviceLifecycle, x509,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AdminTests",
            dependencies: [
                "Admin", "Messages", "Shared",
                argumentParser, asn1, crypto, grpcCore, grpcTransport, protobuf, x509,
            ],
            swiftSettings: strict
        ),
        // Labeled devices: what the verdict must be, and how often it is right.
        .testTarget(
            name: "CorpusTests",
            dependencies: ["Agent", "Shared"],
            exclude: ["Devices"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "FleetTests",
            dependencies: ["Fleet", "Agent", "Shared", "Signatures"],
            swiftSettings: strict
        ),
        // Whole paths: real processes, sockets and TLS; both codecs against each other.
        .testTarget(
            name: "SystemTests",
            dependencies: [
                "Admin", "Agent", "CAgentMessages", "Collector", "Fleet", "Messages", "Shared", "Signatures", grdb,
                protobuf,
            ],
            exclude: ["Python"],
            swiftSettings: strict
        ),
    ],
    cLanguageStandard: .c17
)
