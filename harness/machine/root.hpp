#pragma once
// Seam: where facts about the machine come from. Tests give a folder with a fake /proc and /sys.
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace unitcost {

class MachineRoot {
 public:
  virtual ~MachineRoot() = default;
  /// The text of a file ("/proc/meminfo") without the last newline; nothing when it is not there or not readable.
  [[nodiscard]] virtual std::optional<std::string> read(const std::string& path) const = 0;
  /// Names in a folder, sorted; empty when it is not there.
  [[nodiscard]] virtual std::vector<std::string> list(const std::string& folder) const = 0;
  /// What CPUID says of the hypervisor ("KVMKVMKVM", "TCGTCGTCGTCG"); empty on bare metal and where there is no CPUID.
  [[nodiscard]] virtual std::string hypervisor_signature() const = 0;
};

/// Files under a folder, as if it were "/". The signature is the text of <folder>/hypervisor_signature.
class FolderRoot : public MachineRoot {
 public:
  explicit FolderRoot(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override;
  [[nodiscard]] std::vector<std::string> list(const std::string& folder) const override;
  [[nodiscard]] std::string hypervisor_signature() const override;

 private:
  std::filesystem::path folder_;
};

/// This machine.
class SystemRoot final : public FolderRoot {
 public:
  SystemRoot() : FolderRoot("/") {}
  [[nodiscard]] std::string hypervisor_signature() const override;
};

/// Small helpers over texts of /proc and /sys.
std::optional<double> number_in(const std::optional<std::string>& text);  ///< a file that holds one number
std::optional<double> field_of(
    const std::string& text,
    const std::string&
        name);  ///< the number behind `name` at the start of a line: "MemTotal: 17 kB", "throttled_usec 5"
std::optional<std::string> value_of_key(const std::string& text,
                                        const std::string& name);  ///< "model name\t: X" -> "X"

}  // namespace unitcost
