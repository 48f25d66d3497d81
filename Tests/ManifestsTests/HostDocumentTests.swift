import Manifests
import Selector
import Simulator
import Testing

@Suite struct HostDocumentTests {
  /// Everything that DESIGN's example shows.
  @Test(arguments: Strictness.allCases)
  func `the whole document`(strictness: Strictness) {
    let text = """
      apiVersion: gatewalk/v1
      kind: Host
      metadata: {name: my-host}
      spec:
        interfaces:
        - {name: eth0, addresses: [10.0.0.1/24, "fd00::1/64"]}
        - {name: cali1}
        - eth0.100
        routes:
        - {to: 0.0.0.0/0, interface: eth0}
        dnat:
        - {protocol: tcp, address: 10.0.0.1, port: 30080, toAddress: 10.65.0.1, toPort: 8080}
        - {address: "fd00::1", toAddress: "fd00::2"}
        felix:
          interfacePrefix: cali
          defaultEndpointToHostAction: Drop
          failsafeInboundHostPorts: [{protocol: tcp, port: 22}]
          failsafeOutboundHostPorts: []
      """
    let loaded = decode(text, strictness)
    #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
    let host = Host(
      name: "my-host",
      interfaces: [
        Host.Interface(name: "eth0", addresses: [IPNetwork("10.0.0.1/24")!, IPNetwork("fd00::1/64")!]),
        Host.Interface(name: "cali1"), Host.Interface(name: "eth0.100"),
      ],
      routes: [Host.Route(to: IPNetwork("0.0.0.0/0")!, interface: "eth0")],
      dnat: [
        Host.DNAT(
          protocol: .tcp,
          address: IPAddress("10.0.0.1")!,
          port: 30080,
          toAddress: IPAddress("10.65.0.1")!,
          toPort: 8080
        ),
        Host.DNAT(
          protocol: nil,
          address: IPAddress("fd00::1")!,
          port: nil,
          toAddress: IPAddress("fd00::2")!,
          toPort: nil
        ),
      ],
      felix: Host.FelixConfiguration(
        interfacePrefixes: ["cali"],
        defaultEndpointToHostAction: .drop,
        failsafeInbound: [Host.FailsafePort(.tcp, 22)],
        failsafeOutbound: []
      )
    )
    #expect(loaded.resources.map(\.withoutLocations) == [.host(host)])
  }

  /// Felix's settings in every shape that people have them in; `nil`: the semantics' own default.
  @Test(
    arguments: [
      ("failsafeInboundHostPorts: none", []), ("failsafeInboundHostPorts: NONE", []),
      ("failsafeInboundHostPorts: []", []),
      ("failsafeInboundHostPorts:", nil), ("FailsafeInboundHostPorts: [22]", ["tcp 22"]),
      ("failsafeInboundHostPorts: 22", ["tcp 22"]),
      ("failsafeInboundHostPorts: \"tcp:22, udp:68,179\"", ["tcp 22", "udp 68", "tcp 179"]),
      ("failsafeInboundHostPorts: tcp:22,udp:68", ["tcp 22", "udp 68"]),
      (
        "failsafeInboundHostPorts: [\"udp:68\", {port: 22}, {protocol: UDP, port: \"53\"}, {protocol: 17, port: 1}]",
        ["udp 68", "tcp 22", "udp 53", "udp 1"]
      ),
    ] as [(String, [String]?)]
  )
  func `failsafe ports`(line: String, expected: [String]?) throws {
    let felix = try #require(Self.felix(line))
    #expect(felix.failsafeInbound?.map { "\($0.protocol) \($0.port)" } == expected)
  }

  @Test(
    arguments: [
      ("interfacePrefix: cali,tap", ["cali", "tap"]), ("interfacePrefix: [cali, \"tap, x\"]", ["cali", "tap", "x"]),
      ("interfacePrefix:", nil),
    ] as [(String, [String]?)]
  )
  func `interface prefixes`(line: String, expected: [String]?) throws {
    #expect(try #require(Self.felix(line)).interfacePrefixes?.map(\.text) == expected)
  }

  @Test(
    arguments: [("accept", .accept), ("RETURN", .return), ("Drop", .drop)] as [(String, Host.EndpointToHostAction)]
  )
  func `endpoint to host action`(word: String, expected: Host.EndpointToHostAction) throws {
    #expect(try #require(Self.felix("defaultEndpointToHostAction: \(word)")).defaultEndpointToHostAction == expected)
  }

  private static func felix(_ line: String) -> Host.FelixConfiguration? {
    let loaded = decode("apiVersion: gatewalk/v1\nkind: Host\nmetadata: {name: h}\nspec:\n  felix:\n    \(line)\n")
    guard case .host(let host)? = loaded.resources.first, loaded.diagnostics.isEmpty else { return nil }
    return host.felix
  }
}
