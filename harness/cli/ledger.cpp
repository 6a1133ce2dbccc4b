#include "harness/cli/ledger.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "harness/analyse/wording.hpp"

namespace unitcost::cli {
namespace {

using boost::json::object;

constexpr std::array<const char*, 6> kVerdicts{"holds",    "holds in part", "refuted",
                                               "reported", "undecided",     "not measurable"};

std::string text_of(const object& from, const char* key) { return std::string(from.at(key).as_string()); }

/// Columns that a UTF-8 text takes: its code points.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, columns(text)), ' ');
}

std::string coloured(const std::string& text, const std::string& verdict, const Terminal& terminal) {
  if (!terminal.colour) return text;
  const int code = verdict == "holds"           ? 32
                   : verdict == "refuted"       ? 31
                   : verdict == "holds in part" ? 33
                   : verdict == "reported"      ? 36
                                                : 2;
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

/// `text` broken at spaces, each line behind `indent` blanks.
std::string wrapped(const std::string& text, std::size_t indent, int width) {
  const std::string blanks(indent, ' ');
  const std::size_t room =
      width > static_cast<int>(indent) + 20 ? static_cast<std::size_t>(width) - indent : std::string::npos;
  std::string result;
  std::string line;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!line.empty() && columns(line) + 1 + columns(word) > room) {
      result += blanks + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    at = end + 1;
  }
  return result + blanks + line + "\n";
}

std::string measured_text(const object& claim) {
  if (claim.at("value").is_null()) return "–";
  const std::string unit = text_of(claim, "unit");
  std::string text = with_unit(claim.at("value").to_number<double>(), unit);
  if (claim.at("interval").is_array()) {
    const auto& interval = claim.at("interval").as_array();
    const double low = interval.at(0).to_number<double>();
    const double high = interval.at(1).to_number<double>();
    if (low != high) text += " " + interval_text(low, high, unit);
  }
  return text;
}

std::string name_text(const object& claim) {
  const std::string variant = text_of(claim, "variant");
  return text_of(claim, "id") + (variant.empty() ? "" : " (" + variant + ")");
}

std::string summary_text(const boost::json::array& summaries) {
  std::string text = fmt::format("{} claims:", summaries.size());
  for (const char* const verdict : kVerdicts) {
    const auto count = std::ranges::count_if(
        summaries, [&](const auto& summary) { return text_of(summary.as_object(), "verdict") == verdict; });
    if (count > 0) text += fmt::format(" {} {},", count, verdict);
  }
  if (text.ends_with(',')) text.pop_back();
  return text + "\n";
}

}  // namespace

Terminal terminal_of_stdout() {
  if (isatty(STDOUT_FILENO) == 0) return {};
  const char* const no_colour = std::getenv("NO_COLOR");
  const char* const kind = std::getenv("TERM");
  Terminal terminal;
  terminal.colour = (no_colour == nullptr || *no_colour == '\0') && kind != nullptr && std::string_view(kind) != "dumb";
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) terminal.width = size.ws_col;
  return terminal;
}

std::string ledger_text(const boost::json::value& analysis, const Terminal& terminal) {
  const auto& root = analysis.as_object();
  const auto& claims = root.at("claims").as_array();
  if (claims.empty()) return "The scenarios of this run judge no claims.\n";
  std::vector<std::array<std::string, 4>> rows{{"verdict", "claim", "measured", "expected"}};
  for (const auto& value : claims) {
    const auto& claim = value.as_object();
    rows.push_back({text_of(claim, "verdict"), name_text(claim), measured_text(claim), text_of(claim, "expected")});
  }
  std::array<std::size_t, 4> widths{};
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  }
  std::string text;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const auto& row = rows[at];
    text += coloured(padded(row[0], widths[0]), at == 0 ? "" : row[0], terminal);
    text += fmt::format("  {}  {}  {}\n", padded(row[1], widths[1]), padded(row[2], widths[2]), row[3]);
    if (at > 0) text += wrapped(text_of(claims[at - 1].as_object(), "reason"), widths[0] + 2, terminal.width);
  }
  return text + "\n" + summary_text(root.at("claim_summary").as_array());
}

std::string estimates_text(const boost::json::value& analysis) {
  std::string text;
  for (const auto& value : analysis.as_object().at("estimates").as_array()) {
    const auto& estimate = value.as_object();
    const std::string unit = text_of(estimate, "unit");
    if (!estimate.at("interval").is_array()) continue;
    const auto& interval = estimate.at("interval").as_array();
    text += fmt::format("{}  {}  {} {}  n = {}\n", text_of(estimate, "key"), text_of(estimate, "counter"),
                        with_unit(estimate.at("value").to_number<double>(), unit),
                        interval_text(interval.at(0).to_number<double>(), interval.at(1).to_number<double>(), unit),
                        estimate.at("n").to_number<int>());
  }
  return text;
}

boost::json::value claims_list(const boost::json::value& analysis) {
  boost::json::array list;
  for (const auto& value : analysis.as_object().at("claims").as_array()) {
    const auto& claim = value.as_object();
    object row;
    for (const char* const key :
         {"id", "variant", "verdict", "value", "unit", "interval", "expected", "source", "control", "reason"})
      row[key] = claim.at(key);
    list.push_back(std::move(row));
  }
  return list;
}

}  // namespace unitcost::cli
