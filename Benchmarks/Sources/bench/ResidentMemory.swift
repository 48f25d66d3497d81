import Glibc

/// The memory of this process that is resident, in MB, from the second field of `/proc/self/statm` (pages).
func residentMegabytes() throws -> Double {
  guard let file = fopen("/proc/self/statm", "r") else { throw BenchError.system("open /proc/self/statm", errno) }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  guard fgets(&line, Int32(line.count), file) != nil else { throw BenchError.system("read /proc/self/statm", errno) }
  let fields = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self).split(separator: " ")
  guard fields.count > 1, let pages = Int(fields[1]) else { throw BenchError.system("read /proc/self/statm", EINVAL) }
  return Double(pages * Int(sysconf(Int32(_SC_PAGESIZE)))) / 1e6
}
