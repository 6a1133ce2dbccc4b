#pragma once
// run.json of one run after the other. Runs of one version carry the same labels and scenarios word for word, the better half of the file: they are
// read once. Their cases differ in what round 0 saw, and are read the short way.
#include <string>
#include <string_view>
#include <vector>

#include "harness/store/plain_cases.hpp"
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
  /// Of the record that was read last, unchanged, what the next may need: otherwise it is read again.
  void take_back(RunRecord&& record);

 private:
  /// What stands behind the cases, from the comma to the end of the file: the rest of the plan and the member that we write last.
  struct Tail {
    std::string text;
    std::string canonical;
    std::vector<LabelledCase> labels;
    std::vector<Scenario> scenarios;
  };
  static Tail tail_of(std::string_view text);
  ReadRecord read_in_parts(std::string_view head, std::string_view behind);

  Tail last_;  // its labels and scenarios are in the record that was read last while that is lent
  bool is_lent_ = false;
  PlainCases cases_;
};

}  // namespace unitcost
