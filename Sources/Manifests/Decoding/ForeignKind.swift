import Simulator

/// What a resource is that Gatewalk does not read.
enum ForeignKind {
  /// `projectcalico.org/v3`, or `crd.projectcalico.org/v1` as kubectl shows it.
  case laterCalico
  case kubernetes
  /// `calicoApiConfig`: how calicoctl finds its store.
  case clientConfiguration

  private static let laterCalicoKinds: Set<String> = [
    "GlobalNetworkPolicy", "NetworkPolicy", "GlobalNetworkSet", "NetworkSet", "BGPConfiguration", "BGPPeer",
    "BGPFilter",
    "FelixConfiguration", "ClusterInformation", "KubeControllersConfiguration", "IPReservation", "IPAMConfig",
    "CalicoNodeStatus", "Tier", "HostEndpoint", "WorkloadEndpoint", "IPPool", "Profile",
  ]

  private static let kubernetesKinds: Set<String> = [
    "Namespace", "Pod", "Service", "Endpoints", "ConfigMap", "Secret", "ServiceAccount", "PersistentVolume",
    "PersistentVolumeClaim", "ReplicationController", "Event", "LimitRange", "ResourceQuota",
  ]

  init?(kind: String, apiVersion: String) {
    switch apiVersion {
    case "projectcalico.org/v3", "crd.projectcalico.org/v1":
      self = .laterCalico
    case "v1" where Self.kubernetesKinds.contains(kind):
      self = .kubernetes
    case "v1" where kind == "calicoApiConfig":
      self = .clientConfiguration
    case "v1", "gatewalk/v1":
      return nil
    case _
    where apiVersion.contains("k8s.io/")
      || ["apps/", "batch/", "policy/", "extensions/", "autoscaling/"].contains(
        where: apiVersion.hasPrefix
      ):
      self = .kubernetes
    case "" where Self.laterCalicoKinds.contains(kind) && kind.contains("Network"):
      self = .laterCalico
    default:
      return nil
    }
  }
}
