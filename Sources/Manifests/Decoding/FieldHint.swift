/// What people mean who write a field where it is not known: fields of later versions, of other places, of other kinds.
enum FieldHint {
  /// `nil` where nothing better than a similar name is known.
  static func help(for name: String, in place: Place) -> String? {
    inScenario(name, place) ?? versioned(name) ?? misnamed(name, in: place) ?? misplaced(name, in: place)
  }

  /// What a required field holds.
  static func required(_ field: String) -> String? {
    switch field {
    case "action": "write action: allow, deny, log or pass"
    case "flow": "write flow: tcp 203.0.113.9 -> 10.0.0.1:80 in eth0"
    case "verdict": "write verdict: allow, deny or error"
    case "expect": "write expect: allow, deny or error, or a mapping with \"verdict\" and \"by\""
    case "from", "to": "a network, an address, the name of an endpoint or a node, any, or a list of these"
    case "section": "the heading in lesson.md that the task comes after"
    case "model": "inputs that do the task, such as predict allow by failsafe"
    case "wrong": "an answer that somebody might give and that must fail"
    case "interfaceName": "the host's side of the workload's interface, such as cali12345"
    default: nil
    }
  }

  /// Fields of a verdict's JSON that a scenario names otherwise, and fields at another level of it.
  private static func inScenario(_ name: String, _ place: Place) -> String? {
    switch (place, name) {
    case (.expectation, "decidedBy"), (.expectedReply, "decidedBy"), (.expectation, "kind"), (.expectedReply, "kind"):
      "write by: policy NAME ingress[0], or another decision, such as by: failsafe"
    case (.expectation, "name"), (.expectation, "rule"), (.expectation, "direction"), (.expectedReply, "name"),
      (.expectedReply, "rule"), (.expectedReply, "direction"):
      "it belongs in \"by\": policy NAME ingress[0]"
    case (.expectation, "matched"), (.expectedReply, "matched"), (.expectation, "source"), (.expectedReply, "source"):
      "only what decides can be expected, with \"by\""
    case (.scenarioStep, "verdict"), (.scenarioStep, "by"), (.scenarioStep, "reply"), (.scenarioStep, "stage"),
      (.scenarioStep, "path"), (.scenarioStep, "out"), (.scenarioStep, "endpoint"):
      "\"\(name)\" belongs in \"expect\""
    case (.expectedReply, "path"), (.expectedReply, "out"):
      "\"\(name)\" can be expected of the packet alone"
    case (.scenario, "flow"), (.scenario, "expect"), (.scenario, "change"):
      "\"\(name)\" belongs in an item of \"flows\""
    case (.scenario, "never"), (.scenario, "always"):
      "\"\(name)\" belongs in an item of \"invariants\""
    case (.scenario, "description"): "the field is called \"about\""
    case (.scenario, "name"): "the name is the value of \"scenario\""
    case (.scenarioStep, "semantics"), (.scenarioStep, "about"), (.scenarioStep, "world"), (.scenarioStep, "resources"):
      "\"\(name)\" belongs in the scenario itself, and goes for all flows"
    case (.resource, "flows"), (.resource, "invariants"):
      "a scenario begins with scenario: NAME, and has neither apiVersion nor kind"
    case (.invariantFlows, "on"): "the field is called \"node\", since YAML takes \"on\" for a boolean"
    case (.invariantFlows, "port"): "the field is called \"ports\" and takes a list"
    default: nil
    }
  }

  private static func versioned(_ name: String) -> String? {
    switch name {
    case "types":
      "\"types\" came with Calico v2.6; here a policy always governs both directions"
    case "applyOnForward":
      "\"applyOnForward\" came with Calico v3.0; here host endpoint policy applies to forwarded traffic anyway"
    case "namespaceSelector", "serviceAccountSelector", "serviceAccounts", "http", "services":
      "\"\(name)\" came with Calico v3; select endpoints with \"selector\""
    case "tier":
      "there are no tiers in Calico v2.4; \"order\" sorts policies"
    case "creationTimestamp", "resourceVersion", "uid", "generation", "managedFields":
      "\"\(name)\" is Kubernetes' own; remove it"
    case "status":
      "a resource has no \"status\" here; remove it"
    default:
      nil
    }
  }

  private static func misnamed(_ name: String, in place: Place) -> String? {
    switch (place, name) {
    case (.hostEndpointSpec, "interface"), (.workloadEndpointSpec, "interface"):
      "the field is called \"interfaceName\""
    case (.hostEndpointMetadata, "hostname"), (.workloadEndpointMetadata, "hostname"):
      "the field is called \"node\""
    case (_, "namespace"):
      "API v1 has no namespaces; the name alone tells resources apart"
    case (.hostEndpointSpec, "ports"), (.workloadEndpointSpec, "ports"):
      "named ports came with Calico v2.6; give port numbers in the rules"
    case (.policyMetadata, "labels"):
      "a policy has no labels; \"annotations\" take any text"
    case (.policyMetadata, "tags"), (.hostEndpointMetadata, "tags"):
      "only a profile has tags"
    case (_, "annotations"):
      "only a policy has annotations"
    case (.profileSpec, "selector"), (.profileSpec, "order"):
      "a profile has no \"\(name)\": endpoints name their profiles, in order, in spec.profiles"
    case (.hostEndpointSpec, "selector"), (.workloadEndpointSpec, "selector"):
      "an endpoint does not select; policies select it by its labels"
    case (.rule, "from"): "write \"source\""
    case (.rule, "to"): "write \"destination\""
    default:
      nil
    }
  }

  private static let entityFields: Set<String> = [
    "tag", "net", "nets", "selector", "ports", "notTag", "notNet", "notNets", "notSelector", "notPorts",
  ]
  private static let ruleFields: Set<String> = [
    "action", "ipVersion", "protocol", "icmp", "notProtocol", "notICMP", "source", "destination",
  ]
  private static let policyFields: Set<String> = ["order", "selector", "ingress", "egress", "doNotTrack", "preDNAT"]
  private static let endpointFields: Set<String> = ["interfaceName", "expectedIPs", "profiles", "ipNetworks", "mac"]
  private static let metadataFields: Set<String> = ["name", "node", "labels", "tags", "orchestrator", "workload"]

  private static func misplaced(_ name: String, in place: Place) -> String? {
    switch place {
    case .rule where entityFields.contains(name):
      "\"\(name)\" belongs in the rule's \"source\" or \"destination\""
    case .entity where ruleFields.contains(name):
      "\"\(name)\" belongs in the rule itself, beside \"source\" and \"destination\""
    case .rule where name == "type" || name == "code", .entity where name == "type" || name == "code":
      "\"\(name)\" belongs in the rule's \"icmp\""
    case .policySpec where ruleFields.contains(name) || name == "ports" || name == "nets":
      "\"\(name)\" belongs in a rule, in the list of \"ingress\" or \"egress\""
    case .resource where policyFields.contains(name) || endpointFields.contains(name):
      "\"\(name)\" belongs in \"spec\""
    case .resource where metadataFields.contains(name):
      "\"\(name)\" belongs in \"metadata\""
    case .policyMetadata where policyFields.contains(name), .profileMetadata where policyFields.contains(name),
      .hostEndpointMetadata where endpointFields.contains(name),
      .workloadEndpointMetadata where endpointFields.contains(name):
      "\"\(name)\" belongs in \"spec\""
    case .policySpec where metadataFields.contains(name), .hostEndpointSpec where metadataFields.contains(name),
      .profileSpec where metadataFields.contains(name), .workloadEndpointSpec where metadataFields.contains(name):
      "\"\(name)\" belongs in \"metadata\""
    default:
      nil
    }
  }
}
