#pragma once
// The page of a document: the renderer is a Python package that is started as a child, and may be missing.
#include <filesystem>
#include <string>

#include <boost/json/value.hpp>

#include "harness/cli/commands.hpp"

namespace unitcost::cli {

/// Writes `document` as `folder`/`name`, making the folder. `who` is the command, for messages. Throws Error (exit 1) when it cannot be written.
void store_document(const std::filesystem::path& folder, const std::string& name, const boost::json::value& document,
                    const std::string& who);

/// Has the page and its figures drawn beside the document `name`. False, with a note on standard error, where there is no Python to draw
/// with. A renderer that fails is an error; the document is there all the same.
bool draw_page(const Places& places, const std::filesystem::path& folder, const std::string& name,
               const std::string& who);

/// Both, into the folder that --report asks for. Says where the page is on standard output, or on standard error where that holds a JSON
/// document (`as_json`).
void write_page(const Places& places, const std::string& report, const std::string& name,
                const boost::json::value& document, const std::string& who, bool as_json);

/// Where the page of `folder` is, for standard output.
std::string page_of(const std::filesystem::path& folder);

}  // namespace unitcost::cli
