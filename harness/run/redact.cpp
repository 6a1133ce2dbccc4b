#include "harness/run/redact.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace unitcost {
namespace {

constexpr std::size_t kShortestName = 3;  // a shorter one is part of too many words

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Whole words only: a user called "run" must not eat "running".
void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    const bool starts = at == 0 || !is_word(text[at - 1]) || !is_word(from.front());
    const std::size_t behind = at + from.size();
    const bool ends = behind == text.size() || !is_word(text[behind]) || !is_word(from.back());
    if (starts && ends) {
      text.replace(at, from.size(), to);
      at += to.size();
    } else {
      ++at;
    }
  }
}

/// Bytes of a valid UTF-8 sequence at `at`, or 0: a lone byte of another encoding, or a control character.
std::size_t valid_at(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = byte(at);
  if (first < 0x80) return first >= 0x20 || first == '\n' || first == '\t' ? 1 : 0;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0U) != 0x80U) return 0;
  }
  const unsigned second = byte(at + 1);  // overlong forms, surrogates and what lies beyond Unicode
  const bool wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
                     (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f);
  return wrong ? 0 : length;
}

std::string valid_text(const std::string& text) {
  std::string valid;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = valid_at(text, at);
    if (length == 0) valid += '?';
    else valid.append(text, at, length);
    at += std::max<std::size_t>(1, length);
  }
  return valid;
}

}  // namespace

Redactor::Redactor(const std::vector<std::pair<std::filesystem::path, std::string>>& folders) {
  const auto add = [&](const std::string& from, const std::string& to) {
    if (from.size() >= kShortestName) replacements_.emplace_back(from, to);
  };
  for (const auto& [folder, word] : folders) {
    std::error_code failed;
    add(folder.string(), word);
    add(std::filesystem::weakly_canonical(folder, failed).string(), word);
  }
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) == 0 && std::string(host.data()) != "localhost")
    add(host.data(), "<host>");
  if (const passwd* user = getpwuid(getuid()); user != nullptr) {
    add(user->pw_dir, "<home>");
    if (std::string(user->pw_name) != "root") add(user->pw_name, "<user>");
  }
  std::stable_sort(replacements_.begin(), replacements_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

std::string Redactor::clean(std::string text) const {
  for (const auto& [from, to] : replacements_) replace_all(text, from, to);
  return valid_text(text);
}

}  // namespace unitcost
