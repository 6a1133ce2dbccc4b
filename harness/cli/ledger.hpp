#pragma once
// The claims ledger and the table of estimates as a terminal shows them; both read analysis.json, as the report does.
#include <string>

#include <boost/json/value.hpp>

namespace unitcost::cli {

struct Terminal {
  bool colour = false;
  int width = 0;  ///< columns; 0: lines are not broken (a pipe)
};

/// Of standard output. NO_COLOR, TERM=dumb and pipes turn colour off.
Terminal terminal_of_stdout();

/// A row a claim: verdict, id and variant, value with interval, expectation; its reason beneath. Then how many of each verdict, by id.
std::string ledger_text(const boost::json::value& analysis, const Terminal& terminal);

/// A row a case and counter: value, interval, n. For machines without Python.
std::string estimates_text(const boost::json::value& analysis);

/// The array of `unitcost claims --json`.
boost::json::value claims_list(const boost::json::value& analysis);

}  // namespace unitcost::cli
