#pragma once
// Whether memory can be touched without waking the kernel's out-of-memory killer: an overcommitted mapping never says no itself.
#include <cstdint>
#include <filesystem>
#include <optional>

namespace unitcost {

/// Bytes that this process may still touch: the least of MemAvailable and of what the control group has left.
/// Empty where the machine tells neither. `root` stands for "/" (tests pass a folder).
std::optional<std::uint64_t> available_bytes(const std::filesystem::path& root = "/");

/// Throws CannotMeasure when fewer than `bytes` are available.
void need_memory(std::uint64_t bytes);

}  // namespace unitcost
