#pragma once
// A fact about the machine or the build, or why there is none.
#include <map>
#include <string>

#include <boost/json/value.hpp>

namespace unitcost {

struct Fact {
  /// Identity: what the machine is. Set-up: how it is configured. Moving: shown, never compared for equality.
  enum class Kind { kIdentity, kSetUp, kMoving };
  Kind kind = Kind::kIdentity;
  boost::json::value value;  ///< null when it could not be read
  std::string reason;        ///< why it is null
};
using Facts = std::map<std::string, Fact>;  ///< allow-listed names; docs/formats.md lists them

}  // namespace unitcost
