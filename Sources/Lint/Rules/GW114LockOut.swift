import Selector
import Simulator

extension LintRule {
  static let lockOut = LintRule(
    id: "GW114", name: "lock-out", severity: .error,
    summary: "nobody can reach ssh, or Felix cannot reach etcd, or DHCP, DNS or BGP stop; or would, without the failsafes",
    claims: ["S20", "S23", "S24", "S25", "S30", "S42", "S49", "S50", "S51", "S53", "S54", "S55", "S64", "S65"],
    basis: """
      as soon as a host endpoint stands for an interface, everything is dropped but what policies, profiles or failsafe ports allow; \
      without failsafes a mistake can cut the host off, and Felix from the etcd that would tell it of the correction
      """,
    explanation: """
      Taken together, the policies, profiles and failsafe ports of a host leave some service no packet at all, from whatever address
      and by whatever interface, or untracked policy drops all its answers. If that is ssh, nobody can log in to mend it; if it is
      etcd, Felix never hears that it was mended. DHCP and DNS are not among the documented failsafe ports: they need policies of
      their own.

      ```yaml
      - apiVersion: gatewalk/v1
        kind: Host
        metadata: {name: my-host}
        spec:
          interfaces: [{name: eth0, addresses: [10.0.0.1/24]}]
          felix: {failsafeInboundHostPorts: none, failsafeOutboundHostPorts: none}
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: eth0, node: my-host, labels: {role: web}}
        spec: {interfaceName: eth0}
      - apiVersion: v1
        kind: policy
        metadata: {name: web}
        spec:
          selector: role == 'web'
          ingress:
          - {action: allow, protocol: tcp, destination: {ports: [80]}}
      ```

      Allow what keeps the host in reach before the failsafes go: ssh from where you administer it, etcd, DHCP, DNS.

      ```yaml
      apiVersion: v1
      kind: policy
      metadata: {name: keep-in-reach}
      spec:
        order: 0
        selector: has(role)
        ingress:
        - {action: allow, protocol: tcp, source: {nets: [10.9.0.0/16]}, destination: {ports: [22]}}
        - {action: allow, protocol: udp, destination: {ports: [68]}}
        egress:
        - {action: allow, protocol: tcp, destination: {ports: [2379]}}
        - {action: allow, protocol: udp, destination: {ports: [53, 67]}}
      ```
      """
  ) { context in
    var search = LockOutSearch(context)
    return search.findings()
  }
}
