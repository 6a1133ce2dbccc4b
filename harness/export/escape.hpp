#pragma once
// Words of users and of other people's files (case names, reasons) made harmless in the formats that carry them.
#include <cstddef>
#include <string>
#include <string_view>

namespace unitcost {

/// For XML text and attributes; what XML 1.0 cannot hold becomes U+FFFD.
std::string xml_escaped(std::string_view text);
/// For a cell of a Markdown table: no mark-up, no table border, no mention of a person, no line break.
std::string markdown_escaped(std::string_view text);
/// The same set as code.
std::string markdown_code(std::string_view text);
/// Message of a GitHub workflow command.
std::string github_data(std::string_view text);
/// Property of one ("title=…").
std::string github_property(std::string_view text);
/// Value of an OpenMetrics label.
std::string openmetrics_escaped(std::string_view text);
/// Field of a CSV file (RFC 4180).
std::string csv_field(std::string_view text);
/// For a terminal: control characters replaced.
std::string printable(std::string_view text);

/// Code points of a UTF-8 text.
std::size_t characters(std::string_view text);
/// Filled with blanks to `width` characters.
std::string padded(const std::string& text, std::size_t width);

}  // namespace unitcost
