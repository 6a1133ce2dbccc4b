#pragma once
// What a comparison or a gate found, as texts: one table for terminal, Markdown, JUnit and annotations.
#include <string>
#include <vector>

#include "harness/compare/gate.hpp"

namespace unitcost {

struct ResultRow {
  /// In the order in which a reader wants to see them.
  enum class Weight { kRegression, kAccepted, kImprovement, kInconclusive, kNotComparable, kFine };
  Weight weight = Weight::kFine;
  std::string
      word;  ///< "regression", "no relevant change", …; with * where the sides differ at 5 % (Benjamini and Hochberg)
  std::string key;
  std::string counter;
  std::string a;  ///< value with unit; empty when there is none
  std::string b;
  std::string change;    ///< "+5.20 %"
  std::string interval;  ///< "[+3.10 %, +7.40 %]"
  std::string margin;    ///< "+20.0 %" where it is not the usual one; else empty
  std::string sessions;  ///< "5:5"
  std::string remark;    ///< sessions without a value, and why; also within `reason`
  std::string reason;
};

struct ResultTable {
  std::string a;  ///< the reference
  std::string b;
  std::vector<FactDifference> facts;
  std::vector<std::string> warnings;
  std::vector<ResultRow> rows;  ///< heaviest first
  bool names_counters = false;  ///< a case has several rows, told apart by their counters alone
  bool names_margins = false;   ///< some row has a margin of its own
  std::vector<ComparedClaim> claims;
};

struct Results {
  bool is_gate = false;
  std::string headline;  ///< one sentence
  std::vector<std::string> notes;
  std::vector<ResultTable> tables;
};

Results results_of(const std::vector<Comparison>& comparisons);
Results results_of(const Gate& gate);

/// What a row is called in a table: its case, with the counter where that is needed.
std::string name_of(const ResultRow& row, const ResultTable& table);
/// What a row may change by: its own margin, else the usual one; empty where nothing was compared.
std::string margin_of(const ResultRow& row);

struct Style {
  bool colour = false;
};
/// For a terminal: facts, warnings, the table, then the reasons of what needs one.
std::string results_text(const Results& results, const Style& style);

constexpr std::size_t kMostMarkdownCharacters = 60000;  ///< a comment on GitHub may have 65 536
/// Says how many rows were left out when not all of them fit.
std::string results_markdown(const Results& results, std::size_t most_characters = kMostMarkdownCharacters);

/// A test case a row and a claim. Regressions of a gate fail, and claims that held in all runs of its baseline and are refuted in all new ones;
/// what is open is skipped with its reason; a plain comparison fails nothing.
std::string results_junit(const Results& results);

/// Few workflow commands of GitHub, a line each.
std::string results_annotations(const Results& results);

}  // namespace unitcost
