#pragma once
// The command line as the commands see it. CLI11 reads it, but only command_line.cpp includes CLI11: a file that does takes seconds to compile.
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/base/error.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace unitcost::cli {

struct Places;
using Work = std::function<Exit(const Places&)>;

/// An option or argument of a command; a name for what the command line owns.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}

  const Option& type_name(const std::string& name) const;  ///< what help calls the value
  const Option& shows_default() const;                     ///< the value it has now, in help
  const Option& required() const;
  const Option& may_stand_alone(
      const std::string& meaning) const;  ///< its value may be left out, and is `meaning` then
  const Option& may_be_empty() const;     ///< texts may not, unless this is said
  const Option& between(int low, int high) const;
  const Option& between(double low, double high) const;
  const Option& positive() const;
  const Option& one_of(std::initializer_list<std::string> words) const;
  const Option& excludes(std::initializer_list<std::string> names) const;  ///< declared before, on the same command

  [[nodiscard]] bool was_given() const;  ///< once the command line is read

 private:
  CLI::Option* option_;
};

/// `names` as in "--output,-o", or a bare word for an argument by its place. What is bound must live until the work is done.
class Command {
 public:
  Command(CLI::App& app, Work& chosen) : app_(&app), chosen_(&chosen) {}

  /// Of std::string, std::vector<std::string>, std::filesystem::path, int, double and std::uint64_t. An empty text is refused: nearly always a
  /// script's variable was not set, and what is without a name would be the working folder, the latest run, or every case.
  template <class Value>
  Option option(const std::string& names, Value& value, const std::string& help);
  Option flag(const std::string& names, bool& value, const std::string& help);
  void footer(const std::string& text);
  void does(Work work);  ///< what is left to do when this command is the chosen one

 private:
  CLI::App* app_;
  Work* chosen_;
};

/// An option with several values takes all that follow it, the runs that a command then misses too. Of `options`, names and values, those that took
/// more than one value, as a text behind the message that says what is missing; empty where there are none.
std::string swallowed_text(const std::vector<std::pair<std::string, std::vector<std::string>>>& options);

class CommandLine {
 public:
  CommandLine(const std::string& name, const std::string& description, const std::string& version,
              const std::string& footer);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  Command command(const std::string& name, const std::string& help);
  /// Reads it. With a status there is nothing left to do: help or version are printed. Throws BadInput that says what is wrong.
  std::optional<Exit> read(int argc, char** argv);
  /// Of the chosen command, once the command line is read.
  [[nodiscard]] const Work& chosen() const { return chosen_; }

 private:
  std::unique_ptr<CLI::App> app_;
  Work chosen_;
};

}  // namespace unitcost::cli
