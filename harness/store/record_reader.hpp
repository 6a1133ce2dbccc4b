#pragma once
// run.json of one run after the other. Runs of one version carry the same scenarios word for word, a good third of the file: they are read once.
#include <string>
#include <string_view>
#include <vector>

#include "harness/store/run_record.hpp"

namespace unitcost {

struct ReadRecord {
  RunRecord record;
  std::string
      identity;  ///< what a run is, apart from when it ended and how: plan, facts and scenarios, in one canonical way of writing
};

class RecordReader {
 public:
  /// Throws BadInput that begins with `file`. What it gives or says does not depend on what was read before.
  ReadRecord read(std::string_view text, const std::string& file);

 private:
  /// The member that we write last, as it stands in the file: from the comma before it to the end.
  struct Scenarios {
    std::string text;
    std::string canonical;
    std::vector<Scenario> scenarios;
  };
  static Scenarios scenarios_of(std::string_view text);
  ReadRecord read_in_two_parts(std::string_view before, std::string_view scenarios);

  Scenarios last_;
};

}  // namespace unitcost
