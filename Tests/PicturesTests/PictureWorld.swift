import Manifests
import Pictures
import Reports
import Selector
import Simulator

/// A host with two governed interfaces, a NodePort and a pod, small enough to be known by heart.
enum PictureWorld {
  static let manifests = """
    apiVersion: gatewalk/v1
    kind: Host
    metadata: {name: gw}
    spec:
      interfaces:
      - {name: eth0, addresses: [10.0.0.1/24]}
      - {name: eth1, addresses: [10.1.0.1/24]}
      routes:
      - {to: 0.0.0.0/0, interface: eth0}
      - {to: 10.65.0.1/32, interface: cali1}
      dnat:
      - {protocol: tcp, address: 10.0.0.1, port: 30080, toAddress: 10.65.0.1, toPort: 8080}
    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: outer, node: gw, labels: {side: outer}}
    spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
    ---
    apiVersion: v1
    kind: workloadEndpoint
    metadata: {name: eth0, workload: shop, orchestrator: k8s, node: gw, labels: {app: shop}}
    spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32]}
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: door}
    spec:
      order: 10
      preDNAT: true
      selector: side == "outer"
      ingress:
      - action: deny
        protocol: tcp
        source:
          nets: [198.51.100.0/24]
      - {action: allow, protocol: tcp, destination: {ports: [30080]}}
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: shop}
    spec:
      selector: app == "shop"
      ingress:
      - {action: allow, protocol: tcp, destination: {ports: [8080]}}

    """

  static let nodePort = "tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0"
  static let denied = "tcp 198.51.100.9 -> 10.0.0.1:30080 in eth0"

  static func picture(_ flow: String, _ text: String = manifests) throws -> PathPicture {
    let loaded = decodeManifests(SourceText(name: "dir/gw.yaml", bytes: Array(text.utf8)), strictness: .lenient)
    let walker = Walker(world: World(loaded.resources), node: "gw", semantics: .documented)
    let resolved = try FlowResolver(try FlowText(flow), source: flow, on: walker).resolve()
    return PathPicture(try walker.trace(resolved), on: walker)
  }

  /// Pictures of random packets in random worlds.
  static func random(worlds: Int, flows: Int) throws -> [PathPicture] {
    try (1...worlds).flatMap { seed in
      var drawn = RandomWorld(seed: UInt64(seed) &* 9973)
      let semantics = Semantics.all[seed % Semantics.all.count]
      let walker = Walker(world: World(try drawn.make(policies: 6, rulesUpTo: 4)), node: "h", semantics: semantics)
      return (0..<flows).compactMap { _ in
        (try? walker.trace(drawn.flow(on: walker))).map { PathPicture($0, on: walker) }
      }
    }
  }

  /// Names that a careless drawing breaks on: as long as they may be, wide, and with what markup takes for its own.
  static let hardNames = [
    String(repeating: "very-long-name-", count: 17), "日本語の名前がとても長い😀", "a<b>&\"c\"|d`e*_#[x](y)", "x\u{301}\u{200d}y",
    "]]> --> </title></script>", "end", "\u{1b}[31m\u{7f}\u{9b}\u{0}", "%% {{x}} ~~~ \\n",
  ]

  /// A picture in which all that is named bears this name.
  static func picture(named name: String, _ flow: String = nodePort) throws -> PathPicture {
    var picture = try picture(flow)
    picture.host = Style.visible(name)
    for index in picture.interfaces.indices {
      picture.interfaces[index].name = Style.visible("\(index)\(name)")
      picture.interfaces[index].endpoint = Style.visible(name)
    }
    picture.notes = [Style.visible(name)]
    picture.packet = renamed(picture.packet, name)
    picture.reply = picture.reply.map { renamed($0, name) }
    return picture
  }

  private static func renamed(_ way: PathPicture.Way, _ name: String) -> PathPicture.Way {
    var way = way
    way.ruling.label = Style.visible("policy \(name) ingress[0]")
    way.stations = way.stations.map { station in
      guard case .gate(var gate) = station else { return station }
      gate.place = Style.visible("\(name) (\(name))")
      if case .accepts(var ruling) = gate.state {
        ruling.label = way.ruling.label
        gate.state = .accepts(ruling)
      }
      if case .skipped = gate.state { gate.state = .skipped(reason: Style.visible(name)) }
      return .gate(gate)
    }
    return way
  }
}
