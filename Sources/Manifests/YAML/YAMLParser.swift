import CLibYAML
import Selector

/// libyaml's events, turned into a tree.
enum YAMLParser {
  /// Reads the first YAML document in `range` of a file's bytes. All places in the result, and in errors, are offsets into
  /// the whole file.
  ///
  /// - Complexity: O(*n*) in the bytes of the range.
  static func parse(_ bytes: [UInt8], in range: Range<Int>) throws(YAMLSyntaxError) -> YAMLDocument {
    let outcome: Result<YAMLDocument, YAMLSyntaxError> = bytes.withUnsafeBufferPointer { whole in
      do throws(YAMLSyntaxError) {
        var events = try EventStream(UnsafeBufferPointer(rebasing: whole[range]), offset: range.lowerBound)
        defer { events.close() }
        return .success(try events.readDocument())
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }
}

/// One libyaml parser over one document's bytes.
private struct EventStream {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let codePoints: CodePointIndex
  private let offset: Int
  private let bytes: UnsafeBufferPointer<UInt8>

  /// - Parameter offset: where the bytes begin in their file.
  init(_ bytes: UnsafeBufferPointer<UInt8>, offset: Int) throws(YAMLSyntaxError) {
    parser = .allocate(capacity: 1)
    codePoints = CodePointIndex(bytes)
    self.offset = offset
    self.bytes = bytes
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw YAMLSyntaxError(reason: .outOfMemory, range: offset..<offset)
    }
    // Said outright, so that libyaml does not guess UTF-16 from the first bytes.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  func close() {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  mutating func readDocument() throws(YAMLSyntaxError) -> YAMLDocument {
    var builder = YAMLTreeBuilder()
    var documentEnded = false
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
      defer { yaml_event_delete(&event) }
      switch event.type {
      case YAML_STREAM_END_EVENT:
        return builder.document
      case YAML_DOCUMENT_START_EVENT where documentEnded:
        throw YAMLSyntaxError(reason: .textAfterDocument, range: place(event))
      case YAML_DOCUMENT_END_EVENT:
        documentEnded = true
      default:
        try add(event, to: &builder)
      }
    }
  }

  private func add(_ event: yaml_event_t, to builder: inout YAMLTreeBuilder) throws(YAMLSyntaxError) {
    let place = place(event)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      builder.scalar(
        UnsafeBufferPointer(start: scalar.value, count: scalar.length),
        style: .init(scalar.style),
        tag: Self.tag(scalar.tag, quoted: scalar.style != YAML_PLAIN_SCALAR_STYLE),
        anchor: Self.name(scalar.anchor),
        at: place
      )
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      let flow = start.style == YAML_FLOW_SEQUENCE_STYLE
      try builder.begin(
        .sequence,
        style: flow ? .flowCollection : .blockCollection,
        anchor: Self.name(start.anchor),
        at: place
      )
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      let flow = start.style == YAML_FLOW_MAPPING_STYLE
      try builder.begin(
        .mapping,
        style: flow ? .flowCollection : .blockCollection,
        anchor: Self.name(start.anchor),
        at: place
      )
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      builder.end(at: place)
    case YAML_ALIAS_EVENT:
      try builder.alias(Self.name(event.data.alias.anchor) ?? "", at: place)
    default:
      break
    }
  }

  private func place(_ event: yaml_event_t) -> Range<Int> {
    let start = offset + codePoints.byteOffset(Int(event.start_mark.index))
    return start..<max(start, offset + codePoints.byteOffset(Int(event.end_mark.index)))
  }

  private func failure() -> YAMLSyntaxError {
    let state = parser.pointee
    if state.error == YAML_MEMORY_ERROR {
      return YAMLSyntaxError(reason: .outOfMemory, range: offset..<offset)
    }
    if state.error == YAML_READER_ERROR {
      let start = offset + sequenceStart(min(Int(state.problem_offset), bytes.count))
      let isControl = state.problem_value >= 0 && String(cString: state.problem).hasPrefix("control")
      return YAMLSyntaxError(
        reason: isControl ? .controlCharacter(UInt32(state.problem_value)) : .notUTF8,
        range: start..<start + 1
      )
    }
    let start = offset + codePoints.byteOffset(Int(state.problem_mark.index))
    return YAMLSyntaxError(
      reason: .syntax(
        problem: state.problem.map { String(cString: $0) } ?? "cannot be parsed",
        context: state.context.map { String(cString: $0) }
      ),
      range: start..<start + 1
    )
  }

  /// Where the multi-byte sequence begins in which libyaml met a wrong byte; the offset itself if that begins one.
  private func sequenceStart(_ offset: Int) -> Int {
    for back in 1..<4 where back <= offset {
      let byte = bytes[offset - back]
      if byte < 0x80 { break }
      let length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0
      if length > back { return offset - back }
      if length > 0 { break }
    }
    return offset
  }

  private static func name(_ text: UnsafeMutablePointer<yaml_char_t>?) -> ByteString? {
    guard let text else { return nil }
    return ByteString(String(cString: text))
  }

  private static func tag(_ text: UnsafeMutablePointer<yaml_char_t>?, quoted: Bool) -> YAMLDocument.Tag {
    guard let text else { return quoted ? .string : .none }
    switch String(cString: text) {
    case YAML_STR_TAG: return .string
    case YAML_INT_TAG: return .int
    case YAML_FLOAT_TAG: return .float
    case YAML_BOOL_TAG: return .bool
    case YAML_NULL_TAG: return .null
    case "tag:yaml.org,2002:binary": return .binary
    default: return .other
    }
  }
}

extension YAMLDocument.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: self = .block
    default: self = .plain
    }
  }
}
