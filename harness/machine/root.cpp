#include "harness/machine/root.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#include <cstring>

#include "harness/base/files.hpp"

namespace unitcost {
namespace {

std::filesystem::path below(const std::filesystem::path& folder, const std::string& path) {
  return folder / std::filesystem::path(path).relative_path();
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<double> leading_number(std::string_view text) {
  text = trimmed(text);
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::string> FolderRoot::read(const std::string& path) const {
  auto text = read_file(below(folder_, path));
  // A device tree's texts end in a zero byte, everything else in a newline.
  while (text && !text->empty() && (text->back() == '\n' || text->back() == '\0')) text->pop_back();
  return text;
}

std::vector<std::string> FolderRoot::list(const std::string& folder) const {
  std::vector<std::string> names;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(below(folder_, folder), failed)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string FolderRoot::hypervisor_signature() const { return read("/hypervisor_signature").value_or(""); }

std::string SystemRoot::hypervisor_signature() const {
#if defined(__x86_64__) || defined(__i386__)
  constexpr unsigned kHypervisorBit = 1U << 31U;
  constexpr unsigned kHypervisorLeaf = 0x40000000U;
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kHypervisorBit) == 0) return "";
  __cpuid(kHypervisorLeaf, a, b, c, d);
  std::string signature(12, '\0');
  std::memcpy(signature.data(), &b, 4);
  std::memcpy(signature.data() + 4, &c, 4);
  std::memcpy(signature.data() + 8, &d, 4);
  while (!signature.empty() && signature.back() == '\0') signature.pop_back();
  return signature;
#else
  return "";
#endif
}

std::optional<double> number_in(const std::optional<std::string>& text) {
  return text ? leading_number(*text) : std::nullopt;
}

std::optional<double> field_of(const std::string& text, const std::string& name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(name) || line.size() == name.size()) continue;
    const char next = line[name.size()];
    if (next == ':' || next == ' ' || next == '\t')
      return leading_number(std::string_view(line).substr(name.size() + 1));
  }
  return std::nullopt;
}

std::optional<std::string> value_of_key(const std::string& text, const std::string& name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || trimmed(std::string_view(line).substr(0, colon)) != name) continue;
    return std::string(trimmed(std::string_view(line).substr(colon + 1)));
  }
  return std::nullopt;
}

}  // namespace unitcost
