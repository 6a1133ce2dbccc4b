#pragma once
// What a file lies on, as far as the kernel tells: the file system, and the kind of device below it.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace unitcost {

/// A virtual disk is one that a hypervisor, or a driver without hardware, shows; what it is made of it need not tell.
enum class Medium { kUnknown, kSolidState, kVirtualSolidState, kVirtual, kRotational };

struct Disk {
  std::string file_system;  ///< "ext4"; empty where even that is not told
  std::string driver;       ///< "nvme"; empty where there is none
  std::string model;        ///< as the device names its make, if it does; never a serial number
  Medium medium = Medium::kUnknown;

  /// "ext4 on a solid-state disk (driver nvme, model …)".
  [[nodiscard]] std::string text() const;
};

/// A line of /proc/self/mountinfo.
struct Mount {
  std::string device;       ///< "259:2"
  std::string file_system;  ///< "ext4"
  std::string source;       ///< "/dev/nvme0n1p2"; whatever was mounted
};

/// The mount with this number. `root` stands for "/" here and below (tests pass a folder).
std::optional<Mount> mount_of(std::uint64_t id, const std::filesystem::path& root = "/");

/// Virtual is what hangs on a driver of a hypervisor's, has the model name of one, or is a device of the kernel alone (loop). Such a disk is believed
/// when it says that it is solid-state; that it rotates is only what drivers say when nobody told them (virtio does).
Disk disk_of(const Mount& mount, const std::filesystem::path& root = "/");

/// Of an open file.
Disk disk_under(int descriptor);

}  // namespace unitcost
