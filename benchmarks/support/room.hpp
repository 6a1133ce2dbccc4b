#pragma once
// Whether memory can be touched without waking the kernel's out-of-memory killer: an overcommitted mapping never says no itself. And whether it comes in the pages that are counted.
#include <cstdint>
#include <filesystem>
#include <optional>

namespace unitcost {

/// Bytes that this process may still touch: the least of MemAvailable and of what the control groups (version 1 or 2) have left, where pages of
/// files that can be dropped count as left.
/// Empty where the machine tells neither. `root` stands for "/" (tests pass a folder).
std::optional<std::uint64_t> available_bytes(const std::filesystem::path& root = "/");

/// Throws CannotMeasure when fewer than `bytes` are available.
void need_memory(std::uint64_t bytes);

/// Throws CannotMeasure where base pages have another size, as on some arm64 systems (16 or 64 KiB).
void need_pages_of_4_kib();

}  // namespace unitcost
