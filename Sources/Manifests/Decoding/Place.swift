/// The kinds of mapping that a manifest is made of, for messages and hints. Raw values follow «in».
enum Place: String {
  case resource = "a resource"
  case list = "a list of resources"
  case listMetadata = "list metadata"
  case policyMetadata = "policy metadata"
  case policySpec = "policy spec"
  case rule = "a rule"
  case entity = "\"source\" or \"destination\""
  case icmp = "an ICMP match"
  case profileMetadata = "profile metadata"
  case profileSpec = "profile spec"
  case hostEndpointMetadata = "hostEndpoint metadata"
  case hostEndpointSpec = "hostEndpoint spec"
  case workloadEndpointMetadata = "workloadEndpoint metadata"
  case workloadEndpointSpec = "workloadEndpoint spec"
  case ipNAT = "an IP NAT"
  case nodeMetadata = "node metadata"
  case nodeSpec = "node spec"
  case nodeBGP = "\"bgp\" of a node"
  case ipPoolMetadata = "ipPool metadata"
  case ipPoolSpec = "ipPool spec"
  case ipip = "\"ipip\" of a pool"
  case bgpPeerMetadata = "bgpPeer metadata"
  case bgpPeerSpec = "bgpPeer spec"
  case hostMetadata = "Host metadata"
  case hostSpec = "Host spec"
  case hostInterface = "a host interface"
  case hostRoute = "a route"
  case hostDNAT = "a DNAT rule"
  case felix = "\"felix\""
  case failsafePort = "a failsafe port"
  case scenario = "a scenario"
  case scenarioStep = "an item of \"flows\""
  case expectation = "\"expect\""
  case expectedReply = "\"reply\""
  case invariant = "an item of \"invariants\""
  case invariantFlows = "an invariant"
  case lesson = "a lesson"
  case lessonTask = "a task"
  case lessonDemand = "\"write\" or \"mend\""
  case lessonOption = "an option"
  case lessonExam = "\"exam\""
  case lessonQuestion = "a question"
  case configuration = "the configuration"
  case lintConfiguration = "\"lint\" of the configuration"

  /// Is it in a scenario, which is read strictly?
  var isInScenario: Bool {
    switch self {
    case .scenario, .scenarioStep, .expectation, .expectedReply, .invariant, .invariantFlows: true
    default: false
    }
  }
}

/// The fields of one kind of mapping. Raw values are the names as written in a manifest.
protocol FieldName: CaseIterable, Hashable, RawRepresentable, Sendable where RawValue == String {
  static var place: Place { get }
}
