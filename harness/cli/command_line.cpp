#include "harness/cli/command_line.hpp"

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/base/nearest.hpp"

namespace unitcost::cli {
namespace {

constexpr const char* kNotEmpty = "not empty";

CLI::Validator not_empty() {
  return {
      [](const std::string& given) {
        return std::string(given.empty() ? "is empty; was a variable not set? Leave it out, or give it a value" : "");
      },
      "", kNotEmpty};
}

template <class Number>
CLI::Validator range(Number low, Number high) {
  return {[low, high](std::string& given) {
            Number value{};
            const bool is_inside = CLI::detail::lexical_cast(given, value) && value >= low && value <= high;
            return is_inside ? std::string() : fmt::format("'{}' is no number from {} to {}", given, low, high);
          },
          fmt::format("{} in [{} - {}]", CLI::detail::type_name<Number>(), low, high)};
}

CLI::Validator above_zero() {
  return {[](std::string& given) {
            double value = 0.0;
            const bool is_above = CLI::detail::lexical_cast(given, value) && value > 0.0 && std::isfinite(value);
            return is_above ? std::string() : fmt::format("'{}' is no number above zero", given);
          },
          "POSITIVE"};
}

/// `--results=` of a variable that is not set: CLI11 would take the next word for its value.
void refuse_empty_values(int argc, char** argv) {
  for (int at = 1; at < argc && std::string_view(argv[at]) != "--"; ++at) {
    const std::string_view word = argv[at];
    if (word.starts_with("--") && word.find('=') + 1 == word.size())
      throw BadInput(fmt::format("{} is empty; was a variable not set? Leave it out, or give it a value", word));
  }
}

std::string command_names(const CLI::App& app, const std::string& wrong) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return did_you_mean_or_known(wrong, names);
}

/// "; did you mean '--format'?", or nothing.
std::string option_like(const CLI::App& command, const std::string& wrong) {
  if (!wrong.starts_with("--")) return "";
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options())
    names.insert(names.end(), option->get_lnames().begin(), option->get_lnames().end());
  const std::string near = nearest(wrong.substr(2, wrong.find('=') - 2), names);
  return near.empty() ? "" : fmt::format("; did you mean '--{}'?", near);
}

/// A word too many is named before what is missing, which it may have been meant for.
std::string complaint(const CLI::App& app, const CLI::ParseError& error) {
  const auto chosen = app.get_subcommands();
  const std::vector<std::string> extra = app.remaining(true);
  const auto code = static_cast<CLI::ExitCodes>(error.get_exit_code());  // its name is that of the command at times
  const bool is_about_words = code == CLI::ExitCodes::ExtrasError || code == CLI::ExitCodes::RequiredError;
  if (!is_about_words || extra.empty()) return error.what();
  if (chosen.empty() && !extra.front().starts_with('-'))
    return fmt::format("no command '{}'{}", extra.front(), command_names(app, extra.front()));
  return fmt::format("not expected: {}{}", fmt::join(extra, " "),
                     option_like(chosen.empty() ? app : *chosen.front(), extra.front()));
}

}  // namespace

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

const Option& Option::may_stand_alone(const std::string& meaning) const {
  option_->expected(0, 1);
  option_->default_str(meaning);
  return *this;
}

const Option& Option::may_be_empty() const {
  option_->get_validator(kNotEmpty)->active(false);
  return *this;
}

const Option& Option::between(int low, int high) const {
  option_->check(range(low, high));
  return *this;
}

const Option& Option::between(double low, double high) const {
  option_->check(range(low, high));
  return *this;
}

const Option& Option::positive() const {
  option_->check(above_zero());
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
  CLI::Option* const option = app_->add_option(names, value, help);
  if constexpr (!std::is_arithmetic_v<Value>) option->check(not_empty());
  return Option(*option);
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
  refuse_empty_values(argc, argv);
  try {
    app_->parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      app_->exit(error);  // prints help or the version
      return Exit::kOk;
    }
    const auto chosen = app_->get_subcommands();
    throw BadInput(fmt::format("{}{}\n`unitcost {}--help` says what there is",
                               chosen.empty() ? "" : chosen.front()->get_name() + ": ", complaint(*app_, error),
                               chosen.empty() ? "" : chosen.front()->get_name() + " "));
  }
}

}  // namespace unitcost::cli
