#pragma once
// Anonymous memory with a stated page size, private or shared with children. Huge pages are asked for by madvise() on this mapping alone; no system setting is written.
#include <cstddef>
#include <span>
#include <string_view>

namespace unitcost {

enum class Pages { kBase, kHuge };
std::string_view name_of(Pages pages);  ///< "base" or "huge", as case names say it

constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

/// Owns one mapping, aligned to 2 MiB; moved, never copied. Huge mappings are rounded up to whole huge pages.
class Mapping {
 public:
  /// Not touched yet. Throws std::system_error when the kernel refuses the address space, CannotMeasure when it knows no huge pages.
  static Mapping anonymous(std::size_t bytes, Pages pages);
  /// Base pages that this process shares with the children it forks. Not touched yet. Throws std::system_error.
  static Mapping shared(std::size_t bytes);
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping();

  [[nodiscard]] std::span<std::byte> bytes() const { return {start_, size_}; }

  /// Makes every page present and this process's own.
  void touch() const;

  /// Share of the touched mapping that the kernel backs with huge pages (AnonHugePages in /proc/self/smaps), 0 to 1; negative where that cannot be read.
  [[nodiscard]] double huge_share() const;

 private:
  static Mapping reserve(std::size_t bytes, Pages pages, int sharing);
  Mapping(std::byte* reserved, std::size_t reserved_size, std::byte* start, std::size_t size);
  void release() noexcept;
  std::byte* reserved_ = nullptr;
  std::size_t reserved_size_ = 0;
  std::byte* start_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace unitcost
