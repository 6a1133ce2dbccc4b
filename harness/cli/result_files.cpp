#include "harness/cli/result_files.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <system_error>
#include <vector>

#include "harness/base/error.hpp"
#include "harness/base/output_file.hpp"
#include "harness/cli/renderer.hpp"

namespace unitcost::cli {
namespace {

std::string summary_path() {
  const char* const path = std::getenv("GITHUB_STEP_SUMMARY");
  return path == nullptr ? "" : path;
}

}  // namespace

void ResultFiles::add_options(Command& command) {
  command.option("--markdown", markdown, "Write the result as Markdown, at most 60 000 characters").type_name("FILE");
  command.option("--junit", junit, "Write a JUnit XML file, a test case a row and a claim").type_name("FILE");
  command.flag("--github", github, "In GitHub Actions: step summary, and a few annotations");
}

void ResultFiles::check() const {
  if (github && summary_path().empty())
    throw BadInput(
        "--github: GITHUB_STEP_SUMMARY is not set, so this is no step of GitHub Actions; --markdown FILE writes the "
        "same text");
}

void ResultFiles::write(const Results& results) const {
  if (!markdown.empty()) write_output(markdown, results_markdown(results));
  if (!junit.empty()) write_output(junit, results_junit(results));
  if (!github) return;
  append_output(summary_path(), results_markdown(results));  // it may hold what an earlier command said
  std::cerr << results_annotations(results) << std::flush;
}

void ResultFiles::remove_earlier(const std::string& who, const std::string& report, const std::string& document) const {
  namespace fs = std::filesystem;
  std::vector<fs::path> earlier;
  if (!markdown.empty()) earlier.emplace_back(markdown);
  if (!junit.empty()) earlier.emplace_back(junit);
  if (!report.empty()) earlier.insert(earlier.end(), {fs::path(report) / document, page_of(report)});
  for (const fs::path& file : earlier) {
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) continue;
    if (fs::remove(file, failed))
      std::cerr << who << ": " << file.string() << " held an earlier answer and is removed\n";
    else
      std::cerr << who << ": " << file.string() << " holds an earlier answer, not this one: " << failed.message()
                << "\n";
  }
}

}  // namespace unitcost::cli
