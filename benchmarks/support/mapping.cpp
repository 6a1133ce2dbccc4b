#include "benchmarks/support/mapping.hpp"

#include <sys/mman.h>

#include <cerrno>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "benchmarks/support/case.hpp"

namespace unitcost {
namespace {
constexpr std::size_t kBasePageBytes = 4096;
}

std::string_view name_of(Pages pages) { return pages == Pages::kBase ? "base" : "huge"; }

Mapping Mapping::anonymous(std::size_t bytes, Pages pages) { return reserve(bytes, pages, MAP_PRIVATE); }

Mapping Mapping::shared(std::size_t bytes) { return reserve(bytes, Pages::kBase, MAP_SHARED); }

Mapping Mapping::reserve(std::size_t bytes, Pages pages, int sharing) {
  const std::size_t unit = pages == Pages::kHuge ? kHugePageBytes : kBasePageBytes;
  const std::size_t size = (bytes + unit - 1) / unit * unit;
  const std::size_t reserved_size = size + kHugePageBytes;
  void* reserved = mmap(nullptr, reserved_size, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (reserved == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  const auto address = reinterpret_cast<std::uintptr_t>(reserved);
  const std::size_t to_boundary = (kHugePageBytes - address % kHugePageBytes) % kHugePageBytes;
  auto* start = static_cast<std::byte*>(reserved) + to_boundary;
  Mapping mapping(static_cast<std::byte*>(reserved), reserved_size, start, size);
  if (madvise(start, size, pages == Pages::kHuge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) != 0 && pages == Pages::kHuge) {
    throw CannotMeasure(fmt::format("the kernel has no huge pages to give: madvise: {}", std::strerror(errno)));
  }
  return mapping;
}

Mapping::Mapping(std::byte* reserved, std::size_t reserved_size, std::byte* start, std::size_t size)
    : reserved_(reserved), reserved_size_(reserved_size), start_(start), size_(size) {}

Mapping::Mapping(Mapping&& other) noexcept
    : reserved_(std::exchange(other.reserved_, nullptr)),
      reserved_size_(std::exchange(other.reserved_size_, 0)),
      start_(std::exchange(other.start_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  if (this != &other) {
    release();
    reserved_ = std::exchange(other.reserved_, nullptr);
    reserved_size_ = std::exchange(other.reserved_size_, 0);
    start_ = std::exchange(other.start_, nullptr);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

Mapping::~Mapping() { release(); }

void Mapping::release() noexcept {
  if (reserved_ != nullptr) munmap(reserved_, reserved_size_);
}

void Mapping::touch() const {
#ifdef MADV_POPULATE_WRITE
  if (madvise(start_, size_, MADV_POPULATE_WRITE) == 0) return;  // one call instead of a fault a page; Linux 5.14
#endif
  for (std::size_t at = 0; at < size_; at += kBasePageBytes) {
    static_cast<volatile std::byte*>(start_)[at] = std::byte{1};
  }
}

double Mapping::huge_share() const {
  std::ifstream smaps("/proc/self/smaps");
  if (!smaps) return -1.0;
  const auto first = reinterpret_cast<std::uintptr_t>(start_);
  bool inside = false;
  std::uint64_t huge_kib = 0;
  for (std::string line; std::getline(smaps, line);) {
    std::uintptr_t from = 0;
    std::uintptr_t to = 0;
    std::uint64_t kib = 0;
    if (std::sscanf(line.c_str(), "%" SCNxPTR "-%" SCNxPTR " ", &from, &to) == 2) {
      inside = from < first + size_ && to > first;
    } else if (inside && std::sscanf(line.c_str(), "AnonHugePages: %" SCNu64, &kib) == 1) {
      huge_kib += kib;
    }
  }
  return static_cast<double>(huge_kib) * 1024.0 / static_cast<double>(size_);
}

}  // namespace unitcost
