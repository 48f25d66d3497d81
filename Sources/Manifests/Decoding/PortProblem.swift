/// Why a text is no port and no range of ports.
enum PortProblem: Error {
  case format(String)
  case minimum(String, range: String)
  case maximum(String, range: String)
  case reversed(Int, Int)
  case range(String)
}
