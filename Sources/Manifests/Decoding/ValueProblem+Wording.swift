extension PortProblem {
  var wording: Wording {
    switch self {
    case .format(let text):
      Wording(
        "invalid-port",
        "\"\(text)\" is no port",
        help: text.contains("-")
          ? "a range is written \"min:max\"" : "expected a number, or a range as \"min:max\"; ports have no names here"
      )
    case .minimum(let part, let range):
      Wording(
        "invalid-port",
        "\"\(part)\" in the range \"\(range)\" is no port",
        help: "expected a number from 1 to 65535"
      )
    case .maximum(let part, let range):
      Wording(
        "invalid-port",
        "\"\(part)\" in the range \"\(range)\" is no port",
        help: "expected a number from 1 to 65535"
      )
    case .reversed(let lower, let upper):
      Wording(
        "invalid-port",
        "the range begins at \(lower), after its end \(upper)",
        help: "write \"\(upper):\(lower)\""
      )
    case .range(let text):
      Wording("invalid-port", "\"\(text)\" is no port", help: "ports go from 1 to 65535")
    }
  }
}

extension NamePattern {
  var help: String {
    switch self {
    case .name: "1 to 128 letters, digits, \"_\", \".\" or \"-\""
    case .namespacedName: "1 to 128 letters, digits, \"_\", \".\", \"/\" or \"-\""
    case .interface: "1 to 15 letters, digits, \"_\" or \"-\"; Calico 2.4 takes no \".\" and no \"*\""
    case .linuxInterface: "1 to 15 characters without white space and without \"/\""
    case .labelKey: "1 to 512 letters, digits, \"_\", \".\", \"/\" or \"-\""
    case .labelValue: "up to 63 letters, digits, \"_\", \".\" or \"-\", with a letter or digit at the end; or empty"
    }
  }
}

extension ForeignKind {
  /// Follows «is».
  var description: String {
    switch self {
    case .laterCalico: "a resource of Calico 3, which Gatewalk does not read"
    case .kubernetes: "a Kubernetes resource, which Gatewalk does not read"
    case .clientConfiguration: "a configuration of calicoctl, not a resource"
    }
  }
}
