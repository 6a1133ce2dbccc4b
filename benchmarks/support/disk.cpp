#include "benchmarks/support/disk.hpp"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>

namespace unitcost {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  line.erase(line.find_last_not_of(" \t") + 1);
  return line;
}

/// Where the kernel describes a block device, the whole disk for a partition; empty when it is none.
fs::path folder_of(const std::string& device, const fs::path& root) {
  std::error_code error;
  fs::path folder = fs::canonical(root / "sys/dev/block" / device, error);
  if (error) return {};
  return fs::exists(folder / "partition", error) ? folder.parent_path() : folder;
}

/// Some file systems (btrfs) have a device number of their own; what was mounted may still be a block device.
std::string number_of(const fs::path& node) {
  struct stat facts{};
  if (stat(node.c_str(), &facts) != 0 || !S_ISBLK(facts.st_mode)) return "";
  return fmt::format("{}:{}", major(facts.st_rdev), minor(facts.st_rdev));
}

/// Below a mapped or assembled disk (LVM, LUKS, RAID) the first of its parts, as far down as it goes.
fs::path lowest(fs::path folder) {
  constexpr int kMostLayers = 8;
  std::error_code error;
  for (int layer = 0; layer < kMostLayers; ++layer) {
    std::vector<fs::path> parts;
    for (const auto& part : fs::directory_iterator(folder / "slaves", error)) parts.push_back(part.path());
    if (parts.empty()) return folder;
    const fs::path part = fs::canonical(*std::min_element(parts.begin(), parts.end()), error);
    if (error) return folder;
    folder = fs::exists(part / "partition", error) ? part.parent_path() : part;
  }
  return folder;
}

/// Drivers of the device and of what it hangs on, the nearest first: {"sd", "ahci"}.
std::vector<std::string> drivers_of(const fs::path& folder, const fs::path& root) {
  std::vector<std::string> drivers;
  std::error_code error;
  const fs::path top = fs::canonical(root / "sys", error);
  for (fs::path at = folder; at != top && at.has_relative_path(); at = at.parent_path()) {
    const fs::path driver = fs::read_symlink(at / "driver", error);
    if (!error) drivers.push_back(driver.filename());
  }
  return drivers;
}

bool is_of_a_hypervisor(const std::vector<std::string>& drivers, const std::string& model) {
  constexpr std::array<std::string_view, 6> kDrivers{"virtio_blk", "virtio_scsi", "vmw_pvscsi",
                                                     "hv_storvsc", "vbd",         "xen_blkfront"};
  constexpr std::array<std::string_view, 8> kModels{"QEMU", "VBOX",          "VMware",         "Virtual",
                                                    "Msft", "Elastic Block", "PersistentDisk", "nvme_card-pd"};
  const auto names = [&](std::string_view part) { return model.find(part) != std::string::npos; };
  return std::any_of(kModels.begin(), kModels.end(), names) ||
         std::any_of(drivers.begin(), drivers.end(), [&](const std::string& driver) {
           return std::find(kDrivers.begin(), kDrivers.end(), driver) != kDrivers.end();
         });
}

Medium medium_of(const std::string& rotational, bool is_virtual) {
  if (rotational == "0") return is_virtual ? Medium::kVirtualSolidState : Medium::kSolidState;
  if (rotational == "1") return is_virtual ? Medium::kVirtual : Medium::kRotational;
  return Medium::kUnknown;
}

std::string_view words_for(Medium medium) {
  switch (medium) {
    case Medium::kSolidState:
      return " on a solid-state disk";
    case Medium::kVirtualSolidState:
      return " on a virtual disk that says it is solid-state";
    case Medium::kVirtual:
      return " on a virtual disk that does not say what it is made of";
    case Medium::kRotational:
      return " on a rotating disk";
    case Medium::kUnknown:
      break;
  }
  return ", which does not say what device it is on";
}

}  // namespace

std::string Disk::text() const {
  std::string text = fmt::format("{}{}", file_system.empty() ? "a file system" : file_system, words_for(medium));
  if (!driver.empty()) text += fmt::format(" (driver {}{})", driver, model.empty() ? "" : ", model " + model);
  return text;
}

std::optional<Mount> mount_of(std::uint64_t id, const fs::path& root) {
  std::ifstream in(root / "proc/self/mountinfo");
  for (std::string line; std::getline(in, line);) {
    // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
    std::istringstream words(line);
    std::uint64_t number = 0;
    std::uint64_t parent = 0;
    Mount mount;
    if (!(words >> number >> parent >> mount.device) || number != id) continue;
    for (std::string word; words >> word && word != "-";) {
    }
    if (words >> mount.file_system >> mount.source) return mount;
  }
  return std::nullopt;
}

Disk disk_of(const Mount& mount, const fs::path& root) {
  Disk disk;
  disk.file_system = mount.file_system;
  fs::path folder = folder_of(mount.device, root);
  if (folder.empty() && mount.source.starts_with("/dev/")) {
    const std::string number = number_of(root / mount.source.substr(1));
    if (!number.empty()) folder = folder_of(number, root);
  }
  if (folder.empty()) return disk;
  const fs::path lower = lowest(folder);
  const auto drivers = drivers_of(lower, root);
  disk.driver = drivers.empty() ? "" : drivers.front();
  disk.model = first_line(lower / "device/model");
  const bool has_hardware = !drivers.empty();
  disk.medium =
      medium_of(first_line(folder / "queue/rotational"), !has_hardware || is_of_a_hypervisor(drivers, disk.model));
  return disk;
}

Disk disk_under(int descriptor) {
  std::ifstream in(fmt::format("/proc/self/fdinfo/{}", descriptor));
  for (std::string line; std::getline(in, line);) {
    constexpr std::string_view kKey = "mnt_id:";
    if (!line.starts_with(kKey)) continue;
    const auto mount = mount_of(std::stoull(line.substr(kKey.size())));
    return mount ? disk_of(*mount) : Disk{};
  }
  return {};
}

}  // namespace unitcost
