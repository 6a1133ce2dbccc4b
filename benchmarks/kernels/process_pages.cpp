#include "benchmarks/kernels/process_pages.hpp"

namespace unitcost::kernels {
namespace {

constexpr std::size_t kLineBytes = 64;

std::size_t offset_of(std::size_t page) { return page * kBasePageBytes + page * kLineBytes % kBasePageBytes; }

}  // namespace

std::uint64_t write_pages(std::span<std::byte> memory, std::uint64_t value) {
  const std::size_t pages = memory.size() / kBasePageBytes;
  for (std::size_t page = 0; page < pages; ++page) {
    *reinterpret_cast<volatile std::uint64_t*>(memory.data() + offset_of(page)) = value + page;
  }
  return pages;
}

std::uint64_t read_pages(std::span<const std::byte> memory) {
  const std::size_t pages = memory.size() / kBasePageBytes;
  std::uint64_t total = 0;
  for (std::size_t page = 0; page < pages; ++page) {
    total += *reinterpret_cast<const volatile std::uint64_t*>(memory.data() + offset_of(page));
  }
  return total;
}

}  // namespace unitcost::kernels
