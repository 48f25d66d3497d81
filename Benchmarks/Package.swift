// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what measures is no part of what is measured. `package` symbols end at a package's
// border; so the folders of the main package stand in Sources as symbolic links, and are compiled here once more.

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "gatewalk-benchmarks",
  targets: [
    .target(name: "Selector", swiftSettings: strict),
    .target(name: "Simulator", dependencies: ["Selector"], swiftSettings: strict),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "Manifests", dependencies: ["CLibYAML", "Selector", "Simulator"], swiftSettings: strict),
    .target(name: "Lint", dependencies: ["Manifests", "Selector", "Simulator"], swiftSettings: strict),
    .target(name: "Reports", dependencies: ["Lint", "Selector", "Simulator"], swiftSettings: strict),
    .target(name: "Pictures", dependencies: ["Reports", "Selector", "Simulator"], swiftSettings: strict),
    .target(
      name: "Session", dependencies: ["Manifests", "Pictures", "Reports", "Selector", "Simulator"], swiftSettings: strict),
    .executableTarget(
      name: "bench",
      dependencies: ["Manifests", "Reports", "Selector", "Session", "Simulator"],
      swiftSettings: strict
    ),
  ],
  swiftLanguageModes: [.v6]
)
