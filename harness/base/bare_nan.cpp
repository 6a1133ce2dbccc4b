#include "harness/base/bare_nan.hpp"

namespace unitcost {

std::string with_nulls_for_nan(std::string_view text) {
  if (text.find("NaN") == std::string_view::npos && text.find("Infinity") == std::string_view::npos)
    return std::string(text);
  std::string clean;
  clean.reserve(text.size());
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (!quoted && (rest.starts_with("NaN") || rest.starts_with("Infinity"))) {
      if (!clean.empty() && clean.back() == '-') clean.pop_back();
      clean += "null";
      at += rest.starts_with("NaN") ? std::size_t{2} : std::size_t{7};  // and one for the loop
      continue;
    }
    clean += text[at];
    if (text[at] == '"') quoted = !quoted;
    if (quoted && text[at] == '\\' && at + 1 < text.size()) clean += text[++at];
  }
  return clean;
}

}  // namespace unitcost
