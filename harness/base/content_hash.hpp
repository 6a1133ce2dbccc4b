#pragma once
// A short name for much text, of which compare reads gigabytes. It tells contents apart; it is no proof against somebody who forges them.
#include <memory>
#include <string>
#include <string_view>

struct XXH3_state_s;  // libxxhash's own

namespace unitcost {

/// XXH3 with 128 bits of a text that comes in parts.
class ContentHash {
 public:
  ContentHash();
  void add(std::string_view part);
  /// Of all parts so far, as 32 lower-case hex digits: the same on every machine.
  [[nodiscard]] std::string hex() const;

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const;
  };
  std::unique_ptr<XXH3_state_s, Free> state_;
};

}  // namespace unitcost
