#include "harness/machine/guest.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace unitcost {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kSignatures{{
    {"KVMKVMKVM", "KVM"},
    {"TCGTCGTCGTCG", "QEMU (emulated)"},
    {"VMwareVMware", "VMware"},
    {"Microsoft Hv", "Hyper-V"},
    {"XenVMMXenVMM", "Xen"},
    {"VBoxVBoxVBox", "VirtualBox"},
    {"bhyve bhyve ", "bhyve"},
    {"ACRNACRNACRN", "ACRN"},
    {"prl hyperv  ", "Parallels"},
}};

// Names that makers of virtual boards put where hardware makers put theirs.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kBoards{{
    {"QEMU", "QEMU"},
    {"Amazon EC2", "Amazon EC2"},
    {"Google Compute Engine", "Google Compute Engine"},
    {"VMware", "VMware"},
    {"VirtualBox", "VirtualBox"},
    {"Virtual Machine", "Hyper-V"},
    {"Xen", "Xen"},
    {"linux,dummy-virt", "a hypervisor"},
}};

std::string hypervisor_of(const MachineRoot& root, const std::string& cpuinfo) {
  const std::string signature = root.hypervisor_signature();
  for (const auto& [known, name] : kSignatures) {
    if (!signature.empty() && known.starts_with(signature)) return std::string(name);
  }
  if (const auto type = root.read("/sys/hypervisor/type")) return *type == "xen" ? "Xen" : *type;
  std::string board;
  for (const char* file :
       {"/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name", "/proc/device-tree/compatible"}) {
    board += root.read(file).value_or("") + "\n";
  }
  for (const auto& [known, name] : kBoards) {
    if (board.find(known) != std::string::npos) return std::string(name);
  }
  const bool flagged = value_of_key(cpuinfo, "flags").value_or("").find("hypervisor") != std::string::npos;
  return flagged || !signature.empty() ? "a hypervisor" : "";
}

}  // namespace

Guest find_guest(const MachineRoot& root) {
  const std::string cpuinfo = root.read("/proc/cpuinfo").value_or("");
  Guest guest;
  guest.hypervisor = hypervisor_of(root, cpuinfo);
  const std::string model = value_of_key(cpuinfo, "model name").value_or("");
  if (guest.hypervisor == "QEMU (emulated)" || model.find("TCG") != std::string::npos) {
    guest.emulated = true;
    guest.reason = "QEMU interprets the instructions (TCG)";
    return guest;
  }
  const auto clock = root.read("/sys/devices/system/clocksource/clocksource0/current_clocksource");
  if (!clock || *clock == "jiffies" || *clock == "refined-jiffies") {
    guest.emulated = true;
    guest.reason =
        clock ? "the kernel's clock only ticks (" + *clock + ")" : "the kernel does not say what its clock is";
  }
  return guest;
}

}  // namespace unitcost
