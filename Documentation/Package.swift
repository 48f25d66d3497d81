// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds or tests Gatewalk fetches and builds DocC's plugin. As in Benchmarks the folders of
// the main package stand in Sources as symbolic links, and are compiled here once more.

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  // The title of the page above all parts.
  name: "Gatewalk",
  dependencies: [
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")
  ],
  targets: [
    // The pages of docs/ as a catalog that DocC reads: no code of its own.
    .target(name: "Gatewalk", swiftSettings: strict),
    // Makes that catalog, and looks for dead links in the site.
    .executableTarget(name: "catalog", swiftSettings: strict),

    .target(name: "Selector", swiftSettings: strict),
    .target(name: "Simulator", dependencies: ["Selector"], swiftSettings: strict),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "Manifests", dependencies: ["CLibYAML", "Selector", "Simulator"], swiftSettings: strict),
    .target(name: "Lint", dependencies: ["Manifests", "Selector", "Simulator"], swiftSettings: strict),
    .target(name: "Reports", dependencies: ["Lint", "Manifests", "Selector", "Simulator"], swiftSettings: strict),
    .target(name: "Pictures", dependencies: ["Reports", "Selector", "Simulator"], swiftSettings: strict),
    .target(
      name: "Session", dependencies: ["Manifests", "Pictures", "Reports", "Selector", "Simulator"], swiftSettings: strict),
    .target(
      name: "Scenarios", dependencies: ["Manifests", "Reports", "Selector", "Session", "Simulator"],
      swiftSettings: strict),
    .target(
      name: "Lessons", dependencies: ["Manifests", "Reports", "Scenarios", "Selector", "Session", "Simulator"],
      swiftSettings: strict),
    .target(
      name: "Site", dependencies: ["Lint", "Manifests", "Pictures", "Reports", "Scenarios", "Selector", "Simulator"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
