#pragma once
// What children print may name folders, the user or the host; what is stored must not.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace unitcost {

class Redactor {
 public:
  /// Knows this machine's host name, the user's name and home; `folders` are replaced by the word beside them ("<programs>").
  explicit Redactor(const std::vector<std::pair<std::filesystem::path, std::string>>& folders);
  /// Names replaced, and what is not UTF-8 or a control character shown as '?', so that the text can be stored in JSON.
  [[nodiscard]] std::string clean(std::string text) const;

 private:
  std::vector<std::pair<std::string, std::string>> replacements_;  ///< longest first
};

}  // namespace unitcost
