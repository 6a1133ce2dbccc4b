#include "harness/cli/command_line.hpp"

#include <cstdint>
#include <filesystem>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

namespace unitcost::cli {

const Option& Option::type_name(const std::string& name) const {
  option_->type_name(name);
  return *this;
}

const Option& Option::shows_default() const {
  option_->capture_default_str();
  return *this;
}

const Option& Option::required() const {
  option_->required();
  return *this;
}

const Option& Option::may_stand_alone() const {
  option_->expected(0, 1);
  return *this;
}

const Option& Option::between(int low, int high) const {
  option_->check(CLI::Range(low, high));
  return *this;
}

const Option& Option::between(double low, double high) const {
  option_->check(CLI::Range(low, high));
  return *this;
}

const Option& Option::positive() const {
  option_->check(CLI::PositiveNumber);
  return *this;
}

const Option& Option::one_of(std::initializer_list<std::string> words) const {
  option_->check(CLI::IsMember(std::set<std::string>(words)));
  return *this;
}

const Option& Option::excludes(std::initializer_list<std::string> names) const {
  for (const std::string& name : names) option_->excludes(name);
  return *this;
}

bool Option::was_given() const { return option_->count() > 0; }

template <class Value>
Option Command::option(const std::string& names, Value& value, const std::string& help) {
  return Option(*app_->add_option(names, value, help));
}

template Option Command::option(const std::string&, std::string&, const std::string&);
template Option Command::option(const std::string&, std::vector<std::string>&, const std::string&);
template Option Command::option(const std::string&, std::filesystem::path&, const std::string&);
template Option Command::option(const std::string&, int&, const std::string&);
template Option Command::option(const std::string&, double&, const std::string&);
template Option Command::option(const std::string&, std::uint64_t&, const std::string&);

Option Command::flag(const std::string& names, bool& value, const std::string& help) {
  return Option(*app_->add_flag(names, value, help));
}

void Command::footer(const std::string& text) { app_->footer(text); }

void Command::does(Work work) {
  app_->callback([work = std::move(work), chosen = chosen_] { *chosen = work; });
}

std::string swallowed_text(const std::vector<std::pair<std::string, std::vector<std::string>>>& options) {
  std::string text;
  for (const auto& [name, values] : options) {
    if (values.size() > 1) text += fmt::format("; {} took {}", name, fmt::join(values, " and "));
  }
  return text.empty() ? "" : text + ": an option with several values takes all that follow it, so name the runs first";
}

CommandLine::CommandLine(const std::string& name, const std::string& description, const std::string& version,
                         const std::string& footer)
    : app_(std::make_unique<CLI::App>(description, name)) {
  app_->set_version_flag("--version", version);
  app_->require_subcommand(1);
  app_->footer(footer);
}

CommandLine::~CommandLine() = default;

Command CommandLine::command(const std::string& name, const std::string& help) {
  return {*app_->add_subcommand(name, help), chosen_};
}

std::optional<Exit> CommandLine::read(int argc, char** argv) {
  try {
    app_->parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    return app_->exit(error) == 0 ? Exit::kOk : Exit::kBadInput;  // exit() prints help, the version or what is wrong
  }
}

}  // namespace unitcost::cli
