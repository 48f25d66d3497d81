// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours: warnings are errors, and what Swift will one day make the default is on today.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "gatewalk",
  products: [
    .executable(name: "gatewalk", targets: ["repl"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // The house, left to right: each target knows only what stands above it here.
    .target(name: "Selector", swiftSettings: strict),
    .target(name: "Simulator", dependencies: ["Selector"], swiftSettings: strict),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "Manifests", dependencies: ["CLibYAML", "Selector", "Simulator"], swiftSettings: strict),
    // What is likely to be a mistake, found by reasoning over the whole world.
    .target(name: "Lint", dependencies: ["Manifests", "Selector", "Simulator"], swiftSettings: strict),
    .target(name: "Reports", dependencies: ["Lint", "Manifests", "Selector", "Simulator"], swiftSettings: strict),
    // A packet's path as a picture: in the terminal, as SVG, HTML, Markdown and Mermaid.
    .target(name: "Pictures", dependencies: ["Reports", "Selector", "Simulator"], swiftSettings: strict),
    // The interactive session without a terminal: commands in, text and a new state out.
    .target(
      name: "Session", dependencies: ["Manifests", "Pictures", "Reports", "Selector", "Simulator"], swiftSettings: strict),
    // Runs scenarios: their flows, changes and invariants, and what they leave untested.
    .target(
      name: "Scenarios", dependencies: ["Manifests", "Reports", "Selector", "Session", "Simulator"],
      swiftSettings: strict),
    // Lessons, their tutor and the quiz: a session with somebody who asks questions.
    .target(
      name: "Lessons", dependencies: ["Manifests", "Reports", "Scenarios", "Selector", "Session", "Simulator"],
      swiftSettings: strict),
    // A report as a small static site: what its files hold, made from scenarios that were run.
    .target(
      name: "Site", dependencies: ["Lint", "Manifests", "Pictures", "Reports", "Scenarios", "Selector", "Simulator"],
      swiftSettings: strict),
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .executableTarget(
      name: "repl",
      dependencies: [
        "CLibEdit", "Lessons", "Lint", "Manifests", "Pictures", "Reports", "Scenarios", "Selector", "Session",
        "Simulator", "Site",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .testTarget(
      name: "SelectorTests", dependencies: ["Selector"], resources: [.copy("Resources")], swiftSettings: strict),
    .testTarget(name: "SimulatorTests", dependencies: ["Selector", "Simulator"], swiftSettings: strict),
    .testTarget(
      name: "ManifestsTests", dependencies: ["Manifests", "Selector", "Simulator"], resources: [.copy("Resources")],
      swiftSettings: strict),
    .testTarget(
      name: "LintTests", dependencies: ["Lint", "Manifests", "Selector", "Simulator"], swiftSettings: strict),
    // Runs the built program, so it depends on it to have it built.
    .testTarget(
      name: "ReplTests",
      dependencies: ["Lint", "Manifests", "Pictures", "Reports", "Selector", "Session", "Simulator", "repl"],
      resources: [.copy("Resources")], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Lint", "Manifests", "Reports", "Selector", "Simulator"], swiftSettings: strict),
    .testTarget(
      name: "PicturesTests", dependencies: ["Manifests", "Pictures", "Reports", "Selector", "Simulator"],
      swiftSettings: strict),
    .testTarget(
      name: "SessionTests", dependencies: ["Manifests", "Reports", "Selector", "Session", "Simulator"],
      swiftSettings: strict),
    .testTarget(
      name: "ScenariosTests", dependencies: ["Lint", "Manifests", "Reports", "Scenarios", "Selector", "Session", "Simulator"],
      swiftSettings: strict),
    .testTarget(
      name: "LessonsTests",
      dependencies: ["Lessons", "Manifests", "Reports", "Scenarios", "Selector", "Session", "Simulator"],
      swiftSettings: strict),
    .testTarget(
      name: "SiteTests", dependencies: ["Lint", "Manifests", "Reports", "Scenarios", "Selector", "Simulator", "Site"],
      swiftSettings: strict),
    // What Felix did with real packets, flow by flow.
    .testTarget(
      name: "ConformanceTests", dependencies: ["Lint", "Manifests", "Reports", "Selector", "Simulator"],
      resources: [.copy("Resources")], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
