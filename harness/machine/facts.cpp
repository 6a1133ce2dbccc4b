#include "harness/machine/facts.hpp"

#include <gnu/libc-version.h>
#include <unistd.h>

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "harness/base/digest.hpp"
#include "harness/machine/cgroup.hpp"
#include "harness/machine/guest.hpp"
#include "harness/machine/kernel_options.hpp"

namespace unitcost {
namespace {

namespace json = boost::json;
using Kind = Fact::Kind;

constexpr std::size_t kIdDigits = 12;

Fact known(Kind kind, json::value value) { return {kind, std::move(value), ""}; }
Fact unknown(Kind kind, std::string reason) { return {kind, nullptr, std::move(reason)}; }

Fact text_fact(Kind kind, const std::optional<std::string>& text, const char* reason) {
  return text && !text->empty() ? known(kind, json::value(*text)) : unknown(kind, reason);
}

Fact count_fact(Kind kind, const std::optional<double>& number, const char* reason) {
  return number ? known(kind, static_cast<std::int64_t>(*number)) : unknown(kind, reason);
}

std::optional<std::string> cpu_model(const MachineRoot& root) {
  const std::string cpuinfo = root.read("/proc/cpuinfo").value_or("");
  for (const char* key : {"model name", "Model", "cpu model", "cpu"}) {
    if (auto value = value_of_key(cpuinfo, key)) return value;
  }
  const auto implementer = value_of_key(cpuinfo, "CPU implementer");  // Arm names its makers and designs by number
  const auto part = value_of_key(cpuinfo, "CPU part");
  if (implementer && part) return fmt::format("Arm implementer {} part {}", *implementer, *part);
  return root.read("/proc/device-tree/model");
}

/// "48K" -> 49152
std::int64_t bytes_of(const std::string& size) {
  const std::int64_t number = std::strtoll(size.c_str(), nullptr, 10);
  if (size.ends_with('K')) return number << 10;
  return size.ends_with('M') ? number << 20 : number;
}

/// "0-3,8" -> 5
int count_cpus(const std::string& list) {
  int count = 0;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    const std::string range = list.substr(at, comma - at);
    const std::size_t dash = range.find('-');
    const int first = std::atoi(range.c_str());
    count += dash == std::string::npos ? 1 : std::atoi(range.c_str() + dash + 1) - first + 1;
    at = comma + 1;
  }
  return count;
}

Fact caches(const MachineRoot& root, int cpu) {
  const std::string folder = fmt::format("/sys/devices/system/cpu/cpu{}/cache", cpu);
  json::array found;
  for (const std::string& index : root.list(folder)) {
    if (!index.starts_with("index")) continue;
    const auto read = [&](const char* file) { return root.read(folder + "/" + index + "/" + file).value_or(""); };
    std::string type = read("type");
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    found.push_back(json::object{{"level", std::atoi(read("level").c_str())},
                                 {"type", type},
                                 {"bytes", bytes_of(read("size"))},
                                 {"shared_by", count_cpus(read("shared_cpu_list"))}});
  }
  return found.empty() ? unknown(Kind::kIdentity, "the kernel reports no caches")
                       : known(Kind::kIdentity, std::move(found));
}

Fact board(const MachineRoot& root) {
  std::string text;
  for (const char* file :
       {"/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name", "/sys/class/dmi/id/board_name"}) {
    const auto part = root.read(file);
    if (part && !part->empty() && text.find(*part) == std::string::npos) text += text.empty() ? *part : " " + *part;
  }
  if (text.empty()) text = root.read("/proc/device-tree/model").value_or("");
  return text_fact(Kind::kIdentity, text, "neither DMI nor a device tree names the board");
}

Fact mitigations(const MachineRoot& root) {
  const std::string folder = "/sys/devices/system/cpu/vulnerabilities";
  json::object found;
  for (const std::string& name : root.list(folder)) {
    const std::string state = root.read(folder + "/" + name).value_or("");
    if (state != "Not affected") found[name] = state;
  }
  return root.list(folder).empty() ? unknown(Kind::kSetUp, "the kernel does not list vulnerabilities")
                                   : known(Kind::kSetUp, std::move(found));
}

/// "always [madvise] never" -> "madvise"
std::optional<std::string> chosen_in(const std::optional<std::string>& text) {
  const std::size_t open = text ? text->find('[') : std::string::npos;
  const std::size_t close = open == std::string::npos ? open : text->find(']', open);
  if (close == std::string::npos) return std::nullopt;
  return text->substr(open + 1, close - open - 1);
}

}  // namespace

Facts collect_facts(const MachineRoot& root, const Topology& topology) {
  const Guest guest = find_guest(root);
  const CgroupLimits limits = read_cgroup_limits(root);
  const int cpu = topology.cpus.front().id;
  const auto memory_kib = field_of(root.read("/proc/meminfo").value_or(""), "MemTotal");
  Facts facts;
  facts["cpu_model"] = text_fact(Kind::kIdentity, cpu_model(root), "/proc/cpuinfo names no model");
  facts["cpus"] = known(Kind::kIdentity, static_cast<std::int64_t>(topology.cpus.size()));
  facts["smt"] = known(Kind::kIdentity, topology.threads_per_core());
  facts["numa_nodes"] = known(Kind::kIdentity, topology.numa_nodes);
  facts["caches"] = caches(root, cpu);
  facts["memory_bytes"] = count_fact(Kind::kIdentity, memory_kib ? std::optional(1024.0 * *memory_kib) : std::nullopt,
                                     "/proc/meminfo cannot be read");
  facts["page_bytes"] = known(Kind::kIdentity, static_cast<std::int64_t>(sysconf(_SC_PAGESIZE)));
  facts["board"] = board(root);
  facts["guest"] = known(Kind::kIdentity, json::value(guest.hypervisor));
  facts["emulated"] = {Kind::kIdentity, guest.emulated, guest.reason};
  facts["huge_pages"] = text_fact(Kind::kSetUp, chosen_in(root.read("/sys/kernel/mm/transparent_hugepage/enabled")),
                                  "the kernel has no transparent huge pages");
  facts["kernel"] =
      text_fact(Kind::kSetUp, root.read("/proc/sys/kernel/osrelease"), "/proc/sys/kernel/osrelease cannot be read");
  const auto command_line = root.read("/proc/cmdline");
  facts["kernel_options"] = command_line ? known(Kind::kSetUp, json::value(relevant_kernel_options(*command_line)))
                                         : unknown(Kind::kSetUp, "/proc/cmdline cannot be read");
  facts["mitigations"] = mitigations(root);
  facts["governor"] =
      text_fact(Kind::kSetUp, root.read(fmt::format("/sys/devices/system/cpu/cpu{}/cpufreq/scaling_governor", cpu)),
                "no cpufreq driver, as in most virtual machines");
  facts["libc"] = known(Kind::kSetUp, json::value(fmt::format("glibc {}", gnu_get_libc_version())));
  facts["clock_source"] =
      text_fact(Kind::kSetUp, root.read("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
                "the kernel does not say what its clock is");
  facts["cgroup_memory_bytes"] = count_fact(Kind::kSetUp, limits.memory_limit_bytes, "no limit");
  facts["cgroup_cpus"] = limits.cpus ? known(Kind::kSetUp, *limits.cpus) : unknown(Kind::kSetUp, "no limit");
  facts["aslr"] = count_fact(Kind::kSetUp, number_in(root.read("/proc/sys/kernel/randomize_va_space")),
                             "/proc/sys/kernel/randomize_va_space cannot be read");
  facts["perf"] = count_fact(Kind::kSetUp, number_in(root.read("/proc/sys/kernel/perf_event_paranoid")),
                             "the kernel has no hardware counters to offer");
  const auto load = number_in(root.read("/proc/loadavg"));
  facts["load_1min"] = load ? known(Kind::kMoving, *load) : unknown(Kind::kMoving, "/proc/loadavg cannot be read");
  return facts;
}

std::string machine_id(const MachineRoot& root, const std::string& key) {
  std::string identity = cpu_model(root).value_or("");
  for (const char* file : {"/etc/machine-id", "/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name",
                           "/sys/class/dmi/id/board_name", "/proc/device-tree/model"}) {
    identity += '\n' + root.read(file).value_or("");
  }
  return hmac_sha256_hex(key, "machine\n" + identity).substr(0, kIdDigits);
}

std::string boot_hash(const MachineRoot& root, const std::string& key) {
  const auto boot = root.read("/proc/sys/kernel/random/boot_id");
  return boot ? hmac_sha256_hex(key, "boot\n" + *boot).substr(0, kIdDigits) : "";
}

std::string fact_text(const Fact& fact) {
  if (fact.value.is_null()) return "unknown: " + fact.reason;
  if (const json::string* text = fact.value.if_string())
    return text->empty() ? "none" : std::string(text->data(), text->size());
  if (const bool* yes = fact.value.if_bool())
    return *yes ? "yes" + (fact.reason.empty() ? "" : " (" + fact.reason + ")") : "no";
  if (const double* number = fact.value.if_double()) return fmt::format("{:.3g}", *number);
  return json::serialize(fact.value);
}

}  // namespace unitcost
