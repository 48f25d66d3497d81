package import Selector

/// An endpoint of either kind, as policy sees it: they share labels, profiles and one namespace (S1-S3).
package enum Endpoint: Hashable, Sendable {
  case host(HostEndpoint)
  case workload(WorkloadEndpoint)

  package var node: ByteString {
    switch self {
    case .host(let endpoint): endpoint.node
    case .workload(let endpoint): endpoint.node
    }
  }

  package var labels: LabelSet {
    switch self {
    case .host(let endpoint): endpoint.labels
    case .workload(let endpoint): endpoint.labels
    }
  }

  package var profiles: [ByteString] {
    switch self {
    case .host(let endpoint): endpoint.profiles
    case .workload(let endpoint): endpoint.profiles
    }
  }

  package var interfaceName: ByteString? {
    switch self {
    case .host(let endpoint): endpoint.interfaceName
    case .workload(let endpoint): endpoint.interfaceName
    }
  }

  /// The addresses that a selector in a rule stands for when it matches this endpoint: expected IPs of a host
  /// endpoint, addresses of a workload (S38, S39).
  package var addresses: [IPAddress] {
    switch self {
    case .host(let endpoint): endpoint.expectedIPs
    case .workload(let endpoint): endpoint.ipNetworks.map(\.address)
    }
  }

  package var resource: Resource {
    switch self {
    case .host(let endpoint): .hostEndpoint(endpoint)
    case .workload(let endpoint): .workloadEndpoint(endpoint)
    }
  }

  /// The full name, node first: `my-host/eth0-hep`, `my-host/k8s/w1/eth0`.
  package var name: ByteString { resource.id.name }

  package var location: SourceLocation? { resource.location }

  package var isHost: Bool {
    if case .host = self { return true }
    return false
  }

  /// The name that people use: of a host endpoint its own, of a workload endpoint the workload's.
  package var shortName: ByteString {
    switch self {
    case .host(let endpoint): endpoint.name
    case .workload(let endpoint): endpoint.workload
    }
  }
}
