#pragma once
// What a piece of work says of bad input.
#include <string>

#include "harness/base/error.hpp"

namespace unitcost::testing_support {

/// The message of its BadInput, or "accepted".
template <class Work>
std::string complaint_of(Work work) {
  try {
    static_cast<void>(work());
  } catch (const BadInput& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace unitcost::testing_support
