#include "benchmarks/support/disk.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace unitcost {
namespace {

namespace fs = std::filesystem;

/// A made-up /proc and /sys.
class Machine {
 public:
  Machine() { fs::create_directories(root_ / "sys/dev/block"); }
  ~Machine() { fs::remove_all(root_); }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  [[nodiscard]] const fs::path& root() const { return root_; }

  void write(const fs::path& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text << '\n';
  }
  void link(const fs::path& at, const fs::path& to) const {
    fs::create_directories((root_ / at).parent_path());
    fs::create_symlink(root_ / to, root_ / at);
  }
  /// A disk whose kernel object is `folder`, below the device that has the driver.
  void add_disk(const std::string& number, const fs::path& folder, const std::string& rotational) const {
    write(folder / "queue/rotational", rotational);
    link("sys/dev/block/" + number, folder);
  }
  void add_driver(const fs::path& device, const std::string& name) const {
    write("sys/bus/drivers" / fs::path(name) / "bind", "");
    link(device / "driver", "sys/bus/drivers" / fs::path(name));
  }

 private:
  fs::path root_ = fs::path(::testing::TempDir()) /
                   (std::string("disk-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

Mount ext4_on(const std::string& device) { return {device, "ext4", "/dev/whatever"}; }

TEST(Disk, IsSolidStateOrRotatingAsItSays) {
  const Machine machine;
  machine.add_disk("259:0", "sys/devices/pci0/0000:01:00.0/nvme/nvme0/nvme0n1", "0");
  machine.add_driver("sys/devices/pci0/0000:01:00.0", "nvme");
  machine.write("sys/devices/pci0/0000:01:00.0/nvme/nvme0/nvme0n1/device/model", "Fast 990  ");
  const Disk fast = disk_of(ext4_on("259:0"), machine.root());
  EXPECT_EQ(fast.medium, Medium::kSolidState);
  EXPECT_EQ(fast.text(), "ext4 on a solid-state disk (driver nvme, model Fast 990)");

  machine.add_disk("8:0", "sys/devices/pci0/ata1/0:0:0:0/block/sda", "1");
  machine.add_driver("sys/devices/pci0/ata1/0:0:0:0", "sd");
  const Disk slow = disk_of(ext4_on("8:0"), machine.root());
  EXPECT_EQ(slow.medium, Medium::kRotational);
  EXPECT_EQ(slow.text(), "ext4 on a rotating disk (driver sd)");
}

TEST(Disk, OfAHypervisorIsBelievedToBeSolidStateButNotToRotate) {
  const Machine machine;
  machine.add_disk("254:0", "sys/devices/pci0/virtio1/block/vda", "1");
  machine.add_disk("254:16", "sys/devices/pci0/virtio1/block/vdb", "0");
  machine.add_driver("sys/devices/pci0/virtio1", "virtio_blk");
  EXPECT_EQ(disk_of(ext4_on("254:0"), machine.root()).medium, Medium::kVirtual);
  EXPECT_EQ(disk_of(ext4_on("254:16"), machine.root()).medium, Medium::kVirtualSolidState);
}

TEST(Disk, IsVirtualByAnyDriverItHangsOnAndByItsModel) {
  const Machine machine;
  machine.add_disk("8:0", "sys/devices/pci0/virtio3/host0/0:0:0:0/block/sda", "1");
  machine.add_driver("sys/devices/pci0/virtio3/host0/0:0:0:0", "sd");
  machine.add_driver("sys/devices/pci0/virtio3", "virtio_scsi");
  const Disk behind = disk_of(ext4_on("8:0"), machine.root());
  EXPECT_EQ(behind.medium, Medium::kVirtual);
  EXPECT_EQ(behind.driver, "sd");

  machine.add_disk("259:0", "sys/devices/pci0/0000:01:00.0/nvme/nvme0/nvme0n1", "0");
  machine.add_driver("sys/devices/pci0/0000:01:00.0", "nvme");
  machine.write("sys/devices/pci0/0000:01:00.0/nvme/nvme0/nvme0n1/device/model", "Amazon Elastic Block Store");
  EXPECT_EQ(disk_of(ext4_on("259:0"), machine.root()).medium, Medium::kVirtualSolidState);
}

TEST(Disk, OfAPartitionIsTheWholeOne) {
  const Machine machine;
  machine.add_disk("8:0", "sys/devices/pci0/ata1/0:0:0:0/block/sda", "1");
  machine.add_driver("sys/devices/pci0/ata1/0:0:0:0", "sd");
  machine.write("sys/devices/pci0/ata1/0:0:0:0/block/sda/sda2/partition", "2");
  machine.link("sys/dev/block/8:2", "sys/devices/pci0/ata1/0:0:0:0/block/sda/sda2");
  EXPECT_EQ(disk_of(ext4_on("8:2"), machine.root()).medium, Medium::kRotational);
}

TEST(Disk, ThatIsMappedIsWhatLiesBelow) {
  const Machine machine;
  machine.add_disk("259:0", "sys/devices/pci0/0000:01:00.0/nvme/nvme0/nvme0n1", "0");
  machine.add_driver("sys/devices/pci0/0000:01:00.0", "nvme");
  machine.write("sys/devices/pci0/0000:01:00.0/nvme/nvme0/nvme0n1/nvme0n1p3/partition", "3");
  machine.add_disk("252:0", "sys/devices/virtual/block/dm-0", "0");
  machine.link("sys/devices/virtual/block/dm-0/slaves/nvme0n1p3",
               "sys/devices/pci0/0000:01:00.0/nvme/nvme0/nvme0n1/nvme0n1p3");
  const Disk disk = disk_of(ext4_on("252:0"), machine.root());
  EXPECT_EQ(disk.medium, Medium::kSolidState);
  EXPECT_EQ(disk.driver, "nvme");
}

TEST(Disk, WithoutHardwareIsVirtual) {
  const Machine machine;
  machine.add_disk("7:0", "sys/devices/virtual/block/loop0", "1");
  const Disk disk = disk_of(ext4_on("7:0"), machine.root());
  EXPECT_EQ(disk.medium, Medium::kVirtual);
  EXPECT_EQ(disk.text(), "ext4 on a virtual disk that does not say what it is made of");
}

TEST(Disk, ThatIsNoBlockDeviceIsUnknown) {
  const Machine machine;
  const Disk disk = disk_of({"0:45", "overlay", "overlay"}, machine.root());
  EXPECT_EQ(disk.medium, Medium::kUnknown);
  EXPECT_EQ(disk.text(), "overlay, which does not say what device it is on");
  EXPECT_EQ(disk_of({"0:46", "btrfs", "/dev/gone"}, machine.root()).medium, Medium::kUnknown);
}

TEST(Mount, IsFoundByItsNumber) {
  const Machine machine;
  machine.write("proc/self/mountinfo",
                "22 27 0:21 / /proc rw,relatime - proc proc rw\n"
                "27 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw,discard\n"
                "28 27 0:40 /sub / rw - btrfs /dev/sda2 rw");
  const auto found = mount_of(27, machine.root());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->device, "254:0");
  EXPECT_EQ(found->file_system, "ext4");
  EXPECT_EQ(found->source, "/dev/vda");
  EXPECT_EQ(mount_of(28, machine.root())->source, "/dev/sda2");
  EXPECT_FALSE(mount_of(2, machine.root()));
}

}  // namespace
}  // namespace unitcost
