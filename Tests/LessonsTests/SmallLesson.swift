import Foundation
import Lessons
import Testing

/// A lesson with a task of each kind, in one directory.
enum SmallLesson {
  static let text = """
    # A small lesson

    A few words before.

    ## Looking

    The web is open.

    ```gatewalk
    gatewalk> show policies
    …
    ```

    ## Doing

    Now change it.
    """

  static let world = """
    - apiVersion: gatewalk/v1
      kind: Host
      metadata: {name: h}
      spec:
        interfaces: [{name: eth0, addresses: [10.0.0.1/24]}]
        routes: [{to: 0.0.0.0/0, interface: eth0}]
    - apiVersion: v1
      kind: hostEndpoint
      metadata: {name: e, node: h, labels: {role: web}}
      spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
    - apiVersion: v1
      kind: policy
      metadata: {name: web}
      spec:
        selector: role == 'web'
        order: 10
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [80]}}
        - {action: allow, protocol: tcp, destination: {ports: [443]}}
    """

  static let document = """
    lesson: A small lesson
    number: 3
    world: world.yaml
    tasks:
    - task: guess
      section: Looking
      ask: Somebody calls.
      predict: tcp 203.0.113.9 -> 10.0.0.1:80 in eth0
      hint: [first hint, second hint]
      model: predict allow by policy web ingress[0]
      wrong: [predict deny by no-policy-matched]
      because: That is why.
    - task: answer
      section: Looking
      predict: tcp 203.0.113.9 -> 10.0.0.1:80 in eth0
      of: reply
      model: predict allow by conntrack-established
      wrong: [predict deny by no-policy-matched]
    - task: choice
      section: Looking
      choose:
      - {says: yes it is, because: it is not}
      - {says: no it is not, right: true, because: it is not indeed}
    - task: narrow
      section: Doing
      write:
        flows:
        - {flow: "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", expect: deny}
        - {flow: "tcp 203.0.113.9 -> 10.0.0.1:443 in eth0", expect: allow}
        hidden:
        - {flow: "tcp 203.0.113.9 -> 10.0.0.1:22 in eth0", expect: allow}
        invariants:
        - never: {from: any, to: h, protocol: tcp, ports: [23]}
      model: disable policy web ingress[0]
      wrong:
      - delete policy web
      - - delete policy web
        - |
          apiVersion: v1
          kind: policy
          metadata: {name: open}
          spec:
            selector: all()
            ingress:
            - {action: deny, protocol: tcp, destination: {ports: [80]}}
            - {action: allow}
    - task: repair
      section: Doing
      change: [{delete: policy web}]
      mend:
        flows: [{flow: "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", expect: allow}]
      model: |
        apiVersion: v1
        kind: policy
        metadata: {name: mine}
        spec: {selector: all(), ingress: [{action: allow}]}
      wrong: [failsafe in none]
    - task: test
      section: Doing
      exam:
        pass: 2
        questions:
        - {predict: "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0"}
        - {ask: And SSH?, predict: "tcp 203.0.113.9 -> 10.0.0.1:22 in eth0"}
        - {predict: "tcp 203.0.113.9 -> 10.0.0.1:23 in eth0"}
      model: ["predict allow by policy web ingress[0]", predict allow by failsafe, predict deny by no-policy-matched]
      wrong:
      - ["predict allow by policy web ingress[1]", predict allow by failsafe, predict allow by not-policed]
    """

  /// Writes the lesson, with one text put in the place of another.
  static func write(to files: Scratch, replacing old: String = "", with new: String = "", in name: String = "lesson.yaml")
    throws
  {
    for (file, text) in [("lesson.md", text), ("world.yaml", world), ("lesson.yaml", document)] {
      if file == name, !old.isEmpty { try #require(text.contains(old), "\(old)") }
      try files.write(
        "03-small/\(file)", file == name && !old.isEmpty ? text.replacing(old, with: new, maxReplacements: 1) : text)
    }
  }

  static func load(_ files: Scratch) throws -> Lesson { try Lesson(directory: "\(files.path)/03-small") }

  /// A course of the lesson and a second one.
  static func course(_ files: Scratch) throws -> Course {
    try write(to: files)
    try files.write("04-other/world.yaml", world)
    try files.write("04-other/lesson.md", "# Another\n\n## Only\n\nOne section.\n")
    try files.write(
      "04-other/lesson.yaml",
      """
      lesson: Another
      number: 4
      world: world.yaml
      tasks:
      - {task: one, section: Only, predict: "tcp 203.0.113.9 -> 10.0.0.1:22 in eth0", model: predict allow by failsafe, wrong: predict deny by no-policy-matched}
      """)
    return Course(directory: files.path)
  }
}
